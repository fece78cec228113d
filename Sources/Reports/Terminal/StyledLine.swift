/// A line that knows its width before it is coloured, so that it can be cut and padded.
///
/// What is added is made visible first: a message that came from a server moves no cursor.
struct StyledLine {
  private struct Span {
    var text: String
    let meaning: Palette.Meaning?
  }

  private var spans: [Span] = []

  /// In columns.
  private(set) var width = 0

  /// Whether nothing but blanks was added yet.
  private var isBlank = true

  /// An empty line.
  init() {}

  /// A line of one piece.
  init(_ text: String, _ meaning: Palette.Meaning? = nil) {
    add(text, meaning)
  }

  /// Appends a piece.
  mutating func add(_ text: String, _ meaning: Palette.Meaning? = nil) {
    let text = visible(text, unicode: false)
    let shown = isBlank ? withoutCommand(text) : text
    isBlank = isBlank && shown.allSatisfy { $0 == " " }
    spans.append(Span(text: shown, meaning: meaning))
    width += textWidth(shown)
  }

  /// Appends another line.
  mutating func add(_ other: StyledLine) {
    isBlank = isBlank && other.isBlank
    spans += other.spans
    width += other.width
  }

  /// Appends a piece and blanks up to `columns`.
  mutating func add(_ text: String, _ meaning: Palette.Meaning? = nil, padTo columns: Int) {
    let before = width
    add(text, meaning)
    pad(to: before + columns)
  }

  /// Appends blanks until the line is `column` wide.
  mutating func pad(to column: Int) {
    guard width < column else { return }
    spans.append(Span(text: String(repeating: " ", count: column - width), meaning: nil))
    width = column
  }

  /// The line cut to the layout's width.
  func fitted(_ layout: TextLayout) -> String {
    guard width > layout.width else { return whole(layout) }
    let palette = Palette(color: layout.color)
    var room = layout.width - layout.ellipsis.count
    var result = ""
    for span in spans {
      let kept = prefix(of: span.text, columns: room)
      result += palette.paint(kept, span.meaning)
      guard kept.utf8.count == span.text.utf8.count else { break }
      room -= textWidth(kept)
    }
    return result + layout.ellipsis
  }

  /// The line as wide as it is; blanks at its end are left out.
  func whole(_ layout: TextLayout) -> String {
    let palette = Palette(color: layout.color)
    var spans = spans
    while let last = spans.last {
      let kept = last.text.withoutTrailingBlanks
      guard kept.isEmpty else {
        spans[spans.count - 1].text = kept
        break
      }
      spans.removeLast()
    }
    return spans.map { palette.paint($0.text, $0.meaning) }.joined()
  }
}

/// A line that was coloured already, cut to the layout's width.
func fitted(_ line: String, _ layout: TextLayout) -> String {
  let pieces = Palette.pieces(of: line, color: layout.color)
  let width = pieces.reduce(0) { $0 + ($1.isStyle ? 0 : textWidth($1.text)) }
  guard width > layout.width else { return line }
  var room = layout.width - layout.ellipsis.count
  var result = ""
  for piece in pieces {
    if piece.isStyle {
      result += piece.text
      continue
    }
    let kept = prefix(of: piece.text, columns: room)
    result += kept
    room -= textWidth(kept)
    if kept.utf8.count < piece.text.utf8.count { break }
  }
  return result + (layout.color ? "\u{1B}[0m" : "") + layout.ellipsis
}

/// A command in the lines of a shell: where it is too long for one it goes on in the next.
func shellLines(_ command: String, columns: Int) -> [String] {
  var rows: [String] = []
  var row = ""
  for word in command.split(separator: " ") {
    if !row.isEmpty, textWidth(row) + 1 + textWidth(word) + 2 > columns {
      rows.append(row + " \\")
      row = ""
    }
    row += (row.isEmpty ? "" : " ") + word
  }
  return rows + [row]
}

/// The first characters of a text that take at most `columns`.
func prefix(of text: String, columns: Int) -> String {
  var room = columns
  var end = text.startIndex
  for index in text.indices {
    room -= displayWidth(of: text[index])
    guard room >= 0 else { break }
    end = text.index(after: index)
  }
  return String(text[..<end])
}

/// An id cut in its middle: the action at its start and the server at its end matter more.
func shortenedMiddle(_ text: String, to columns: Int, _ layout: TextLayout) -> String {
  guard textWidth(text) > columns else { return text }
  let room = max(columns - layout.ellipsis.count, 0)
  let front = prefix(of: text, columns: room / 2)
  let back = prefix(of: String(text.reversed()), columns: room - textWidth(front))
  return front + layout.ellipsis + String(back.reversed())
}

extension String {
  fileprivate var withoutTrailingBlanks: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
