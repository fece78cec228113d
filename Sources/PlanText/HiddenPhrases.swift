/// Texts that messages may not quote, and every part of them that says something.
struct HiddenPhrases {
  /// Runs of this many bytes of a hidden text are recognized in messages.
  private static let runLength = 6

  private var runs: Set<UInt64> = []
  private var wholes: Set<[UInt8]> = []

  /// The texts shorter than a run, each as a number, by their lengths: a message is looked through once,
  /// however many there are.
  private var short = [Set<UInt64>](repeating: [], count: HiddenPhrases.runLength)

  /// Adds what another has.
  mutating func formUnion(_ other: HiddenPhrases) {
    runs.formUnion(other.runs)
    wholes.formUnion(other.wholes)
    for count in short.indices { short[count].formUnion(other.short[count]) }
  }

  /// Adds a text.
  mutating func remember(_ text: [UInt8]) {
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
  func masked(_ message: String) -> String {
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
