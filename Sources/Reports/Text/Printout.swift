import CanonicalJSON
import PlanText

/// What may be written to a terminal, a pipe or the log of a job: the only thing that the command line prints.
///
/// A plan, a note, a file's name or a record of the state file may hold anything, and nothing of it may forge
/// what Waltz says. There are two layers. A field is made visible where it enters a line, so that it cannot end
/// that line: an interpolated string is, and so is what goes into a ``StyledLine``. And whatever was laid out
/// passes here, where nothing is left but lines of text and the colours that Waltz itself uses.
package struct Printout: Sendable, Equatable {
  /// What is written.
  package private(set) var bytes: [UInt8]

  /// What is written, as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether there is nothing to write.
  package var isEmpty: Bool { bytes.isEmpty }

  /// Lines that were laid out for people. Tabs and the line ends of Windows stay, for the sake of diffs.
  ///
  /// - Parameters:
  ///   - report: The lines.
  ///   - color: Whether Waltz's own colours are in them; any other control is drawn.
  package init(report: String, color: Bool = false) {
    bytes = []
    var report = report
    report.withUTF8 { utf8 in
      bytes.reserveCapacity(utf8.count)
      var rest = utf8[...]
      while !rest.isEmpty {
        let end = rest.firstIndex(of: "\n") ?? rest.endIndex
        appendLine(rest[..<end], color: color, isEnded: end < rest.endIndex)
        if end < rest.endIndex { bytes.append("\n") }
        rest = rest[end...].dropFirst()
      }
    }
  }

  /// JSON for programs, with the same values and nothing in it that does not show; it ends with a line feed.
  package init(json: [UInt8]) {
    bytes = []
    bytes.reserveCapacity(json.count + 1)
    for line in json.split(separator: "\n") { append(jsonSlice: line) }
  }

  /// JSON for programs, with the same values and nothing in it that does not show.
  package init(json: String) {
    self.init(json: Array(json.utf8))
  }

  /// A record as a line of JSON, whatever its bytes are.
  package init(jsonLine line: [UInt8]) {
    bytes = []
    append(jsonLine: line)
  }

  /// A document of the user's own, byte for byte, where standard output takes the place of its file.
  package init(document bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Findings as commands to GitHub's runner: the lines that begin with one of Waltz's own.
  init(runnerCommands lines: String) {
    bytes = []
    for line in lines.split(separator: "\n") {
      let levels = ["::error ", "::warning ", "::notice "]
      let level = levels.first { line.hasPrefix($0) } ?? ""
      bytes += Array(level.utf8)
      bytes += Printout(report: line.dropFirst(level.count) + "\n").bytes
    }
  }

  private init(own bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Adds a record as a line of JSON, whatever its bytes are.
  package mutating func append(jsonLine line: [UInt8]) {
    append(jsonSlice: line[...])
  }

  private mutating func append(jsonSlice line: ArraySlice<UInt8>) {
    VisibleJSON.append(line, to: &bytes)
    bytes.append("\n")
  }

  /// Adds what follows.
  package mutating func append(_ other: Printout) {
    bytes += other.bytes
  }

  /// What a terminal is told before the first frame: another screen, without a cursor.
  static let enteringScreen = Printout(own: Array("\u{1B}[?1049h\u{1B}[?25l".utf8))

  /// What a terminal is told to be as it was before.
  package static let leavingScreen = Printout(
    own: Array("\u{1B}[?2026l\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l".utf8))

  /// What holds a terminal's picture until the frame is whole, where it knows how to.
  static let beginningFrame = Printout(own: Array("\u{1B}[?2026h".utf8))

  /// What lets the picture be seen.
  static let endingFrame = Printout(own: Array("\u{1B}[?2026l".utf8))

  /// What leads to an empty line of a terminal; they count from 1.
  static func beginning(ofRow row: Int) -> Printout {
    Printout(own: Array("\u{1B}[\(row);1H\u{1B}[2K".utf8))
  }

  /// What clears a terminal.
  package static let cleared = Printout(own: Array("\u{1B}[H\u{1B}[2J".utf8))

  private mutating func appendLine(
    _ line: Slice<UnsafeBufferPointer<UInt8>>, color: Bool, isEnded: Bool
  ) {
    guard !Self.isPlain(line) else { return bytes.append(contentsOf: line) }
    var text = String(decoding: line, as: UTF8.self)
    let isOfWindows = isEnded && text.unicodeScalars.last == "\r"
    if isOfWindows { text.unicodeScalars.removeLast() }
    var shown = ""
    for piece in Palette.pieces(of: text, color: color) {
      shown += piece.isStyle ? piece.text : visibleBesideTabs(piece.text)
    }
    bytes += Array((withoutCommand(shown) + (isOfWindows ? "\r" : "")).utf8)
  }

  /// Whether the line is printable ASCII without anything that a runner might take for a command.
  private static func isPlain(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var before: UInt8 = 0
    var isStart = true
    for byte in line {
      if byte < 0x20 || byte >= 0x7F || byte == "#" && before == "#" { return false }
      if isStart, byte == ":" { return false }
      isStart = isStart && byte == " "
      before = byte
    }
    return true
  }
}

/// The text made visible, but for its tabs.
func visibleBesideTabs(_ text: String) -> String {
  text.split(separator: "\t", omittingEmptySubsequences: false)
    .map { visible(String($0), unicode: false) }.joined(separator: "\t")
}

extension Printout: ExpressibleByStringInterpolation {
  /// Words of Waltz's own.
  package init(stringLiteral words: String) {
    self.init(report: words)
  }

  /// Words of Waltz's own with strings in them that come from elsewhere.
  package init(stringInterpolation words: StringInterpolation) {
    self.init(report: words.text)
  }

  /// Puts strings among Waltz's own words: each is made visible and cannot end its line.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity)
    }

    package mutating func appendLiteral(_ words: String) { text += words }

    package mutating func appendInterpolation(_ number: Int) { text += String(number) }

    package mutating func appendInterpolation(_ foreign: String, unicode: Bool = false) {
      text += visible(foreign, unicode: unicode)
    }
  }
}
