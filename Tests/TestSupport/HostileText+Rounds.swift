import Foundation

extension HostileText {
  /// The seeds of a test: `count` of them, or as many times more as the variable WALTZ_FORGERY_ROUNDS says, and those that
  /// found something once.
  public static func seeds(_ count: Int, found: [UInt64] = []) -> [UInt64] {
    let text = ProcessInfo.processInfo.environment["WALTZ_FORGERY_ROUNDS"]
    let range = 0..<UInt64(count * max(text.flatMap { Int($0) } ?? 1, 1))
    return range + found.filter { !range.contains($0) }
  }
}
