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

  /// What the arguments are made of: mostly names that messages elsewhere have to quote.
  private var words = HiddenPhrases()

  /// Hides ranges of a source, which may overlap, and in messages whatever they quote of it.
  ///
  /// * `arguments`: Further ranges, of which a message may quote what is plain words.
  /// * `unread`: Further ranges, of which a message may quote all but `readings`.
  /// * `readings`: What messages may call hidden text otherwise than it is written, such as without escapes.
  public init(
    _ hidden: [Range<Int>], arguments: [Range<Int>] = [], unread: [Range<Int>] = [],
    readings: [[UInt8]] = [],
    in source: SourceText
  ) {
    ranges = Self.merged(hidden + arguments + unread, to: source.bytes.count)
    self.arguments = Self.merged(arguments, to: source.bytes.count)
    for range in self.arguments {
      for line in Self.lines(of: source.bytes[range]) {
        for text in Self.readings(of: line) {
          if Self.isOdd(line) { phrases.remember(text) }
          if text.count >= Self.shortestWord { words.remember(text) }
        }
        for word in line.split(whereSeparator: Self.signs.contains)
        where word.count >= Self.shortestWord {
          for text in Self.readings(of: word) { words.remember(text) }
        }
      }
    }
    for line in hidden.lazy.flatMap({ Self.lines(of: source.bytes[$0]) }) {
      for text in Self.readings(of: line) { phrases.remember(text) }
    }
    for line in readings.lazy.flatMap({ Self.lines(of: $0[...]) }) {
      for text in Self.readings(of: line) { phrases.remember(text) }
    }
  }

  /// Hides a source as a whole.
  public init(allOf source: SourceText) {
    self.init([source.bytes.indices], in: source)
  }

  /// What several sources hide of messages, as one; without their places.
  public init(joining parts: [HiddenText]) {
    ranges = []
    arguments = []
    for part in parts {
      phrases.formUnion(part.phrases)
      words.formUnion(part.words)
    }
  }

  /// The same, and further ranges of the source.
  public func hiding(_ further: [Range<Int>], in source: SourceText) -> HiddenText {
    guard !further.isEmpty else { return self }
    return HiddenText(self, HiddenText(further, in: source), in: source)
  }

  private init(_ first: HiddenText, _ second: HiddenText, in source: SourceText) {
    ranges = Self.merged(first.ranges + second.ranges, to: source.bytes.count)
    arguments = first.arguments
    phrases = first.phrases
    words = first.words
    phrases.formUnion(second.phrases)
  }

  /// A message with three asterisks in place of what it quotes of the hidden text; `withArguments` is for
  /// what is said of the line of a secret's command.
  public func masked(_ message: String, withArguments: Bool = false) -> String {
    let message = phrases.masked(message)
    return withArguments ? words.masked(message) : message
  }

  /// The ranges in order, as few as say the same.
  private static func merged(_ ranges: [Range<Int>], to end: Int) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound })
    where !range.isEmpty && range.upperBound <= end {
      if let last = merged.last, last.upperBound >= range.lowerBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  private static func lines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.split { $0 == 0x0A || $0 == 0x0D }
  }

  private static let blanks: Set<UInt8> = Set(" \t\"'".utf8)

  /// What stands between the words of a list.
  private static let signs = blanks.union(",:[]{}".utf8)

  /// No secret is shorter; to hide these would make messages unreadable.
  private static let shortestWord = 3

  /// Whether an argument is more than words and paths, so that a message about the syntax may quote it.
  private static func isOdd(_ line: ArraySlice<UInt8>) -> Bool {
    let plain = blanks.union(",./=]".utf8)
    return !line.allSatisfy { $0.isWord || plain.contains($0) }
  }

  /// What a line of a value may be quoted as: as it stands, without quotes, with its quotes single.
  private static func readings(of line: ArraySlice<UInt8>) -> [[UInt8]] {
    let ends = blanks.union(",".utf8)
    var bare = line
    while let first = bare.first, ends.contains(first) { bare = bare.dropFirst() }
    while let last = bare.last, ends.contains(last) { bare = bare.dropLast() }
    let text = String(decoding: bare, as: UTF8.self)
    let doubled =
      text.contains("''") ? [Array(text.split(separator: "''").joined(separator: "'").utf8)] : []
    return [Array(bare)] + doubled
  }
}

extension UInt8 {
  /// Whether the byte belongs to a plain key: a letter, a digit, a dash or an underscore.
  package var isWord: Bool {
    (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self) || (0x30...0x39).contains(self)
      || self == 0x2D || self == 0x5F
  }
}
