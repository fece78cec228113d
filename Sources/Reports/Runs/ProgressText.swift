package import RotationEngine

/// A run while it goes, as text: a picture that is redrawn in place for a person at a terminal, lines for
/// a pipe.
package struct ProgressText: Sendable {
  /// A terminal at the moment of an event.
  package struct Screen: Sendable {
    /// How text is laid out on it.
    package let layout: TextLayout

    /// Its number of lines.
    package let height: Int

    /// Real time, from any point on.
    package let time: Duration

    /// A screen.
    package init(layout: TextLayout, height: Int, time: Duration) {
      self.layout = layout
      self.height = height
      self.time = time
    }
  }

  private let run: String
  private let commands: StateCommands
  private let lines: RunLine
  private var thinning = WaitThinning()
  private var drawnAt: Duration?

  /// The text of a run; `layout` is for its lines, and `commands` are those that reach it.
  package init(
    run: String, state: RunState, layout: TextLayout, commands: StateCommands = StateCommands()
  ) {
    self.run = run
    self.commands = commands
    lines = RunLine(run: run, state: state, layout: layout, commands: commands)
  }

  /// What is to be shown of an event that is durable; nil where it is no news.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - state: The state with it.
  ///   - screen: The terminal; nil for a pipe.
  /// - Returns: Lines, and for a terminal the picture under them.
  package mutating func news(
    of event: RunEvent, in state: RunState, on screen: Screen?
  ) -> ProgressBacklog.News? {
    let isNews = thinning.isNews(event, in: state)
    guard let screen else { return isNews ? .init(lines: lines.lines(of: event, in: state)) : nil }
    let above = isNews && Self.staysOnScreen(event) ? lines.lines(of: event, in: state) : []
    // At most a dozen pictures a second: a run in simulated time has thousands of events in one.
    if above.isEmpty, let drawnAt, screen.time - drawnAt < .milliseconds(80) { return nil }
    drawnAt = screen.time
    let view = LiveView(
      run: run, layout: screen.layout, maximumLines: screen.height - 2,
      surroundings: RunSurroundings(commands: commands))
    return .init(lines: above, picture: view.lines(state, now: event.at))
  }

  /// What a person may want to read later is printed above the picture.
  private static func staysOnScreen(_ event: RunEvent) -> Bool {
    switch event.kind {
    case .waitSampled, .stepStarted: false
    default: true
    }
  }
}
