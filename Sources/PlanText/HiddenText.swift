/// The parts of a source that nobody may see: what is written where a password belongs, and the
/// credentials in a URL.
///
/// The target `Redaction` finds them. A renderer is handed this and knows nothing of secrets itself.
public struct HiddenText: Sendable {
  /// The bytes to hide, ascending, apart from each other.
  public let ranges: [Range<Int>]

  /// Those of the arguments of the programs that print secrets, ascending. They are among ``ranges``.
  public let arguments: [Range<Int>]

  private var phrases = HiddenPhrases()

  /// What the arguments are made of: mostly names that messages elsewhere have to quote. No secret is shorter
  /// than three bytes; to hide such would make messages unreadable.
  private var words = HiddenPhrases(shortest: 3)

  /// Hides ranges of a source, which may overlap, and in messages whatever they quote of it.
  ///
  /// * `arguments`: Further ranges, of which a message may quote what is plain words.
  /// * `unread`: Further ranges, of which a message may quote all but `readings`.
  /// * `readings`: What messages may call hidden text otherwise than it is written, such as without escapes.
  public init(
    _ hidden: [Range<Int>], arguments: [Range<Int>] = [], unread: [Range<Int>] = [],
    readings: [[UInt8]] = [], in source: SourceText
  ) {
    let inside = source.bytes.indices
    ranges = Self.merged((hidden + arguments + unread).map { $0.clamped(to: inside) })
    self.arguments = Self.merged(arguments.map { $0.clamped(to: inside) })
    for range in hidden { phrases.remember(source.bytes[range.clamped(to: inside)]) }
    for text in readings { phrases.remember(text[...]) }
    for line in self.arguments.flatMap({ source.bytes[$0].split(whereSeparator: \.isBreak) }) {
      words.remember(line)
      for word in line.split(whereSeparator: " \t\"',:[]{}".utf8.contains) { words.remember(word) }
      // What is more than words and paths a message about the syntax may quote, wherever it points.
      if !line.allSatisfy({ $0.isWord || " \t\"',./=]".utf8.contains($0) }) {
        phrases.remember(line)
      }
    }
  }

  /// Hides a source as a whole.
  public init(allOf source: SourceText) {
    self.init([source.bytes.indices], in: source)
  }

  /// What several hide, as one: parts of one source, or sources of which only messages are of interest.
  public init(joining parts: [HiddenText]) {
    ranges = Self.merged(parts.flatMap(\.ranges))
    arguments = Self.merged(parts.flatMap(\.arguments))
    for part in parts {
      phrases.formUnion(part.phrases)
      words.formUnion(part.words)
    }
  }

  /// A message with three asterisks in place of what it quotes of the hidden text; `withArguments` is for
  /// what is said of the line of a secret's command.
  public func masked(_ message: String, withArguments: Bool = false) -> String {
    let message = phrases.masked(message)
    return withArguments ? words.masked(message) : message
  }

  /// The ranges in order, as few as say the same.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = merged.last, last.upperBound >= range.lowerBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}
