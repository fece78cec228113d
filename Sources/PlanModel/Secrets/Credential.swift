import PlanText

/// Where the first credential of a text such as `Authorization: Bearer …` starts, which tells who a request
/// speaks for; the end of the text where one has to follow it, nil where none is written out. One pass.
///
/// Both the plan's arguments and its text are looked through with it, so that what is a secret to the one
/// is one to the other.
package func credential(in text: ArraySlice<UInt8>) -> Int? {
  var rest = text
  while let start = rest.firstIndex(where: { $0.lowercase == "b" }) {
    let isBearer = text[start...].spells("bearer")
    guard isBearer || text[start...].spells("basic") else {
      rest = text[(start + 1)...]
      continue
    }
    rest = text[(start + (isBearer ? 6 : 5))...]
    // What an escape such as `\t` ends with is no part of the word behind it.
    var before = text[..<start]
    if before.dropLast().last == "\\" { before = before.dropLast(2) }
    let isInside = before.endIndex == start && before.last?.isLetterOrDigit == true
    guard isBearer || !isInside, rest.first?.isFiller ?? true else { continue }
    while before.last?.isFiller == true { before.removeLast() }
    rest = rest.drop(while: \.isFiller)
    if rest.isEmpty { return isHeader(before, isBearer: false) ? rest.startIndex : nil }
    if isWrittenOut(rest, isBearer: isBearer, isHeader: isHeader(before, isBearer: isBearer)) {
      return rest.startIndex
    }
  }
  return nil
}

/// Whether a scheme stands where one belongs: behind `Authorization:` or an equals sign; 'Bearer', which is
/// no common word, behind any colon and at the start of an item too.
private func isHeader(_ before: ArraySlice<UInt8>, isBearer: Bool) -> Bool {
  switch before.last {
  case "=": true
  case ":":
    isBearer || before.suffix(40).indices.contains { before[$0...].spells("auth") }
  case nil, "[", ",", "-": isBearer
  default: false
  }
}

/// Whether a credential begins the text: no reference such as `$TOKEN`, `%TOKEN%`, `{token}`, `<token>`, no
/// end of an item and, where no header announces it, no word of a sentence such as 'the bearer of'.
private func isWrittenOut(_ text: ArraySlice<UInt8>, isBearer: Bool, isHeader: Bool) -> Bool {
  guard let first = text.first, !"$%{<(,]})".utf8.contains(first) else { return false }
  if isHeader { return true }
  let value = text.prefix { !$0.isFiller && $0 != "," }
  let word = ".,;:!?)".utf8.contains(value.last ?? 0) ? value.dropLast() : value
  let isWord =
    word.count <= 20 && first.isLetter
    && word.dropFirst().allSatisfy { $0.isLetter && $0 == $0.lowercase }
  let isOfToken = first.isLetterOrDigit || "._~+/".utf8.contains(first)
  return !isWord && isOfToken
    && (isBearer || value.count >= 8 && value.allSatisfy { $0.isWord || "+/=".utf8.contains($0) })
}

extension ArraySlice<UInt8> {
  /// Whether it begins with a word of lower-case letters, in letters of any case.
  fileprivate func spells(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { word in
      count >= word.count && zip(self, word).allSatisfy { $0.lowercase == $1 }
    }
  }
}

extension UInt8 {
  fileprivate var lowercase: UInt8 { isLetter ? self | 0x20 : self }

  /// Blanks, quotes and the backslash of an escape.
  fileprivate var isFiller: Bool { " \t\"'\\".utf8.contains(self) }
}
