public import Foundation

/// Whether there is no such process, or nothing of it but the status that nobody has asked for.
public func hasEnded(_ process: pid_t) -> Bool {
  if kill(process, 0) == -1, errno == ESRCH { return true }
  let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
  return state?.split(separator: ")").last?.hasPrefix(" Z") ?? false
}
