import PlanText

/// The lines of a layout while they are written; comments behind values find their column at the end.
struct LineBuffer {
  private struct Line {
    var start: Int
    var end: Int
    /// In Unicode scalars.
    var width = 0
    /// The bytes of the comment behind it, in the source.
    var comment: Range<Int>?
  }

  /// A line that is wider than this does not push the comments of its neighbours away.
  private static let widestAligned = 60

  private var bytes: [UInt8] = []
  private var lines: [Line] = []

  /// Whether the last line can go on, with text or with a comment behind it.
  private(set) var isOpen = false

  /// Whether the next line is the first of what the last one opens, so that no empty line precedes it.
  var opens = true

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  /// The columns that the last line takes.
  var width: Int { lines.last?.width ?? 0 }

  /// Starts a line; where wanted after an empty one.
  mutating func begin(indent: Int, afterBlank: Bool = false) {
    if afterBlank, !opens, !lines.isEmpty {
      lines.append(Line(start: bytes.count, end: bytes.count))
    }
    opens = false
    bytes.append(contentsOf: repeatElement(" ", count: indent))
    lines.append(Line(start: bytes.count - indent, end: bytes.count, width: indent))
    isOpen = true
  }

  /// Starts a line of a text block, empty where it has no text, and closed to comments.
  mutating func beginVerbatim(indent: Int, _ text: ArraySlice<UInt8>) {
    begin(indent: text.isEmpty ? 0 : indent)
    write(text)
    isOpen = false
  }

  /// Appends to the last line.
  mutating func write(_ text: some Collection<UInt8>) {
    bytes.append(contentsOf: text)
    lines[lines.count - 1].end = bytes.count
    lines[lines.count - 1].width += text.count { !$0.isContinuation }
  }

  /// Appends to the last line.
  mutating func write(_ text: StaticString) {
    write(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Ends the last line.
  mutating func close() { isOpen = false }

  /// Puts a comment behind the last line.
  mutating func attach(_ comment: Range<Int>) {
    lines[lines.count - 1].comment = comment
    isOpen = false
  }

  /// The text: comments of a paragraph in one column, two blanks behind its longest line that has one.
  func assembled(from source: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + lines.count + bytes.count / 4)
    var first = 0
    while first < lines.count {
      var last = first
      var column = 0
      while last < lines.count, lines[last].start < lines[last].end {
        let line = lines[last]
        if line.comment != nil, line.width <= Self.widestAligned {
          column = max(column, line.width)
        }
        last += 1
      }
      for line in lines[first..<last] {
        result += bytes[line.start..<line.end]
        if let comment = line.comment {
          let blanks = max(column - line.width, 0) + 2
          result.append(contentsOf: repeatElement(" ", count: blanks))
          result += source[comment]
        }
        result.append("\n")
      }
      if last < lines.count { result.append("\n") }
      first = last + 1
    }
    return result
  }
}
