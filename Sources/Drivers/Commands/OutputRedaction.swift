import CanonicalJSON
import PlanModel
import PlanText
package import Secrets

/// Hides secrets in what programs print, before anybody sees it.
///
/// Two things are hidden: the values of the secrets that are known, also as JSON, base64, in a URL and in
/// UTF-16; and what looks like a secret, by the word before it, by `Bearer` and `Basic`, and by the lines
/// around a private key. Hides too much rather than too little.
package struct OutputRedaction: Sendable {
  /// A secret of fewer bytes is not looked for: it would be found everywhere, and be told by that.
  package static let shortest = 4

  /// What stands for something hidden.
  private static let stars = Array("***".utf8)

  /// The forms of all secrets by their first byte, longest first.
  private let forms: [UInt8: [[UInt8]]]

  /// The bytes of the longest form.
  private let longest: Int

  /// Hides these secrets, and what looks like one.
  package init(_ secrets: [Secret] = []) {
    var all: Set<[UInt8]> = []
    for secret in secrets {
      secret.reveal { if $0.count >= Self.shortest { all.formUnion(SecretForms.all(of: $0)) } }
    }
    let ordered = all.sorted { ($0.count, $1.last ?? 0) > ($1.count, $0.last ?? 0) }
    forms = Dictionary(grouping: ordered) { $0.first ?? 0 }
    longest = ordered.first?.count ?? 0
  }

  /// A text without secrets.
  func text(_ text: String) -> String {
    String(decoding: visible(Array(text.utf8)[...]), as: UTF8.self)
  }

  /// Bytes without secrets.
  ///
  /// * `beginsCut`: Whether something came before that is not there: the end of a secret may begin the bytes.
  /// * `endsCut`: Whether something follows that is not there: the beginning of a secret may end the bytes.
  func visible(
    _ bytes: ArraySlice<UInt8>, beginsCut: Bool = false, endsCut: Bool = false
  ) -> [UInt8] {
    var bounds = bytes.startIndex..<bytes.endIndex
    if beginsCut { bounds = start(of: bytes)..<bounds.upperBound }
    if endsCut {
      bounds = bounds.lowerBound..<max(bounds.lowerBound, bounds.upperBound - max(longest - 1, 0))
    }
    var result: [UInt8] = []
    result.reserveCapacity(bounds.count)
    var place = bounds.lowerBound
    for range in hidden(in: bytes, beginsCut: beginsCut) where range.upperBound > place {
      guard range.lowerBound < bounds.upperBound else { break }
      result += bytes[place..<max(place, range.lowerBound)]
      result += Self.stars
      place = range.upperBound
    }
    if place < bounds.upperBound { result += bytes[place..<bounds.upperBound] }
    return result
  }

  /// Where bytes begin that no part of a secret before them can reach: behind the first line that is not whole,
  /// or, where lines are long, behind what a secret may have left.
  private func start(of bytes: ArraySlice<UInt8>) -> Int {
    let line = bytes.prefix(8_192).firstIndex(of: "\n").map { $0 + 1 } ?? bytes.startIndex
    return min(bytes.endIndex, max(line, bytes.startIndex + max(longest - 1, 0)))
  }

  /// What is hidden, in order; parts may overlap.
  private func hidden(in bytes: ArraySlice<UInt8>, beginsCut: Bool) -> [Range<Int>] {
    var found = values(in: bytes) + keys(in: bytes, beginsCut: beginsCut)
    for line in bytes.split(separator: "\n") { found += suspects(in: line) }
    return found.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
  }

  private func values(in bytes: ArraySlice<UInt8>) -> [Range<Int>] {
    guard longest > 0 else { return [] }
    var found: [Range<Int>] = []
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let form = forms[bytes[place]]?.first { bytes[place...].starts(with: $0) }
      if let form { found.append(place..<place + form.count) }
      place += form?.count ?? 1
    }
    return found
  }

  /// What stands between the first line of a private key and its last, which either may be where the bytes do
  /// not reach.
  private func keys(in bytes: ArraySlice<UInt8>, beginsCut: Bool) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var open = beginsCut ? bytes.startIndex : nil
    var hasBegun = false
    var rest = bytes
    while let mark = rest.firstRange(of: Self.keyMark) {
      let words = bytes[..<mark.lowerBound].suffix(40).reversed()
        .prefix { $0.isLetter || $0 == " " }.reversed().drop { $0 == " " }
      if words.starts(with: "BEGIN".utf8) {
        (open, hasBegun) = (mark.upperBound, true)
      } else if words.starts(with: "END".utf8), let start = open {
        found.append(start..<mark.lowerBound)
        (open, hasBegun) = (nil, false)
      }
      rest = bytes[mark.upperBound...]
    }
    if hasBegun, let open { found.append(open..<bytes.endIndex) }
    return found
  }

  private static let keyMark = Array("PRIVATE KEY-----".utf8)

  /// What a line gives away by its words.
  private func suspects(in line: ArraySlice<UInt8>) -> [Range<Int>] {
    if let start = credential(in: line), start < line.endIndex { return [start..<line.endIndex] }
    for sign in line.indices where line[sign] == ":" || line[sign] == "=" {
      var before = line[..<sign].suffix(72)
      while let last = before.last, last.isBlank || last == "\"" || last == "'" {
        before.removeLast()
      }
      let start = before.lastIndex { !$0.isWord }.map { $0 + 1 } ?? before.startIndex
      let value = line[(sign + 1)...].drop { $0.isBlank || $0 == "\"" || $0 == "'" }
      guard start < before.endIndex, !value.isEmpty, SecretKeys.contain(before[start...])
      else { continue }
      return [value.startIndex..<line.endIndex]
    }
    guard line.count <= 4_096, line.contains("-") || line.contains("/") else { return [] }
    let words = line.split(whereSeparator: \.isBlank)
    let texts = words.map { String(decoding: $0, as: UTF8.self) }
    return secretPositions(in: texts).map { words[$0].startIndex..<words[$0].endIndex }
  }
}

/// How the bytes of a secret may be written.
private enum SecretForms {
  static func all(of secret: [UInt8]) -> [[UInt8]] {
    [secret, json(secret), percent(secret), utf16(secret)]
      + (0..<3).map { base64(secret, after: $0) }
      .filter { $0.count >= OutputRedaction.shortest }
  }

  /// As a string of JSON, without its quotes.
  private static func json(_ secret: [UInt8]) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(String(decoding: secret, as: UTF8.self))
    return Array(writer.bytes.dropFirst().dropLast())
  }

  /// In a URL.
  private static func percent(_ secret: [UInt8]) -> [UInt8] {
    secret.flatMap { byte -> [UInt8] in
      if byte.isWord || byte == "." || byte == "~" { return [byte] }
      return [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)]
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }

  /// As PowerShell writes files.
  private static func utf16(_ secret: [UInt8]) -> [UInt8] {
    String(decoding: secret, as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  /// The characters of base64 that depend on the secret alone, where so many bytes come before it.
  private static func base64(_ secret: [UInt8], after count: Int) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let bytes = [UInt8](repeating: 0, count: count) + secret
    // Six bits a character; those at both ends that have bits of something else are left out.
    let first = (count * 8 + 5) / 6
    let last = bytes.count * 8 / 6
    guard first < last else { return [] }
    return (first..<last).map { position in
      let bit = position * 6
      let high = Int(bytes[bit / 8]) << 8
      let low = bit / 8 + 1 < bytes.count ? Int(bytes[bit / 8 + 1]) : 0
      return alphabet[(high | low) >> (10 - bit % 8) & 63]
    }
  }
}
