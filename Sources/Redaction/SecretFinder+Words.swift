import PlanModel
import PlanText

// What the words of a line give away.
extension SecretFinder {
  private static let separators: ByteSet = " \t\r\n\"',[]{}"

  /// No argument and no option is without one of these.
  private static let signs: ByteSet = "-/:="

  /// Where the first secret of a text starts that something before it announces; the end of the text where it
  /// has to follow.
  ///
  /// * `isEntry`: Whether the first word may be a key that has lost its colon.
  /// * `isBroken`: Whether any word that names a secret announces one.
  mutating func secret(in range: Range<Int>, isEntry: Bool = false, isBroken: Bool = false) -> Int?
  {
    let text = bytes[range]
    var starts = [credential(in: text)].compactMap(\.self)
    for word in text.split(whereSeparator: { !$0.isWord }) where isSecret(word) {
      let isFirst = isEntry && text[..<word.startIndex].allSatisfy(Self.separators.contains)
      if let start = value(after: word, to: range.upperBound, isFirst, isBroken) {
        starts.append(start)
        break
      }
    }
    if text.contains(where: Self.signs.contains) {
      let words = text.split(whereSeparator: Self.separators.contains)
      let texts = words.map { String(decoding: $0, as: UTF8.self) }
      if let first = secretPositions(in: texts).first { starts.append(words[first].startIndex) }
      // The text may stand before the option that says it is one.
      if texts.contains(where: { $0.lowercased().hasPrefix("-asplain") }),
        holdsPlainText(String(decoding: text, as: UTF8.self))
      {
        starts.append(range.lowerBound)
      }
    }
    return starts.min()
  }

  /// Where the value starts behind a word that names a secret; nil where it is a word like others.
  private func value(
    after word: ArraySlice<UInt8>, to end: Int, _ isFirst: Bool, _ isBroken: Bool
  ) -> Int? {
    var rest = bytes[word.endIndex..<end]
    if let quote = rest.first, "\"'".utf8.contains(quote) { rest.removeFirst() }
    rest = rest.drop(while: \.isBlank)
    if let sign = rest.first, ":=".utf8.contains(sign) {
      return rest.dropFirst().drop(while: \.isBlank).startIndex
    }
    if isBroken, !isVariable(word) { return rest.startIndex }
    if word.first == "-" {
      let next = bytes[word.endIndex..<end].drop(while: Self.separators.contains)
      return next.first.map { $0 == "-" } == false ? next.startIndex : nil
    }
    return isFirst && !rest.isEmpty && rest.startIndex > word.endIndex ? rest.startIndex : nil
  }

  /// Whether a word is a reference by its signs: `$TOKEN`, `%TOKEN%`, `{token}`.
  private func isVariable(_ word: ArraySlice<UInt8>) -> Bool {
    let before = bytes[..<word.startIndex].last ?? 0
    return "$%".utf8.contains(before)
      || before == "{" && bytes[word.endIndex...].first == "}"
  }

  /// The credentials of addresses: `https://user:password@host`, and where `//` was forgotten.
  func credentials(in range: Range<Int>) -> [Range<Int>] {
    let text = bytes[range]
    let at: UInt8 = "@"
    guard let last = text.lastIndex(of: at) else { return [] }
    var found: [Range<Int>] = []
    for word in text.split(whereSeparator: " \t\"'{[,".utf8.contains) {
      if let end = word.lastIndex(of: at), word[..<end].place(of: "//") == nil,
        word[..<end].dropFirst().contains(":")
      {
        found.append(word.startIndex..<end)
      }
    }
    // With `//` a password may hold anything.
    if let start = text[..<last].place(of: "//")?.upperBound, start < last {
      found.append(start..<last)
    }
    return found
  }
}
