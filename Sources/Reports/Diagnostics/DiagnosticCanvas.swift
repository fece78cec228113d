internal import PlanText

/// The outline of a rendered diagnostic: gutter, colours, widths.
struct DiagnosticCanvas {
  enum Style {
    case error, warning, note, title, frame, help

    init(_ severity: Severity) {
      switch severity {
      case .error: self = .error
      case .warning: self = .warning
      case .note: self = .note
      }
    }

    fileprivate var code: String {
      switch self {
      case .error: "1;31"
      case .warning: "1;33"
      case .note: "1;32"
      case .title: "1"
      case .frame: "1;34"
      case .help: "1;36"
      }
    }
  }

  let options: DiagnosticText.Options
  private var gutter = 1

  init(_ options: DiagnosticText.Options) {
    self.options = options
  }

  func with(gutter: Int) -> DiagnosticCanvas {
    var copy = self
    copy.gutter = gutter
    return copy
  }

  /// The columns right of the gutter.
  var contentWidth: Int { max(options.width, 40) - gutter - 3 }

  var ellipsis: String { options.unicode ? "…" : "..." }

  func paint(_ text: String, _ style: Style) -> String {
    options.color && !text.isEmpty ? "\u{1B}[\(style.code)m\(text)\u{1B}[0m" : text
  }

  func location(_ text: String, isFirst: Bool) -> String {
    let arrow = isFirst ? "-->" : ":::"
    return String(repeating: " ", count: gutter) + paint(arrow, .frame)
      + " " + visible(text, unicode: options.unicode)
  }

  var emptyGutter: String { paint(String(repeating: " ", count: gutter) + " |", .frame) }

  /// What stands for lines that are not shown.
  var elision: String { paint("...", .frame) }

  /// A line of the source with its number.
  func source(_ number: Int, _ content: String) -> String {
    let number = String(number)
    let padding = String(repeating: " ", count: max(0, gutter - number.count))
    let frame = paint("\(padding)\(number) |", .frame)
    return content.isEmpty ? frame : frame + " " + content
  }

  /// A line of marks under the source.
  func marks(_ content: String) -> String { emptyGutter + " " + content }

  /// A sentence after the snippet.
  func note(_ label: String, _ text: String) -> [String] {
    let head = String(repeating: " ", count: gutter) + " "
    let hanging = gutter + 5 + label.count
    let lines = wrap(
      visible(text, unicode: options.unicode), to: max(options.width, 40) - hanging)
    let style: Style = label == "help" ? .help : .title
    return lines.enumerated().map { index, line in
      index == 0
        ? head + paint("=", .frame) + " " + paint("\(label):", style) + " " + line
        : withoutCommand(String(repeating: " ", count: hanging) + line)
    }
  }
}

/// The words of a text on lines of at most `width` columns; a word that is longer stands alone.
func wrap(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  var columns = 0
  for word in text.split(separator: " ", omittingEmptySubsequences: true) {
    let size = textWidth(word)
    if !line.isEmpty, columns + 1 + size > width {
      lines.append(line)
      line = ""
      columns = 0
    }
    if !line.isEmpty {
      line += " "
      columns += 1
    }
    line += word
    columns += size
  }
  if !line.isEmpty || lines.isEmpty { lines.append(line) }
  return lines
}

/// The columns that a text takes.
func textWidth(_ text: some StringProtocol) -> Int {
  text.reduce(0) { $0 + displayWidth(of: $1) }
}
