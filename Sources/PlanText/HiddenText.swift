/// The parts of a source that nobody may see: what is written where a password belongs, and the
/// credentials in a URL.
///
/// The target `Redaction` finds them. A renderer is handed this and knows nothing of secrets itself.
public struct HiddenText: Sendable {
  /// The bytes to hide, ascending, apart from each other.
  public private(set) var ranges: [Range<Int>] = []

  /// Those of the arguments of the programs that print secrets, ascending. They are among ``ranges``.
  package private(set) var arguments: [Range<Int>] = []

  private var phrases = HiddenPhrases()

  /// What the arguments are made of: mostly names that messages elsewhere have to quote. No secret is shorter
  /// than three bytes; to hide such would make messages unreadable.
  private var words = HiddenPhrases(shortest: 3)

  /// Nothing is hidden.
  package init() {}

  /// Hides a source as a whole.
  public init(allOf source: SourceText) {
    hide(source.bytes[...])
  }

  /// What several hide, as one: parts of one source, or sources of which only messages are of interest.
  package init(joining parts: [HiddenText]) {
    for part in parts {
      ranges += part.ranges
      arguments += part.arguments
      phrases.formUnion(part.phrases)
      words.formUnion(part.words)
    }
    putInOrder()
  }

  /// Hides a part of a source, and in messages whatever they quote of it. What is hidden in any order has to be
  /// put in order at the end.
  package mutating func hide(_ part: ArraySlice<UInt8>) {
    guard !part.isEmpty else { return }
    ranges.append(part.indices)
    phrases.remember(part)
  }

  /// Hides a line, of which messages may go on quoting what stands before the secret.
  package mutating func hide(line: Range<Int>, for secret: ArraySlice<UInt8>) {
    ranges.append(line)
    phrases.remember(secret)
    for word in secret.split(whereSeparator: { !$0.isWord && $0 < 0x80 }) { phrases.remember(word) }
  }

  /// Hides arguments of a program that prints a secret, of which messages may quote what is plain words.
  package mutating func hide(arguments part: ArraySlice<UInt8>) {
    ranges.append(part.indices)
    arguments.append(part.indices)
    for line in part.split(whereSeparator: \.isBreak) {
      words.remember(line)
      for word in line.split(whereSeparator: " \t\"',:[]{}".utf8.contains) { words.remember(word) }
      // What is more than words and paths a message about the syntax may quote, wherever it points.
      if !line.allSatisfy({ $0.isWord || " \t\"',./=]".utf8.contains($0) }) {
        phrases.remember(line)
      }
    }
  }

  /// Hides what messages may call hidden text otherwise than it is written, such as without escapes.
  package mutating func hide(reading: ArraySlice<UInt8>) { phrases.remember(reading) }

  /// A message with three asterisks in place of what it quotes of the hidden text; `withArguments` is for
  /// what is said of the line of a secret's command.
  public func masked(_ message: String, withArguments: Bool = false) -> String {
    let message = phrases.masked(message)
    return withArguments ? words.masked(message) : message
  }

  /// Makes ``ranges`` and ``arguments`` what they say they are.
  package mutating func putInOrder() {
    ranges = Self.merged(ranges)
    arguments = Self.merged(arguments)
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
