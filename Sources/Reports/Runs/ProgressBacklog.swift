package import RotationEngine

/// What a run has to say and its reader has not taken yet: lines in their order, and the newest picture
/// under them.
///
/// The reader may stand still for as long as it likes: a picture takes the place of the one before, and of
/// the lines beyond a bound only the number is kept, which it is told when it reads on.
package struct ProgressBacklog: Sendable {
  /// What an event adds.
  package struct News: Sendable, Equatable {
    /// Lines that stay, without line ends.
    package var lines: [String]

    /// What is drawn under all lines in place of the picture before; nil where that one stays.
    package var picture: [String]?

    /// News.
    package init(lines: [String] = [], picture: [String]? = nil) {
      self.lines = lines
      self.picture = picture
    }
  }

  private let run: RunCommands
  private let color: Bool
  private let limit: Int
  private var lines = ""
  private var leftOut = 0
  private var picture: [String]?
  private var drawn: [String] = []

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

  /// Adds what is new.
  package mutating func add(_ news: News) {
    for line in news.lines {
      let isFull = !lines.isEmpty && lines.utf8.count + line.utf8.count >= limit
      if isFull || leftOut > 0 {
        leftOut += 1
      } else {
        lines += line + "\n"
      }
    }
    if let picture = news.picture { self.picture = picture }
  }

  /// All that is to be written now; nil where that is nothing. The reader counts as having it.
  package mutating func take() -> Printout? {
    guard !lines.isEmpty || picture != nil else { return nil }
    var shown = Printout.erasing(lines: drawn.count)
    var text = lines
    if leftOut > 0 {
      text +=
        "waltz: \(Wording.count(leftOut, "line")) left out here, because nothing read them. "
        + "`\(run.events)` prints every event.\n"
    }
    drawn = picture ?? drawn
    for line in drawn { text += line + "\n" }
    shown.append(Printout(report: text, color: color))
    (lines, leftOut, picture) = ("", 0, nil)
    return shown
  }
}
