/// The parts of a source that nobody may see: what is written where a password belongs, and the
/// credentials in a URL.
///
/// Found in the text and not in what was decoded from it, so that it holds where the syntax is broken or
/// the key is misspelt. Hides too much rather than too little; references (`env`, `file`) are shown.
public struct HiddenText: Sendable {
  /// The bytes to hide, ascending, apart from each other.
  public let ranges: [Range<Int>]

  /// Runs of this many bytes of a hidden text are recognized in messages.
  private static let runLength = 6

  private var runs: Set<UInt64> = []
  private var wholes: Set<[UInt8]> = []

  /// The texts shorter than a run, each as a number, by their lengths: a message is looked through once,
  /// however many there are.
  private var short = [Set<UInt64>](repeating: [], count: HiddenText.runLength)

  /// Looks through a source once; `further` are ranges that are hidden for other reasons.
  public init(in source: SourceText, further: [Range<Int>] = []) {
    var finder = HiddenTextFinder(source.bytes)
    finder.findAll()
    var commented = HiddenTextFinder(commentsOf: source.bytes)
    commented?.findAll()
    let inComments = commented.map { $0.ranges + $0.arguments } ?? []
    var merged: [Range<Int>] = []
    for range in (finder.ranges + finder.arguments + inComments + further).sorted(by: {
      $0.lowerBound < $1.lowerBound
    })
    where !range.isEmpty && range.upperBound <= source.bytes.count {
      if let last = merged.last, last.upperBound >= range.lowerBound {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    ranges = merged
    for range in finder.arguments {
      for line in source.bytes[range].split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
      where Self.isOdd(line) {
        for text in Self.readings(of: line) { remember(text) }
      }
    }
    for range in finder.ranges {
      for line in source.bytes[range].split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
        for text in Self.readings(of: line) { remember(text) }
      }
    }
  }

  /// What several sources hide of messages, as one; without their places.
  public init(joining parts: [HiddenText]) {
    ranges = []
    for part in parts {
      runs.formUnion(part.runs)
      wholes.formUnion(part.wholes)
      for count in short.indices { short[count].formUnion(part.short[count]) }
    }
  }

  /// Whether an argument is more than words and paths, so that a message about the syntax may quote it.
  private static func isOdd(_ line: ArraySlice<UInt8>) -> Bool {
    let plain: Set<UInt8> = [0x20, 0x09, 0x22, 0x27, 0x2C, 0x2E, 0x2F, 0x3D, 0x5D]
    return !line.allSatisfy { $0.isWord || plain.contains($0) }
  }

  /// What a line of a value may be quoted as: as it stands, without quotes, without escapes.
  private static func readings(of line: ArraySlice<UInt8>) -> [[UInt8]] {
    let ends: Set<UInt8> = [0x20, 0x09, 0x22, 0x27, 0x2C]
    var bare = line
    while let first = bare.first, ends.contains(first) { bare = bare.dropFirst() }
    while let last = bare.last, ends.contains(last) { bare = bare.dropLast() }
    let text = String(decoding: bare, as: UTF8.self)
    let escapes = text.contains("\\") ? [Array(unescaped(text).utf8)] : []
    let doubled =
      text.contains("''") ? [Array(text.split(separator: "''").joined(separator: "'").utf8)] : []
    return [Array(bare)] + escapes + doubled
  }

  private mutating func remember(_ text: [UInt8]) {
    guard !text.isEmpty, wholes.insert(text).inserted else { return }
    guard text.count >= Self.runLength else {
      short[text.count].insert(Self.run(text, at: 0, count: text.count))
      return
    }
    for start in 0...(text.count - Self.runLength) { runs.insert(Self.run(text, at: start)) }
  }

  private static func run(_ text: [UInt8], at start: Int, count: Int = runLength) -> UInt64 {
    text[start..<start + count].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A message with three asterisks in place of what it quotes of the hidden text.
  public func masked(_ message: String) -> String {
    guard !wholes.isEmpty else { return message }
    let bytes = Array(message.utf8)
    // A message quotes a user's text in quotes or backticks; outside of them are its own words.
    guard let first = bytes.firstIndex(where: { $0 == 0x27 || $0 == 0x60 }),
      let last = bytes.lastIndex(where: { $0 == 0x27 || $0 == 0x60 })
    else { return message }
    var isHidden = [Bool](repeating: false, count: bytes.count + 1)
    if last - first >= Self.runLength {
      for start in first...(last - Self.runLength) where runs.contains(Self.run(bytes, at: start)) {
        for index in start..<start + Self.runLength { isHidden[index] = true }
      }
    }
    for (count, texts) in short.enumerated() where !texts.isEmpty && last - first >= count {
      for start in first...(last - count)
      where texts.contains(Self.run(bytes, at: start, count: count)) {
        let before = start > 0 && bytes[start - 1].isWord
        let after = start + count < bytes.count && bytes[start + count].isWord
        if !before, !after {
          for index in start..<start + count { isHidden[index] = true }
        }
      }
    }
    return replaced(bytes, where: isHidden)
  }

  private func replaced(_ bytes: [UInt8], where isHidden: [Bool]) -> String {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard isHidden[index] else {
        result.append(bytes[index])
        index += 1
        continue
      }
      var end = index
      while end < bytes.count, isHidden[end] || bytes[end] & 0xC0 == 0x80 { end += 1 }
      let text = Array(bytes[index..<end])
      if Self.isOwnWord(text), !wholes.contains(text) {
        result += text
      } else {
        while let last = result.last, bytes[index] & 0xC0 == 0x80, last >= 0x80 {
          result.removeLast()
          if last & 0xC0 != 0x80 { break }
        }
        result += [0x2A, 0x2A, 0x2A]
      }
      index = end
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether the text is part of a word of the language: to show it says nothing.
  private static func isOwnWord(_ text: [UInt8]) -> Bool {
    let text = String(decoding: text, as: UTF8.self)
    return ["password", "passphrase", "certificate", "credential", "username", "command"]
      .contains { $0.contains(text) }
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
