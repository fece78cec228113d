import RotationEngine

/// How long a server wants to be left alone, as its `Retry-After` says it (RFC 9110): in seconds, or until a time.
enum RetryAfter {
  /// More than a week is not waited for.
  private static let most: Int64 = 7 * 86_400

  /// Reads the header.
  ///
  /// - Parameters:
  ///   - text: Its value: `120`, or `Sun, 06 Nov 1994 08:49:37 GMT`.
  ///   - seconds: Now, in seconds since 1970.
  /// - Returns: How long from now; nil where the text is neither.
  static func pause(_ text: String, at seconds: Int64) -> Duration? {
    let wait = Int64(text) ?? time(text).map { $0 - seconds }
    return wait.map { .seconds(min(max($0, 0), most)) }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Seconds since 1970. The two forms of the last century are not read.
  private static func time(_ text: String) -> Int64? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 6, words[5] == "GMT", words[1].count == 2, words[3].count == 4,
      let month = months.firstIndex(of: words[2])
    else { return nil }
    let number = month < 9 ? "0\(month + 1)" : String(month + 1)
    return Instant("\(words[3])-\(number)-\(words[1])T\(words[4]).000Z").map {
      $0.milliseconds / 1_000
    }
  }
}
