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
      }
    }
  }

  /// Whether there are colours at all.
  let color: Bool

  /// The text in the colour of its meaning.
  func paint(_ text: String, _ meaning: Meaning?) -> String {
    guard color, let meaning, !text.isEmpty else { return text }
    return "\u{1B}[\(meaning.code)m\(text)\u{1B}[0m"
  }
}
