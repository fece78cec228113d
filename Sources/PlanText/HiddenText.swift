/// The parts of a source that nobody may see: what is written where a password belongs, and the
/// credentials in a URL.
///
/// Found in the text and not in what was decoded from it, so that it holds where the syntax is broken or
/// the key is misspelt. Hides too much rather than too little; references (`env`, `file`) are shown.
public struct HiddenText: Sendable {
  /// The bytes to hide, ascending, apart from each other.
  public let ranges: [Range<Int>]

  /// Those of the arguments of the programs that print secrets, ascending. They are among ``ranges``.
  public let arguments: [Range<Int>]

  private var phrases = HiddenPhrases()

  /// What the arguments are made of: mostly names that messages elsewhere have to quote.
  private var words = HiddenPhrases()

  /// Looks through a source once; `further` are ranges that are hidden for other reasons.
  public init(in source: SourceText, further: [Range<Int>] = []) {
    var finder = HiddenTextFinder(source.bytes)
    finder.findAll()
    var commented = HiddenTextFinder(commentsOf: source.bytes)
    commented?.findAll()
    let inComments = commented.map { $0.ranges + $0.arguments } ?? []
    ranges = Self.merged(
      finder.ranges + finder.arguments + inComments + further, to: source.bytes.count)
    arguments = Self.merged(finder.arguments, to: source.bytes.count)
    for range in arguments {
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
    for range in finder.ranges {
      for line in Self.lines(of: source.bytes[range]) {
        for text in Self.readings(of: line) { phrases.remember(text) }
      }
    }
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

  private static let blanks: Set<UInt8> = [0x20, 0x09, 0x22, 0x27]

  /// What stands between the words of a list.
  private static let signs = blanks.union([0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D])

  /// No secret is shorter; to hide these would make messages unreadable.
  private static let shortestWord = 3

  /// Whether an argument is more than words and paths, so that a message about the syntax may quote it.
  private static func isOdd(_ line: ArraySlice<UInt8>) -> Bool {
    let plain = blanks.union([0x2C, 0x2E, 0x2F, 0x3D, 0x5D])
    return !line.allSatisfy { $0.isWord || plain.contains($0) }
  }

  /// What a line of a value may be quoted as: as it stands, without quotes, without escapes.
  private static func readings(of line: ArraySlice<UInt8>) -> [[UInt8]] {
    let ends = blanks.union([0x2C])
    var bare = line
    while let first = bare.first, ends.contains(first) { bare = bare.dropFirst() }
    while let last = bare.last, ends.contains(last) { bare = bare.dropLast() }
    let text = String(decoding: bare, as: UTF8.self)
    let escapes = text.contains("\\") ? [Array(unescaped(text).utf8)] : []
    let doubled =
      text.contains("''") ? [Array(text.split(separator: "''").joined(separator: "'").utf8)] : []
    return [Array(bare)] + escapes + doubled
  }
}

/// A double-quoted text as YAML reads it.
func unescaped(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var rest = Substring(text).unicodeScalars
  while let scalar = rest.popFirst() {
    guard scalar == "\\", let kind = rest.popFirst() else {
      result.append(scalar)
      continue
    }
    let digits: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
    if let count = digits[kind] {
      let number = UInt32(String(rest.prefix(count)), radix: 16)
      rest = rest.dropFirst(count)
      if let decoded = number.flatMap(Unicode.Scalar.init) { result.append(decoded) }
    } else {
      let names: [Unicode.Scalar: Unicode.Scalar] = ["t": "\t", "n": "\n", "r": "\r", "0": "\0"]
      result.append(names[kind] ?? kind)
    }
  }
  return String(result)
}

extension UInt8 {
  /// Whether the byte belongs to a plain key: a letter, a digit, a dash or an underscore.
  var isWord: Bool {
    (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self) || (0x30...0x39).contains(self)
      || self == 0x2D || self == 0x5F
  }
}
