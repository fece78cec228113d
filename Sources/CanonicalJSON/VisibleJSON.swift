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
    line.withUnsafeBufferPointer { line in
      if isPlain(line) {
        bytes.append(contentsOf: line)
      } else {
        appendEscaped(line, to: &bytes)
      }
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

  private static func appendEscaped(_ line: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var place = 0
    var before: Unicode.Scalar?
    var isStart = true
    while place < line.count {
      // Nearly everything is in runs of characters that nothing is to be done about.
      let run = isStart ? place : end(ofRunAt: place, in: line)
      if run > place {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: line[place..<run]))
        place = run
        before = nil
        continue
      }
      let (scalar, length) = scalar(at: place, in: line)
      defer { place += length }
      guard let scalar else {
        escape("\u{FFFD}", to: &bytes)
        continue
      }
      let isMark = scalar == "#" && before == "#" || scalar == ":" && isStart
      if scalar.isUnseen || isMark {
        escape(scalar, to: &bytes)
      } else {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: line[place..<(place + length)]))
      }
      before = scalar
      isStart = isStart && (scalar.isUnseen || scalar.properties.isWhitespace)
    }
  }

  /// Where plain characters end, but for number signs, of which two in a row mean something.
  private static func end(ofRunAt start: Int, in line: UnsafeBufferPointer<UInt8>) -> Int {
    var place = start
    while place < line.count, (0x20..<0x7F).contains(line[place]),
      line[place] != UInt8(ascii: "#")
    {
      place += 1
    }
    return place
  }

  /// The character at a place, nil where there is no UTF-8, and how many bytes it takes.
  private static func scalar(
    at place: Int, in line: UnsafeBufferPointer<UInt8>
  ) -> (Unicode.Scalar?, Int) {
    var parser = UTF8.ForwardParser()
    var bytes = UnsafeBufferPointer(rebasing: line[place..<min(place + 4, line.count)])
      .makeIterator()
    switch parser.parseScalar(from: &bytes) {
    case .valid(let encoded): return (UTF8.decode(encoded), encoded.count)
    case .error(let length): return (nil, length)
    case .emptyInput: return (nil, 1)
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
