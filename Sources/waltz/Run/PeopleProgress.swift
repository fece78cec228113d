import Reports
import RotationEngine
import Runs
import Synchronization

/// Shows people on standard error how a run goes, and waits for no reader but at its ``end(_:)``: as a picture where there
/// is a terminal for it, else in lines.
final class PeopleProgress: Sendable {
  private let view: RunView?
  private let text: Mutex<ProgressText>
  private let pump: Pump<ProgressBacklog>

  init(_ archive: RunArchive, _ color: ColorChoice, _ commands: StateCommands, isShown: Bool) {
    let layout = Terminal.error.layout(color)
    text = Mutex(
      ProgressText(
        run: archive.id, state: archive.state, layout: layout, commands: commands,
        wraps: Terminal.error.isTerminal))
    pump = Pump(
      to: .error, ProgressBacklog(commands.of(archive.id), color: layout.color)
    ) { backlog in backlog.change { $0.take() } }
    view =
      isShown && Terminal.error.takesPictures(color)
      ? RunView(archive, on: .error, color, commands) : nil
  }

  /// Shows an event that is durable.
  func show(_ event: RunEvent, _ state: RunState) {
    if let view, view.isOpen { return view.take(event, state) }
    guard let news = text.withLock({ $0.news(of: event, in: state) }) else { return }
    pump.add { $0.add(news) }
  }

  /// Shows a line.
  func say(_ line: String) {
    if let view, view.isOpen { return view.say(line) }
    pump.add { $0.add(line) }
  }

  /// Takes the picture away, and waits until the reader has everything; `state` is where the run stands then.
  func end(_ state: RunState? = nil) async {
    await view?.end(state)
    await pump.end()
  }
}
