import Foundation
import PlanModel
import TestSupport
import Testing

@testable import Reports

@Suite("A live view on its terminal")
struct ScreenTests {
  @Test("What the terminal shows is the newest frame, whatever was drawn before", arguments: 0..<30)
  func frames(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var backlog = ScreenBacklog(color: false)
    var terminal = Grid(columns: 20, rows: 6)
    for _ in 0..<40 {
      if random.chance(20) {
        terminal.resize(
          columns: Int.random(in: 5...30, using: &random),
          rows: Int.random(in: 2...9, using: &random))
        backlog.forget()
      }
      if random.chance(10) { backlog.forget() }
      let lines = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        String(
          repeating: random.pick(["a", "b", ""]),
          count: Int.random(in: 0...terminal.columns, using: &random))
      }
      backlog.show(lines, columns: terminal.columns, rows: terminal.rows)
      // A reader that stands still misses frames.
      if random.chance(30) { continue }
      if let printout = backlog.take() { terminal.write(printout.text) }
      #expect(backlog.take() == nil)
      #expect(terminal.lines == lines.prefix(terminal.rows).map { $0 } + terminal.blank(lines))
      #expect(terminal.isOther && !terminal.hasCursor)
    }
    backlog.close(leaving: ["last"])
    terminal.write(backlog.take()?.text ?? "")
    #expect(!terminal.isOther && terminal.hasCursor && terminal.after == "last\n")
    backlog.show(["late"], columns: terminal.columns, rows: terminal.rows)
    #expect(backlog.take() == nil)
  }

  @Test("Of a frame only the lines are written that changed")
  func difference() {
    var backlog = ScreenBacklog(color: false)
    backlog.show(["one", "two", "three"], columns: 10, rows: 5)
    _ = backlog.take()
    backlog.show(["one", "2", "three"], columns: 10, rows: 5)
    #expect(
      backlog.take()?.text == "\u{1B}[?2026h\u{1B}[2;1H\u{1B}[2K2\u{1B}[?2026l")
    backlog.show(["one", "2", "three"], columns: 10, rows: 5)
    #expect(backlog.take() == nil)
  }

  @Test("After a suspension the other screen is entered again")
  func suspension() {
    var backlog = ScreenBacklog(color: false)
    backlog.show(["one"], columns: 10, rows: 5)
    #expect(backlog.take()?.text.hasPrefix("\u{1B}[?1049h") == true)
    backlog.suspend()
    #expect(backlog.take()?.text.hasPrefix("\u{1B}[?1049h") == true)
  }

  @Test("Keys are read from what terminals send")
  func keys() {
    #expect(LiveKey.keys(in: Array("jk".utf8)) == [.character("j"), .character("k")])
    #expect(
      LiveKey.keys(in: Array("\u{1B}[A\u{1B}OB\u{1B}[5~\u{1B}[6~".utf8)) == [
        .up, .down, .pageUp, .pageDown,
      ])
    #expect(LiveKey.keys(in: [0x1B]) == [.back])
    #expect(LiveKey.keys(in: [0x0D, 0x7F, 0x13, 0x0C]) == [.enter, .erase, .save, .redraw])
    #expect(LiveKey.keys(in: Array("\u{1B}[1;5Aq\u{1B}[200~".utf8)) == [.character("q")])
    for bytes: [UInt8] in [[0x1B, 0x5B], [0xFF], [], [0x1B, 0x1B]] { _ = LiveKey.keys(in: bytes) }
  }
}

/// As much of a terminal as a live view uses.
private struct Grid {
  private(set) var columns: Int
  private(set) var rows: Int
  private(set) var isOther = false
  private(set) var hasCursor = true
  /// What was written to the normal screen.
  private(set) var after = ""
  private var cells: [[Character]] = []
  private var row = 0
  private var column = 0

  init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    cells = Array(repeating: [], count: rows)
  }

  var lines: [String] { cells.map { String($0) } }

  func blank(_ lines: [String]) -> [String] {
    Array(repeating: "", count: max(rows - lines.count, 0))
  }

  /// A terminal that grows or shrinks keeps what it likes.
  mutating func resize(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    cells = Array(repeating: Array("rubbish"), count: rows)
  }

  mutating func write(_ text: String) {
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "\u{1B}" else {
        put(character)
        continue
      }
      let body = rest.dropFirst().prefix { !$0.isLetter }
      rest = rest.dropFirst(1 + body.count)
      obey(String(body) + String(rest.removeFirst()))
    }
  }

  private mutating func put(_ character: Character) {
    guard isOther else {
      after.append(character)
      return
    }
    cells[row] += Array(repeating: " ", count: max(column - cells[row].count, 0))
    if column < cells[row].count {
      cells[row][column] = character
    } else {
      cells[row].append(character)
    }
    column += 1
    #expect(column <= columns, "a line is wider than the terminal")
  }

  private mutating func obey(_ sequence: String) {
    switch sequence {
    case "?1049h": isOther = true
    case "?1049l": isOther = false
    case "?25l": hasCursor = false
    case "?25h": hasCursor = true
    case "?2026h", "?2026l", "0m": break
    case "H": (row, column) = (0, 0)
    case "2J": cells = Array(repeating: [], count: rows)
    case "2K": cells[row] = []
    case let move where move.hasSuffix(";1H"):
      (row, column) = ((Int(move.dropLast(3)) ?? 0) - 1, 0)
      #expect(row < rows, "a line is below the terminal")
    default: Issue.record("\(sequence) is not known")
    }
  }
}
