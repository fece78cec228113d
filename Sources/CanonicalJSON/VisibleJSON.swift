/// JSON that was written compact, as it may be printed: the same values, without anything that a terminal or the
/// runner of a job would take for more than text.
package enum VisibleJSON {
  /// Adds one line of JSON.
  ///
  /// What does not show, the second of two number signs and bytes that are no UTF-8 are escaped; what was
  /// written by Waltz has nothing of that outside of strings, and a line that has is a record that was altered.
  ///
  /// - Parameters:
  ///   - line: The line, without a line feed at its end.
  ///   - bytes: Where it is added.
  package static func append(_ line: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    if line.withUnsafeBufferPointer(isPlain) {
      bytes.append(contentsOf: line)
    } else {
      appendEscaped(line, to: &bytes)
    }
  }

  /// Whether there is nothing to escape, as in nearly every line.
  private static func isPlain(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.first != UInt8(ascii: ":") else { return false }
    var before: UInt8 = 0
    for byte in line {
      let isSecondSign = byte == UInt8(ascii: "#") && before == byte
      if byte < 0x20 || byte >= 0x7F || isSecondSign { return false }
      before = byte
    }
    return line.first != UInt8(ascii: " ")
  }

  private static func appendEscaped(_ line: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    var decoder = UTF8()
    var iterator = line.makeIterator()
    var before: Unicode.Scalar?
    var isStart = true
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return
      case .error: escape("\u{FFFD}", to: &bytes)
      case .scalarValue(let scalar):
        let isMark = scalar == "#" && before == "#" || scalar == ":" && isStart
        if scalar.isUnseen || isMark {
          escape(scalar, to: &bytes)
        } else {
          bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        before = scalar
        isStart = isStart && (scalar.isUnseen || scalar.properties.isWhitespace)
      }
    }
  }

  /// Adds `\u` and four digits, twice where the scalar takes two.
  static func escape(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
      bytes.append(contentsOf: "\\u".utf8)
      for shift in [12, 8, 4, 0] as [UInt16] {
        bytes.append(digits[Int(unit >> shift & 15)])
      }
    }
  }
}
