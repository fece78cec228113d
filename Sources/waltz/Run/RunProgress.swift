import Reports
import RotationEngine
import Synchronization

/// Shows a run while it goes: a picture redrawn in place for a person at a terminal, lines in a pipe,
/// the events themselves as JSON Lines.
final class RunProgress: Sendable {
  private struct Drawing {
    var thinning = WaitThinning()
    var drawnLines = 0
    var drawnAt: ContinuousClock.Instant?
  }

  private let archive: RunArchive
  private let format: RunFormat
  private let color: ColorChoice
  private let lines: RunLine
  private let isLive: Bool
  /// Protects what is on the screen.
  private let drawing = Mutex(Drawing())

  init(_ archive: RunArchive, _ options: RunOptions) {
    self.archive = archive
    format = options.format
    color = options.color
    isLive = options.format == .text && Terminal.error.isInteractive
    lines = RunLine(
      run: archive.id, state: archive.state, layout: Terminal.error.layout(options.color))
  }

  /// Shows an event that is durable.
  func show(_ event: RunEvent, _ state: RunState) {
    if format == .json {
      return Terminal.output.write(archive.codec.encode(event).bytes + [0x0A])
    }
    drawing.withLock { drawing in
      if isLive {
        let news = drawing.thinning.isNews(event, in: state) && Self.staysOnScreen(event)
        redraw(&drawing, event, state, above: news ? lines.lines(of: event, in: state) : [])
      } else if drawing.thinning.isNews(event, in: state) {
        for line in lines.lines(of: event, in: state) { Terminal.error.write(line + "\n") }
      }
    }
  }

  /// Says how the stay ended: the result, on standard output.
  func end(_ state: RunState) {
    drawing.withLock { drawing in
      if isLive { Terminal.error.write(Self.erasing(drawing.drawnLines)) }
      drawing.drawnLines = 0
    }
    guard format == .text else { return }
    Terminal.output.write(
      RunSummary.text(
        run: archive.id, state: state, now: state.lastAt ?? Environment.now(),
        layout: Terminal.output.layout(color)))
  }

  /// What a person may want to read later is printed above the picture.
  private static func staysOnScreen(_ event: RunEvent) -> Bool {
    switch event.kind {
    case .waitSampled, .stepStarted: false
    default: true
    }
  }

  /// At most a dozen pictures a second: a run in simulated time has thousands of events in one.
  private func redraw(
    _ drawing: inout Drawing, _ event: RunEvent, _ state: RunState, above: [String]
  ) {
    let now = ContinuousClock.now
    if above.isEmpty, let last = drawing.drawnAt, now - last < .milliseconds(80) { return }
    let terminal = Terminal.error
    let view = LiveView(
      run: archive.id, layout: terminal.layout(color), maximumLines: terminal.height - 2)
    let picture = view.lines(state, now: event.at)
    var text = Self.erasing(drawing.drawnLines)
    for line in above + picture { text += line + "\n" }
    terminal.write(text)
    drawing.drawnLines = picture.count
    drawing.drawnAt = now
  }

  private static func erasing(_ lines: Int) -> String {
    lines > 0 ? "\u{1B}[\(lines)A\u{1B}[J" : ""
  }
}
