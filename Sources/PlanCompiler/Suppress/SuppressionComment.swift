import PlanText

/// A comment that is addressed to Waltz, taken apart.
struct SuppressionComment {
  /// A word that stands where a code is expected.
  struct Code {
    /// As it is written.
    let text: String
    let span: SourceSpan
    /// The page that it names; nil where there is none.
    let page: CatalogueEntry?
  }

  /// The comment, from its `#` to the end of the line.
  let span: SourceSpan

  /// What follows `waltz:`, such as `ignore`.
  let directive: String

  /// The words up to the reason.
  private(set) var codes: [Code] = []

  /// Why; empty where nothing is said.
  private(set) var reason = ""

  /// Takes a comment apart; nil where it is for people.
  init?(_ comment: SourceSpan, in bytes: [UInt8], _ catalogue: Catalogue) {
    var scanner = Scanner(bytes: bytes, at: Int(comment.start), end: Int(comment.end))
    scanner.skip { $0 == "#" || $0.isBlank }
    guard scanner.take("waltz:") else { return nil }
    let directive = scanner.word { !$0.isBlank }
    guard let first = directive.first, bytes[first].isLetter else { return nil }
    span = comment
    self.directive = String(decoding: bytes[directive], as: UTF8.self)
    scanner.skip(\.isBlank)
    var goesOn = true
    while goesOn {
      let word = scanner.word { !$0.isBlank && $0 != "," && $0 != ":" }
      guard !word.isEmpty else { break }
      let text = String(decoding: bytes[word], as: UTF8.self)
      // `waltz explain` takes a code that is written almost right; what is not reported must be exact.
      let page = catalogue.page(text).flatMap { $0.code == text.uppercased() ? $0 : nil }
      // Where no code is given the first word may be the reason's.
      guard page != nil || Self.looksLikeCode(text) || scanner.peek == "," else {
        scanner.at = word.lowerBound
        break
      }
      codes.append(
        Code(
          text: text,
          span: SourceSpan(source: comment.source, start: word.lowerBound, end: word.upperBound),
          page: page))
      scanner.skip(\.isBlank)
      goesOn = scanner.peek == ","
      if goesOn { scanner.skip { $0.isBlank || $0 == "," } }
    }
    scanner.skip { $0.isBlank || $0 == ":" || $0 == "-" }
    let rest = scanner.word { _ in true }
    let text = String(decoding: bytes[rest], as: UTF8.self)
    if text.contains(where: { $0.isLetter || $0.isNumber }) {
      reason = String(text.reversed().drop(while: \.isWhitespace).reversed())
    }
  }

  /// A letter or more and digits: a code of another version, or a misspelt one.
  private static func looksLikeCode(_ text: String) -> Bool {
    let letters = text.utf8.prefix(while: \.isLetter)
    let digits = text.utf8.dropFirst(letters.count)
    return !letters.isEmpty && !digits.isEmpty && text.utf8.count <= 8
      && digits.allSatisfy { $0.isDigit }
  }
}

private struct Scanner {
  let bytes: [UInt8]
  var at: Int
  let end: Int

  var peek: UInt8? { at < end ? bytes[at] : nil }

  mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while at < end, isSkipped(bytes[at]) { at += 1 }
  }

  mutating func take(_ text: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes[at..<end].starts(with: wanted) else { return false }
    at += wanted.count
    return true
  }

  mutating func word(_ belongs: (UInt8) -> Bool) -> Range<Int> {
    let start = at
    skip(belongs)
    return start..<at
  }
}
