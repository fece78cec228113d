internal import PlanText

/// Looks at the bytes of a source before they are taken for YAML: size, encoding, forbidden characters.
///
/// A file that is no text gives one diagnostic a kind of mistake, with the first place and the number of
/// the others, not one a byte.
struct ByteExamination {
  private(set) var isASCII = true
  private(set) var diagnostics: [Diagnostic] = []

  private let bytes: UnsafeBufferPointer<UInt8>
  private let source: SourceID
  private var invalid: (first: Int, count: Int)?
  private var forbidden: (first: Int, count: Int)?

  init(_ bytes: UnsafeBufferPointer<UInt8>, source: SourceID, limits: SyntaxLimits) {
    self.bytes = bytes
    self.source = source
    if bytes.count > limits.size {
      diagnostics = [tooLarge(limit: limits.size)]
    } else if let encoding = otherEncoding() {
      diagnostics = [isEncoded(in: encoding)]
    } else {
      scan()
      if let invalid { diagnostics.append(invalidByte(invalid.first, count: invalid.count)) }
      if let forbidden {
        diagnostics.append(forbiddenCharacter(forbidden.first, count: forbidden.count))
      }
    }
  }

  private func otherEncoding() -> String? {
    let head = (0..<4).map { $0 < bytes.count ? Int(bytes[$0]) : -1 }
    switch (head[0], head[1], head[2], head[3]) {
    case (0xFF, 0xFE, 0, 0), (1..., 0, 0, 0): return "UTF-32, little endian"
    case (0, 0, 0xFE, 0xFF), (0, 0, 0, 1...): return "UTF-32, big endian"
    case (0xFF, 0xFE, _, _), (1..., 0, 1..., 0): return "UTF-16, little endian"
    case (0xFE, 0xFF, _, _), (0, 1..., 0, 1...): return "UTF-16, big endian"
    default: return nil
    }
  }

  private mutating func scan() {
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
      } else if byte < 0x80 {
        if byte != 0x0A, byte != 0x0D, byte != 0x09 { noteForbidden(index) }
        index += 1
      } else {
        isASCII = false
        index = scanMultibyte(at: index)
      }
    }
  }

  /// Reads a scalar of more than one byte; the place after it, or after the bytes that make none.
  private mutating func scanMultibyte(at index: Int) -> Int {
    let lead = bytes[index]
    let length: Int
    let second: ClosedRange<UInt8>
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default:
      noteInvalid(index)
      return index + 1
    }
    var value = UInt32(lead & (0x7F >> UInt8(length)))
    for step in 1..<length {
      let at = index + step
      let range = step == 1 ? second : 0x80...0xBF
      guard at < bytes.count, range.contains(bytes[at]) else {
        noteInvalid(index)
        return at
      }
      value = value << 6 | UInt32(bytes[at] & 0x3F)
    }
    // YAML's printable characters; U+0085 is a line break.
    if (0x80..<0xA0).contains(value) && value != 0x85 || value == 0xFEFF
      || (0xFFFE...0xFFFF).contains(value)
    {
      noteForbidden(index)
    }
    return index + length
  }

  private mutating func noteInvalid(_ index: Int) {
    invalid = (invalid?.first ?? index, (invalid?.count ?? 0) + 1)
  }

  private mutating func noteForbidden(_ index: Int) {
    forbidden = (forbidden?.first ?? index, (forbidden?.count ?? 0) + 1)
  }

  /// How large it is in all is not known: reading stops at the limit.
  private func tooLarge(limit: Int) -> Diagnostic {
    let size = limit % (1 << 20) == 0 ? "\(limit >> 20) MiB" : "\(limit) bytes"
    return Diagnostic(
      .tooLarge, at: SourceSpan(source: source, start: 0, end: 0),
      "The file has more than \(size). Waltz does not read files of that size.",
      help: "A plan of 10,000 servers has about 2,500,000 bytes. Check that this file is a plan.")
  }

  private func isEncoded(in encoding: String) -> Diagnostic {
    Diagnostic(
      .otherEncoding, at: SourceSpan(source: source, start: 0, end: 0),
      "The file is \(encoding), but plans are read as UTF-8.",
      help:
        "Save the file as UTF-8. PowerShell's `>` writes UTF-16: use `Set-Content -Encoding utf8` there."
    )
  }

  private func invalidByte(_ index: Int, count: Int) -> Diagnostic {
    let byte = bytes[index]
    var detail = "The byte \(hexadecimal(UInt32(byte), digits: 2)) is not UTF-8"
    if byte >= 0xA0 {
      detail += "; in Latin-1 it would be `\(Character(Unicode.Scalar(byte)))`"
    }
    return Diagnostic(
      .invalidUTF8, at: SourceSpan(source: source, start: index, end: index + 1),
      detail + further(count),
      help: "Save the file as UTF-8.")
  }

  private func forbiddenCharacter(_ index: Int, count: Int) -> Diagnostic {
    let text = bytes[index...].prefix(4)
    let decoded = String(decoding: text, as: UTF8.self).unicodeScalars.first
    let scalar = decoded ?? Unicode.Scalar(bytes[index])
    let length = scalar.utf8.count
    let name = Self.names[scalar.value].map { " (\($0))" } ?? ""
    return Diagnostic(
      .forbiddenCharacter, at: SourceSpan(source: source, start: index, end: index + length),
      "YAML does not allow the character U+\(hexadecimal(scalar.value, digits: 4).dropFirst(2))\(name)\(further(count))",
      help:
        "Remove it. If a value needs it, write it as an escape in double quotes, such as \"\\x1B\"."
    )
  }

  private func further(_ count: Int) -> String {
    switch count {
    case 1: "."
    case 2: ", and there is one more such place."
    default: ", and there are \(count - 1) more such places."
    }
  }

  private func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private static let names: [UInt32: String] = [
    0: "NUL", 7: "bell", 8: "backspace", 0x0B: "vertical tab", 0x0C: "form feed", 0x1B: "escape",
    0x7F: "delete", 0xFEFF: "a byte order mark that is not at the start of the file",
  ]
}
