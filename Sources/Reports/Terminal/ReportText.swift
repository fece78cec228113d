import RotationEngine

/// A report that grows line by line: headings, sentences that are wrapped, commands that never are.
struct ReportText {
  let layout: TextLayout
  private(set) var lines: [String] = []

  /// Whether a command that is too long for a line goes on in the next: where nothing may be wider than the layout.
  private let breaksCommands: Bool

  init(_ layout: TextLayout, breaksCommands: Bool = false) {
    self.layout = layout
    self.breaksCommands = breaksCommands
  }

  /// The lines, each with a line feed.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// An empty line, unless there is one already or nothing before it.
  mutating func blank() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  /// A heading of a part, with an empty line before it.
  mutating func heading(_ title: String, _ meaning: Palette.Meaning = .title) {
    blank()
    lines.append(StyledLine(title, meaning).fitted(layout))
  }

  /// A line that is cut to the width.
  mutating func line(_ line: StyledLine) {
    lines.append(line.fitted(layout))
  }

  /// Lines that are ready.
  mutating func add(_ ready: [String]) {
    lines.append(contentsOf: ready)
  }

  /// Sentences, wrapped. The first line may begin with a label.
  mutating func prose(
    _ text: String, indent: Int, label: String = "", _ meaning: Palette.Meaning? = nil
  ) {
    let room = max(layout.width - indent - textWidth(label), 20)
    guard !text.isEmpty else { return }
    for (index, words) in wrap(visible(text, unicode: false), to: room).enumerated() {
      var line = StyledLine(String(repeating: " ", count: indent))
      line.add(index == 0 ? label : String(repeating: " ", count: textWidth(label)), .faint)
      line.add(words, meaning)
      lines.append(line.whole(layout))
    }
  }

  /// Sentences behind a name, in a column of this width.
  mutating func fact(
    _ name: String, _ text: String, indent: Int, width: Int, _ meaning: Palette.Meaning? = nil
  ) {
    let room = String(repeating: " ", count: max(1, width - name.count))
    prose(text, indent: indent, label: name + room, meaning)
  }

  /// Something to type: whole, so that it can be copied.
  mutating func command(_ command: String, indent: Int) {
    let rows =
      breaksCommands ? shellLines(command, columns: layout.width - indent - 2) : [command]
    for (index, row) in rows.enumerated() {
      var line = StyledLine(String(repeating: " ", count: indent + (index > 0 ? 2 : 0)))
      line.add(row, .command)
      lines.append(line.whole(layout))
    }
  }

  /// A numbered list.
  mutating func numbered(_ items: [String], indent: Int) {
    let digits = String(items.count).count
    for (index, item) in items.enumerated() {
      let number = String(index + 1)
      let padding = String(repeating: " ", count: digits - number.count)
      prose(item, indent: indent, label: "\(padding)\(number). ")
    }
  }

  /// A rule across the width with a title in it.
  mutating func rule(_ title: String, _ meaning: Palette.Meaning) {
    let dash = layout.sign("─", "-")
    var line = StyledLine("\(dash)\(dash) ", .faint)
    line.add(title, meaning)
    line.add(" ")
    line.add(String(repeating: dash, count: max(0, layout.width - line.width)), .faint)
    lines.append(line.fitted(layout))
  }
}
