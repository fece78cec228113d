import Cryptography

/// The blocks of a PEM file; text before, between and after them is passed over, as OpenSSL does.
struct PEMText {
  /// One block, from its `BEGIN` to its `END`.
  struct Block {
    let label: String

    /// The line of its `BEGIN`, from 1.
    let line: Int

    /// `Proc-Type`, `DEK-Info` and the like.
    var headers: [(name: String, value: String)] = []

    /// What its base64 stands for; empty where that is damaged.
    var bytes: [UInt8] = []

    /// What is wrong with the block itself.
    var problem: SourceProblem?
  }

  private(set) var blocks: [Block] = []

  /// Splits the text; at most `limit` blocks, and one more where there are more.
  init(_ text: ArraySlice<UInt8>, limit: Int) {
    var lines = LineReader(text)
    while blocks.count <= limit, let line = lines.next() {
      guard let label = Self.label(of: line, "-----BEGIN ") else { continue }
      blocks.append(Self.block(label, &lines))
    }
  }

  /// Whether there is the start of a block anywhere.
  static func isIn(_ text: ArraySlice<UInt8>) -> Bool {
    var lines = LineReader(text)
    while let line = lines.next() {
      if label(of: line, "-----BEGIN ") != nil { return true }
    }
    return false
  }

  private static func block(_ label: String, _ lines: inout LineReader) -> Block {
    var block = Block(label: label, line: lines.number)
    var decoder = Base64.Decoder()
    var damage: Int?
    while true {
      let before = lines
      guard let line = lines.next(), self.label(of: line, "-----BEGIN ") == nil else {
        // The next block is one of its own.
        lines = before
        block.problem = .unfinishedBlock(label: label, line: block.line)
        return block
      }
      if let end = self.label(of: line, "-----END ") {
        if end != label { block.problem = .unfinishedBlock(label: label, line: block.line) }
        break
      }
      if decoder.bytes.isEmpty, let header = header(line) {
        block.headers.append(header)
      } else if damage == nil, !decoder.take(line) {
        damage = lines.number
      }
    }
    if damage == nil, !decoder.finish() { damage = max(lines.number - 1, block.line) }
    if let damage {
      block.problem = block.problem ?? .damagedBase64(label: label, line: damage)
    } else {
      block.bytes = decoder.bytes
    }
    return block
  }

  private static func label(of line: ArraySlice<UInt8>, _ start: String) -> String? {
    guard line.starts(with: start.utf8), line.count <= 80 else { return nil }
    let rest = line.dropFirst(start.utf8.count)
    guard rest.count > 5, rest.suffix(5).allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
    return String(validating: rest.dropLast(5), as: UTF8.self)
  }

  private static func header(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let value = line[line.index(after: colon)...].drop { $0 == UInt8(ascii: " ") }
    return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
  }
}

/// Lines that end with LF, CR LF or CR, without blanks around them.
struct LineReader {
  private var rest: ArraySlice<UInt8>

  /// The number of the line that was read last, from 1.
  private(set) var number = 0

  init(_ text: ArraySlice<UInt8>) {
    rest = text
  }

  mutating func next() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    number += 1
    let end =
      rest.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? rest.endIndex
    var line = rest[..<end]
    rest = rest[end...]
    let isReturn = rest.first == UInt8(ascii: "\r")
    rest = rest.dropFirst()
    if isReturn, rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
    while let last = line.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
      line.removeLast()
    }
    return line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }
}
