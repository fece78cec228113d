import Reports
import RotationEngine
import Runs
import Synchronization

/// Shows people on standard error how a run goes, and waits for no reader but at its ``end()``.
final class PeopleProgress: Sendable {
  private let color: ColorChoice
  private let isLive = Terminal.error.isInteractive
  private let start = ContinuousClock.now
  private let text: Mutex<ProgressText>
  private let pump: Pump<ProgressBacklog>

  init(_ archive: RunArchive, _ color: ColorChoice, _ commands: StateCommands) {
    self.color = color
    let layout = Terminal.error.layout(color)
    text = Mutex(
      ProgressText(run: archive.id, state: archive.state, layout: layout, commands: commands))
    pump = Pump(
      to: .error, ProgressBacklog(commands.of(archive.id), color: layout.color)
    ) { backlog in backlog.change { $0.take() } }
  }

  /// Shows an event that is durable.
  func show(_ event: RunEvent, _ state: RunState) {
    let terminal = Terminal.error
    let screen =
      isLive
      ? ProgressText.Screen(
        layout: terminal.layout(color), height: terminal.height,
        time: start.duration(to: ContinuousClock.now)) : nil
    guard let news = text.withLock({ $0.news(of: event, in: state, on: screen) }) else { return }
    pump.add { $0.add(news) }
  }

  /// Shows a line.
  func say(_ line: String) {
    pump.add { $0.add(.init(lines: [line])) }
  }

  /// Takes the picture away, and waits until the reader has everything.
  func end() async {
    pump.add { $0.add(.init(picture: [])) }
    await pump.end()
  }
}
