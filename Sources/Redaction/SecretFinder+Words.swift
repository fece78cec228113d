import PlanModel
import PlanText

// What the words of a line give away.
extension SecretFinder {
  /// A secret, or the rest of a text that may be one.
  struct Found {
    /// Where it starts.
    var start: Int

    /// Where the word starts that announces it.
    let word: Int
  }

  private static let separators = Set(" \t\r\n\"',[]{}".utf8)
  private static let asPlainText = Array("-asplain".utf8)

  /// The first secret of a text that something before it announces.
  ///
  /// * `isEntry`: Whether the first word may be a key that has lost its colon.
  /// * `isBroken`: Whether any word that names a secret announces one.
  mutating func secret(in range: Range<Int>, isEntry: Bool = false, isBroken: Bool = false)
    -> Found?
  {
    var found: Found?
    func consider(_ start: Int, _ word: Int) {
      if start < found?.start ?? .max { found = Found(start: start, word: word) }
    }
    if let start = AuthorizationHeader.credential(in: bytes, range) {
      consider(start, range.lowerBound)
    } else if AuthorizationHeader.isOpen(in: bytes, range) {
      consider(range.upperBound, range.lowerBound)
    }
    var words: [Range<Int>] = []
    var hasOption = false
    var index = skipSeparators(range.lowerBound, to: range.upperBound)
    while index < range.upperBound {
      let start = index
      while index < range.upperBound, !Self.separators.contains(bytes[index]) {
        guard bytes[index].isWord else {
          if [0x2F, 0x3A, 0x3D].contains(bytes[index]) { hasOption = true }
          index += 1
          continue
        }
        let word = index
        while index < range.upperBound, bytes[index].isWord { index += 1 }
        if bytes[word..<index].contains(0x2D) { hasOption = true }
        let isFirst = isEntry && words.isEmpty && word == start
        if isSecret(bytes[word..<index]),
          let value = value(after: word..<index, to: range.upperBound, isFirst, isBroken)
        {
          consider(value, word)
        }
      }
      words.append(start..<index)
      index = skipSeparators(index, to: range.upperBound)
    }
    guard hasOption else { return found }
    let texts = words.map { String(decoding: bytes[$0], as: UTF8.self) }
    if let first = secretPositions(in: texts).first {
      consider(words[first].lowerBound, words[first].lowerBound)
    }
    if range.contains(where: { bytes.spells(Self.asPlainText, at: $0, to: range.upperBound) }),
      !secretPositions(in: ["", String(decoding: bytes[range], as: UTF8.self)]).isEmpty
    {
      consider(range.lowerBound, range.lowerBound)
    }
    return found
  }

  /// Where the value starts behind a word that names a secret; nil where it is a word like others.
  private func value(
    after word: Range<Int>, to end: Int, _ isFirst: Bool, _ isBroken: Bool
  ) -> Int? {
    var index = word.upperBound
    if index < end, bytes[index] == 0x22 || bytes[index] == 0x27 { index += 1 }
    index = skipBlanks(index, to: end)
    if index < end, bytes[index] == 0x3A || bytes[index] == 0x3D {
      return skipBlanks(index + 1, to: end)
    }
    if isBroken, !isVariable(word) { return index }
    if bytes[word.lowerBound] == 0x2D {
      let next = skipSeparators(word.upperBound, to: end)
      return next < end && bytes[next] != 0x2D ? next : nil
    }
    return isFirst && index < end && index > word.upperBound ? index : nil
  }

  /// Whether a word is a reference by its signs: `$TOKEN`, `%TOKEN%`, `{token}`.
  private func isVariable(_ word: Range<Int>) -> Bool {
    guard word.lowerBound > 0 else { return false }
    let isBraced = word.upperBound < bytes.count && bytes[word.upperBound] == 0x7D
    let before = bytes[word.lowerBound - 1]
    return before == 0x24 || before == 0x25 || before == 0x7B && isBraced
  }

  private func skipSeparators(_ offset: Int, to end: Int) -> Int {
    var index = offset
    while index < end, Self.separators.contains(bytes[index]) { index += 1 }
    return index
  }

  /// Hides the credentials of addresses: `https://user:password@host`, and where `//` was forgotten.
  mutating func findCredentials(in range: Range<Int>) {
    var start = range.lowerBound
    var hasColon = false
    var sign: Int?
    for index in range.lowerBound...range.upperBound {
      switch index < range.upperBound ? bytes[index] : 0x20 {
      case 0x20, 0x09, 0x22, 0x27, 0x7B, 0x5B, 0x2C:
        if let sign { hide(start, sign) }
        start = index + 1
        hasColon = false
        sign = nil
      case 0x2F where index > start && bytes[index - 1] == 0x2F:
        start = index + 1
        hasColon = false
      case 0x3A: hasColon = hasColon || index > start
      case 0x40 where hasColon: sign = index
      default: break
      }
    }
    // With `//` a password may hold anything.
    if let slash = range.dropLast().first(where: { bytes[$0] == 0x2F && bytes[$0 + 1] == 0x2F }),
      let at = bytes[slash..<range.upperBound].lastIndex(of: 0x40)
    {
      hide(slash + 2, at)
    }
  }
}
