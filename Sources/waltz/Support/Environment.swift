import ConsoleGuide
import RotationEngine
import RunStore
import WorkingTree

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Compiled as a whole, the module may find the system's `timespec` here first, and would not see its parts.
#if canImport(SwiftOverlayShims)
  import SwiftOverlayShims
#endif

/// What surrounds the process; nothing below the command line looks at it.
enum Environment {
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// All variables.
  static var variables: [String: String] { ProcessInfo.processInfo.environment }

  /// How this program was started.
  static var programPath: String { CommandLine.arguments.first ?? "waltz" }

  /// How a command starts this program, wherever it is started.
  static func program(seenFrom folder: WorkingFolder) -> String {
    programPath.contains("/") ? folder.absolute(programPath).text : programPath
  }

  /// This process as it takes leases, for a user.
  static func leaseHolder(user: String) -> LeaseHolder {
    LeaseHolder(identity: .current(user: user), uptime: uptime, now: now)
  }

  /// Whether the locale's characters are Unicode; without a locale, plain ASCII is drawn.
  static var speaksUnicode: Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      if let value = variable(name), !value.isEmpty {
        return value.lowercased().contains("utf-8") || value.lowercased().contains("utf8")
      }
    }
    return false
  }

  /// Whether what is printed is read aloud: `ACCESSIBLE` is set, to something else than 0 or false.
  static var isAccessible: Bool {
    !["", "0", "false"].contains(variable("ACCESSIBLE")?.lowercased() ?? "")
  }

  /// The language of the locale.
  static var language: GuideLanguage {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let value = variable(name), !value.isEmpty { return GuideLanguage(locale: value) }
    }
    return .english
  }

  /// The user's folder for what Waltz remembers outside of any state directory.
  static var memoryFolder: String? {
    if let folder = variable("XDG_STATE_HOME"), folder.hasPrefix("/") { return folder + "/waltz" }
    return variable("HOME").flatMap { $0.hasPrefix("/") ? $0 + "/.local/state/waltz" : nil }
  }

  /// Where the command was started; links of the repository may lead to the admitted folders.
  static func workingFolder(admitting admitted: [String] = []) -> WorkingFolder {
    WorkingFolder(
      ofProcess: FolderPath(real: ".") ?? FolderPath(spelled: "/"), admitting: admitted)
  }

  /// How many things this machine does at once.
  static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// How long this machine has been up, its suspensions included.
  static let uptime: @Sendable () -> Duration = {
    var time = timespec()
    #if canImport(Darwin)
      // Goes on while the machine sleeps, as CLOCK_BOOTTIME does.
      clock_gettime(CLOCK_MONOTONIC, &time)
    #else
      clock_gettime(CLOCK_BOOTTIME, &time)
    #endif
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }

  /// The machine's time.
  static let now: @Sendable () -> Instant = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
