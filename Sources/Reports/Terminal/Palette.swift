/// The colours of a run's reports, by what they mean; the same red and yellow as diagnostics have.
struct Palette {
  /// What a piece of text says.
  enum Meaning {
    /// It went well.
    case good

    /// It is going on.
    case busy

    /// Clients are waited for.
    case waiting

    /// A person must act.
    case person

    /// It went wrong, or is dangerous.
    case trouble

    /// A heading or a name.
    case title

    /// Less important than what is beside it.
    case faint

    /// Something to type.
    case command

    /// Chosen by the person who looks.
    case chosen

    fileprivate var code: String {
      switch self {
      case .good: "32"
      case .busy: "1;34"
      case .waiting: "36"
      case .person: "1;33"
      case .trouble: "1;31"
      case .title: "1"
      case .faint: "2"
      case .command: "1;36"
      case .chosen: "7"
      }
    }
  }

  /// The codes that begin and end a colour, of ``Meaning`` and of findings.
  private static let codes: Set<Substring> = [
    "0", "1", "2", "7", "32", "36", "1;31", "1;32", "1;33", "1;34", "1;36",
  ]

  /// A text in pieces: the sequences that colour it, if there are colours at all, and what is between them.
  static func pieces(of text: String, color: Bool) -> [(text: String, isStyle: Bool)] {
    guard color else { return [(text, false)] }
    var pieces: [(text: String, isStyle: Bool)] = []
    var rest = text[...]
    var start = rest.startIndex
    while let escape = rest.unicodeScalars.firstIndex(of: "\u{1B}") {
      let after = rest.unicodeScalars[escape...].dropFirst()
      rest = Substring(after)
      guard after.first == "[", let end = after.firstIndex(of: "m"),
        codes.contains(text[text.unicodeScalars.index(after: after.startIndex)..<end])
      else { continue }
      let next = text.unicodeScalars.index(after: end)
      pieces.append((String(text[start..<escape]), false))
      pieces.append((String(text[escape..<next]), true))
      start = next
      rest = text[next...]
    }
    return pieces + [(String(text[start...]), false)]
  }

  /// Whether there are colours at all.
  let color: Bool

  /// The text in the colour of its meaning.
  func paint(_ text: String, _ meaning: Meaning?) -> String {
    guard color, let meaning, !text.isEmpty else { return text }
    return "\u{1B}[\(meaning.code)m\(text)\u{1B}[0m"
  }
}
