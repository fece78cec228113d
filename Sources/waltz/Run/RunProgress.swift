import Reports
import RotationEngine
import Runs
import Synchronization

/// Shows a run while it goes, and how the stay ended.
final class RunProgress: Sendable {
  private let archive: RunArchive
  private let format: DataFormat
  private let color: ColorChoice
  private let commands: StateCommands
  private let isLive: Bool
  private let start = ContinuousClock.now
  /// Protects what is on the screen.
  private let text: Mutex<ProgressText>

  init(
    _ archive: RunArchive, _ format: DataFormat, _ color: ColorChoice, _ commands: StateCommands
  ) {
    self.commands = commands
    self.archive = archive
    self.format = format
    self.color = color
    isLive = format == .text && Terminal.error.isInteractive
    text = Mutex(
      ProgressText(
        run: archive.id, state: archive.state, layout: Terminal.error.layout(color),
        commands: commands))
  }

  /// Shows an event that is durable.
  func show(_ event: RunEvent, _ state: RunState) {
    if format == .json {
      return Terminal.output.write(archive.codec.encode(event).bytes + [UInt8(ascii: "\n")])
    }
    let terminal = Terminal.error
    let screen =
      isLive
      ? ProgressText.Screen(
        layout: terminal.layout(color), height: terminal.height,
        time: start.duration(to: ContinuousClock.now)) : nil
    text.withLock { terminal.write($0.text(of: event, in: state, on: screen)) }
  }

  /// Says how the stay ended: the result, on standard output.
  func end(_ state: RunState) {
    if isLive { text.withLock { Terminal.error.write($0.erasure()) } }
    guard format == .text else { return }
    Terminal.output.write(
      RunSummary.text(
        run: archive.id, state: state, now: state.lastAt ?? Environment.now(),
        commands: commands, layout: Terminal.output.layout(color)))
  }
}
