package import RotationEngine

/// A run while it goes, as lines: for a pipe, for a terminal that draws nothing, and for who listens to them.
package struct ProgressText: Sendable {
  private let lines: RunLine
  private var thinning = WaitThinning()

  /// The text of a run; `layout` is for its lines, which go on in the next where they are wrapped, and `commands` are those
  /// that reach it.
  package init(
    run: String, state: RunState, layout: TextLayout, commands: StateCommands = StateCommands(),
    wraps: Bool
  ) {
    lines = RunLine(run: run, state: state, layout: layout, commands: commands, wraps: wraps)
  }

  /// What is to be shown of an event that is durable.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - state: The state with it.
  /// - Returns: Lines without line ends; nil where it is no news.
  package mutating func news(of event: RunEvent, in state: RunState) -> [String]? {
    thinning.isNews(event, in: state) ? lines.lines(of: event, in: state) : nil
  }
}
