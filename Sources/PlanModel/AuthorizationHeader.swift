import PlanText

/// The credentials in texts such as `Authorization: Bearer …`, which tell who a request speaks for.
///
/// Both the plan's arguments and its text are looked through with it, so that what is a secret to the one
/// is one to the other.
public enum AuthorizationHeader {
  private static let bearer = Array("bearer".utf8)
  private static let basic = Array("basic".utf8)

  /// Where the first credential of a range starts; nil where none is written out. One pass.
  public static func credential(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let end = range.upperBound
    var index = range.lowerBound
    while index < end {
      guard bytes[index] | 0x20 == 0x62, let after = schemeEnd(at: index, in: bytes, range),
        after < end, [0x20, 0x09, 0x5C].contains(bytes[after])
      else {
        index += 1
        continue
      }
      var start = after
      while start < end, bytes[start].isFiller { start += 1 }
      if start < end, isWrittenOut(at: start, behind: index, in: bytes, range) { return start }
      index = start
    }
    return nil
  }

  /// Whether a range ends with a header whose credential has to follow: `Authorization: Bearer`.
  public static func isOpen(in bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1].isFiller { end -= 1 }
    return [bearer, basic].contains { scheme in
      let start = end - scheme.count
      return start > range.lowerBound && bytes.spells(scheme, at: start, to: end)
        && isHeader(start, isBearer: false, in: bytes, range)
    }
  }

  private static func schemeEnd(at index: Int, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    if bytes.spells(bearer, at: index, to: range.upperBound) { return index + bearer.count }
    guard bytes.spells(basic, at: index, to: range.upperBound) else { return nil }
    let isInside = index > range.lowerBound && bytes[index - 1].isAlphanumeric
    return isInside && !isEscaped(index, in: bytes, range) ? nil : index + basic.count
  }

  /// Whether the letter before `index` is what an escape such as `\t` ends with.
  private static func isEscaped(_ index: Int, in bytes: [UInt8], _ range: Range<Int>) -> Bool {
    index - 2 >= range.lowerBound && bytes[index - 2] == 0x5C
  }

  /// Whether what starts at `start` is a credential: no reference, and no word of a sentence.
  private static func isWrittenOut(
    at start: Int, behind scheme: Int, in bytes: [UInt8], _ range: Range<Int>
  ) -> Bool {
    let end = range.upperBound
    // `$TOKEN`, `%TOKEN%`, `{token}`, `<token>`, `(…)`, and the end of an item.
    let marks: Set<UInt8> = [0x24, 0x25, 0x7B, 0x3C, 0x28, 0x2C, 0x5D, 0x7D, 0x29]
    if marks.contains(bytes[start]) { return false }
    let isBearer = bytes[scheme + 1] | 0x20 == 0x65
    if isHeader(scheme, isBearer: isBearer, in: bytes, range) { return true }
    guard bytes[start].isAlphanumeric || [0x2E, 0x5F, 0x7E, 0x2B, 0x2F].contains(bytes[start]),
      !isWord(at: start, in: bytes, to: end)
    else { return false }
    if isBearer { return true }
    var stop = start
    while stop < end,
      bytes[stop].isAlphanumeric || [0x2B, 0x2F, 0x3D].contains(bytes[stop])
    {
      stop += 1
    }
    return stop - start >= 8 && (stop == end || bytes[stop].isFiller || bytes[stop] == 0x2C)
  }

  /// Whether a scheme stands where one belongs: behind `Authorization:` or an equals sign; 'Bearer', which
  /// is no common word, at the start of an item too.
  private static func isHeader(
    _ scheme: Int, isBearer: Bool, in bytes: [UInt8], _ range: Range<Int>
  ) -> Bool {
    var before = scheme
    if before > range.lowerBound, bytes[before - 1].isAlphanumeric,
      isEscaped(before, in: bytes, range)
    {
      before -= 2
    }
    while before > range.lowerBound, bytes[before - 1].isFiller { before -= 1 }
    guard before > range.lowerBound else { return isBearer }
    switch bytes[before - 1] {
    case 0x3D: return true
    case 0x5B, 0x2C, 0x2D: return isBearer
    case 0x3A:
      if isBearer { return true }
      before -= 1
      while before > range.lowerBound, bytes[before - 1].isFiller { before -= 1 }
      let name = bytes[max(range.lowerBound, before - 40)..<before]
      let last = name.lastIndex { !$0.isWord }.map { $0 + 1 } ?? name.startIndex
      let auth = Array("auth".utf8)
      return (last..<before).contains { bytes.spells(auth, at: $0, to: before) }
    default: return false
    }
  }

  /// Whether a word of a language stands there, such as in 'the bearer of'.
  private static func isWord(at start: Int, in bytes: [UInt8], to end: Int) -> Bool {
    var stop = start + 1
    while stop < end, (0x61...0x7A).contains(bytes[stop]) { stop += 1 }
    guard bytes[start].isLetter, stop - start <= 20 else { return false }
    let isPoint = stop < end && [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x29].contains(bytes[stop])
    if isPoint { stop += 1 }
    return stop == end || bytes[stop].isFiller
  }
}

extension [UInt8] {
  /// Whether a word of lower-case letters stands at `start`, in letters of any case.
  package func spells(_ word: [UInt8], at start: Int, to end: Int) -> Bool {
    guard end - start >= word.count else { return false }
    for offset in word.indices {
      let byte = self[start + offset]
      guard word[offset] == ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) else {
        return false
      }
    }
    return true
  }
}

extension UInt8 {
  /// Blanks, quotes and the backslash of an escape.
  fileprivate var isFiller: Bool {
    self == 0x20 || self == 0x09 || self == 0x22 || self == 0x27 || self == 0x5C
  }

  fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  fileprivate var isAlphanumeric: Bool { isLetter || (0x30...0x39).contains(self) }
}
