import PlanText

/// A fixture whose text says where diagnostics must be: `«F001:minimun» 7d`.
///
/// The marks are taken out of the text; each stands for one diagnostic with that code whose span is exactly
/// what the mark encloses. Marks may be nested.
struct MarkedText {
  struct Expectation: Hashable, CustomStringConvertible {
    var code: String
    var start: Int
    var end: Int
    var text: String

    var description: String { "\(code) at \(start)..<\(end) '\(text)'" }
  }

  /// The text without marks.
  private(set) var text = ""

  /// What the marks ask for, by place.
  private(set) var expectations: [Expectation] = []

  init(_ marked: String) {
    var open: [(code: String, start: Int)] = []
    var rest = Substring(marked)
    while let character = rest.popFirst() {
      switch character {
      case "«":
        let code = rest.prefix { $0 != ":" }
        rest = rest.dropFirst(code.count + 1)
        open.append((String(code), text.utf8.count))
      case "»":
        guard let mark = open.popLast() else { continue }
        let bytes = Array(text.utf8)[mark.start...]
        expectations.append(
          Expectation(
            code: mark.code, start: mark.start, end: text.utf8.count,
            text: String(decoding: bytes, as: UTF8.self)))
      default: text.append(character)
      }
    }
    expectations.sort { ($0.start, $0.code) < ($1.start, $1.code) }
  }

  /// What `diagnostics` say of `text`, in the same terms.
  static func found(_ diagnostics: [Diagnostic], in text: String) -> [Expectation] {
    let bytes = Array(text.utf8)
    return diagnostics.map {
      let start = min(Int($0.span.start), bytes.count)
      let end = min(Int($0.span.end), bytes.count)
      return Expectation(
        code: $0.code, start: start, end: end,
        text: String(decoding: bytes[start..<end], as: UTF8.self))
    }.sorted { ($0.start, $0.code) < ($1.start, $1.code) }
  }
}
