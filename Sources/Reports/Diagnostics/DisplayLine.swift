/// A line of a source as a terminal shows it: cells that know which bytes they stand for.
///
/// Tabs become spaces, control characters and bytes that are no UTF-8 become visible, and so does what
/// would reorder or hide text (bidirectional controls, zero width characters): what is shown is what
/// the file says.
struct DisplayLine {
  /// One character, or what stands for it.
  struct Cell {
    let text: String
    /// In columns.
    let width: Int
    /// The first byte in the source.
    let offset: Int
  }

  private(set) var cells: [Cell] = []

  /// The first byte shown.
  private(set) var start: Int

  /// The byte after the last one shown.
  private(set) var end: Int

  /// Whether the line goes on after ``end``.
  private(set) var isCut = false

  /// The columns of all cells.
  private(set) var width = 0

  private static let tabStop = 4

  private let concealing: [Range<Int>]

  /// What stands for text that is not shown, whatever its length.
  private static let mask = "***"

  /// Reads the bytes of a line; their indices are offsets in the source. Those of `concealing` are not
  /// shown.
  init(_ bytes: ArraySlice<UInt8>, unicode: Bool, concealing: [Range<Int>] = []) {
    start = bytes.startIndex
    end = bytes.endIndex
    self.concealing = Array(concealing.overlapping(bytes.startIndex..<bytes.endIndex))
    var rest = bytes
    while !rest.isEmpty {
      let valid = Self.validPrefix(of: rest)
      append(String(decoding: valid, as: UTF8.self), from: rest.startIndex, unicode: unicode)
      rest = rest[valid.endIndex...]
      if let byte = rest.first {
        add("<0x\(hexadecimal(UInt32(byte), digits: 2))>", width: 6, at: rest.startIndex)
        rest = rest.dropFirst()
      }
    }
  }

  private mutating func append(_ text: String, from offset: Int, unicode: Bool) {
    var offset = offset
    var before: Character?
    for index in text.indices {
      let character = text[index]
      defer { before = character }
      if character == "#", before == "#", isRunnerMark(text[index...]) {
        add("<0x23>", width: 6, at: offset)
      } else if character == "\t" {
        let width = Self.tabStop - width % Self.tabStop
        add(String(repeating: " ", count: width), width: width, at: offset)
      } else if let shown = visible(character, unicode: unicode) {
        add(shown, width: shown.unicodeScalars.count, at: offset)
      } else {
        add(String(character), width: displayWidth(of: character), at: offset)
      }
      offset += character.utf8.count
    }
  }

  private mutating func add(_ text: String, width: Int, at offset: Int) {
    if let range = concealing.first(where: { $0.contains(offset) }) {
      let isFirst = offset == max(range.lowerBound, start)
      cells.append(
        Cell(text: isFirst ? Self.mask : "", width: isFirst ? Self.mask.count : 0, offset: offset))
      self.width += isFirst ? Self.mask.count : 0
      return
    }
    cells.append(Cell(text: text, width: width, offset: offset))
    self.width += width
  }

  private static func validPrefix(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var end = bytes.startIndex
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      end += scalar.utf8.count
    }
    return bytes[bytes.startIndex..<end]
  }

  /// The column, from 0, at which the byte at `offset` is shown; past the end it is the next free one.
  func column(of offset: Int) -> Int {
    var column = 0
    for (index, cell) in cells.enumerated() {
      let next = index + 1 < cells.count ? cells[index + 1].offset : isCut ? .max : end
      if offset < next { return column }
      column += cell.width
    }
    return column
  }

  /// Whether the byte at `offset` is in what is shown; the place after the last byte of a line is.
  func shows(_ offset: Int) -> Bool { offset >= start && (isCut ? offset < end : offset <= end) }

  /// The text without trailing blanks.
  var text: String {
    var text = cells.map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The line cut to `columns`, an ellipsis where something was left out.
  mutating func cut(to columns: Range<Int>, ellipsis: String) {
    guard width > columns.count else { return }
    var kept: [Cell] = []
    var column = 0
    var isCutBefore = false
    var isCutAfter = false
    let last = columns.upperBound - ellipsis.count
    for cell in cells {
      defer { column += cell.width }
      if column < columns.lowerBound + (columns.lowerBound > 0 ? ellipsis.count : 0) {
        if columns.lowerBound > 0 { isCutBefore = true } else { kept.append(cell) }
      } else if column + cell.width > (width > columns.upperBound ? last : columns.upperBound) {
        isCutAfter = true
        end = cell.offset
        break
      } else {
        kept.append(cell)
      }
    }
    if isCutBefore {
      let offset = cells.first?.offset ?? end
      start = kept.first?.offset ?? end
      kept.insert(Cell(text: ellipsis, width: ellipsis.count, offset: offset), at: 0)
    }
    if isCutAfter {
      kept.append(Cell(text: ellipsis, width: ellipsis.count, offset: end))
      isCut = true
    }
    cells = kept
    width = kept.reduce(0) { $0 + $1.width }
  }
}
