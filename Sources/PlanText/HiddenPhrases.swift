/// Texts that messages may not quote, and every part of them that says something.
struct HiddenPhrases {
  /// Runs of this many bytes of a hidden text are recognized in messages.
  private static let runLength = 6

  /// Texts of fewer bytes are quoted by all messages.
  private let shortest: Int

  private var wholes: Set<[UInt8]> = []

  /// The runs of the texts, each as a number, by their lengths, with those texts that are shorter: a message is
  /// looked through once, however many there are.
  private var runs = [Set<UInt64>](repeating: [], count: HiddenPhrases.runLength + 1)

  init(shortest: Int = 1) {
    self.shortest = shortest
  }

  /// Adds what another has.
  mutating func formUnion(_ other: HiddenPhrases) {
    wholes.formUnion(other.wholes)
    for length in runs.indices { runs[length].formUnion(other.runs[length]) }
  }

  /// Adds the lines of a text as they may be quoted: without quotes around them, with those in them single.
  mutating func remember(_ text: ArraySlice<UInt8>) {
    for line in text.split(whereSeparator: \.isBreak) {
      var bare = line.drop(while: Self.ends.contains)
      while let last = bare.last, Self.ends.contains(last) { bare.removeLast() }
      add(Array(bare))
      if bare.place(of: "''") != nil {
        let quotes = Array("''".utf8)
        add(Array(bare.split(separator: quotes).joined(separator: [quotes[0]])))
      }
    }
  }

  private static let ends: ByteSet = " \t\"',"

  private mutating func add(_ text: [UInt8]) {
    guard text.count >= shortest, wholes.insert(text).inserted else { return }
    let length = min(text.count, Self.runLength)
    for start in 0...(text.count - length) {
      runs[length].insert(Self.run(text[start..<start + length]))
    }
  }

  private static func run(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A message with three asterisks in place of what it quotes of the hidden text.
  func masked(_ message: String) -> String {
    let bytes = Array(message.utf8)
    // A message quotes a user's text in quotes or backticks; outside of them are its own words.
    guard !wholes.isEmpty, let first = bytes.firstIndex(where: "'`".utf8.contains),
      let last = bytes.lastIndex(where: "'`".utf8.contains)
    else { return message }
    var isHidden = [Bool](repeating: false, count: bytes.count)
    for (length, runs) in runs.enumerated() where !runs.isEmpty && last - first >= length {
      for start in first...(last - length)
      where runs.contains(Self.run(bytes[start..<start + length])) {
        // A short text is a part of many a word.
        let isApart =
          (start == 0 || !bytes[start - 1].isWord) && !bytes[start + length].isWord
        guard isApart || length == Self.runLength else { continue }
        for index in start..<start + length { isHidden[index] = true }
      }
    }
    var result = ""
    var quoted = ""
    var index = 0
    for scalar in message.unicodeScalars {
      let next = index + UTF8.width(scalar)
      if isHidden[index..<next].contains(true) {
        quoted.unicodeScalars.append(scalar)
      } else {
        result += shown(quoted)
        quoted = ""
        result.unicodeScalars.append(scalar)
      }
      index = next
    }
    return result + shown(quoted)
  }

  /// What stands in place of a quoted text; a part of a word of the language says nothing.
  private func shown(_ quoted: String) -> String {
    let words = ["password", "passphrase", "certificate", "credential", "username", "command"]
    let isOwn = words.contains { $0.contains(quoted) } && !wholes.contains(Array(quoted.utf8))
    return quoted.isEmpty || isOwn ? quoted : "***"
  }
}
