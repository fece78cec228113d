import Foundation

extension HostileText {
  /// The seeds of a test: `count` of them, or as many times more as the variable WALTZ_FORGERY_ROUNDS says.
  public static func seeds(_ count: Int) -> Range<UInt64> {
    let text = ProcessInfo.processInfo.environment["WALTZ_FORGERY_ROUNDS"]
    return 0..<UInt64(count * max(text.flatMap { Int($0) } ?? 1, 1))
  }
}
