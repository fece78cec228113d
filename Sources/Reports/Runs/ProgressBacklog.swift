package import RotationEngine

/// What a run has to say and its reader has not taken yet, in lines.
///
/// The reader may stand still for as long as it likes: of the lines beyond a bound only the number is kept, which it is
/// told when it reads on.
package struct ProgressBacklog: Sendable {
  private let run: RunCommands
  private let color: Bool
  private let limit: Int
  private var lines = ""
  private var leftOut = 0

  /// A backlog with nothing in it.
  ///
  /// - Parameters:
  ///   - run: The commands that say what was left out.
  ///   - color: Whether Waltz's own colours are in the lines.
  ///   - limit: How many bytes of lines wait for the reader.
  package init(_ run: RunCommands, color: Bool = false, limit: Int = 1 << 16) {
    self.run = run
    self.color = color
    self.limit = limit
  }

  /// Adds a line, without a line end.
  package mutating func add(_ line: String) {
    let isFull = !lines.isEmpty && lines.utf8.count + line.utf8.count >= limit
    if isFull || leftOut > 0 {
      leftOut += 1
    } else {
      lines += line + "\n"
    }
  }

  /// Adds lines.
  package mutating func add(_ lines: [String]) {
    for line in lines { add(line) }
  }

  /// All that is to be written now; nil where that is nothing. The reader counts as having it.
  package mutating func take() -> Printout? {
    guard !lines.isEmpty else { return nil }
    var text = lines
    if leftOut > 0 {
      text +=
        "waltz: \(Wording.count(leftOut, "line")) left out here, because nothing read them. "
        + "`\(run.events)` prints every event.\n"
    }
    (lines, leftOut) = ("", 0)
    return Printout(report: text, color: color)
  }
}
