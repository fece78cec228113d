import Reports
import RotationEngine
import Runs
import Synchronization

/// Shows a run while it goes: for people on standard error, for programs on standard output. Nothing waits
/// for a reader but ``end()``.
final class RunProgress: Sendable {
  private let codec: EventCodec
  private let format: DataFormat
  private let color: ColorChoice
  private let isLive: Bool
  private let start = ContinuousClock.now
  private let text: Mutex<ProgressText>
  private let people: Pump<ProgressBacklog>
  private let programs: Pump<EventBacklog>

  init(_ stay: RunStay, _ format: DataFormat, _ color: ColorChoice, _ commands: StateCommands) {
    let archive = stay.archive
    codec = archive.codec
    self.format = format
    self.color = color
    isLive = format == .text && Terminal.error.isInteractive
    text = Mutex(
      ProgressText(
        run: archive.id, state: archive.state, layout: Terminal.error.layout(color),
        commands: commands))
    let backlog = ProgressBacklog(
      commands.of(archive.id), color: Terminal.error.layout(color).color)
    people = Pump(to: .error, backlog) { backlog in backlog.change { $0.take() } }
    programs = Pump(to: .output, EventBacklog(after: archive.state.lastSequence)) { backlog in
      switch backlog.change({ $0.take() }) {
      case .lines(let lines): return lines
      case .stored(let sequences):
        do {
          let events = try await stay.events(sequences)
          backlog.change { $0.passOver(through: events.last?.sequence ?? sequences.upperBound) }
          return events.reduce(into: "") { $0.append(jsonLine: $1.bytes) }
        } catch {
          backlog.change { $0.passOver(through: sequences.upperBound) }
          Terminal.outputFailed(CommandError(error))
          return nil
        }
      case nil: return nil
      }
    }
  }

  /// Shows an event that is durable.
  func show(_ event: RunEvent, _ state: RunState) {
    if format == .json {
      return programs.add { $0.add(event.sequence) { codec.encode(event).bytes } }
    }
    let terminal = Terminal.error
    let screen =
      isLive
      ? ProgressText.Screen(
        layout: terminal.layout(color), height: terminal.height,
        time: start.duration(to: ContinuousClock.now)) : nil
    guard let news = text.withLock({ $0.news(of: event, in: state, on: screen) }) else { return }
    people.add { $0.add(news) }
  }

  /// Shows a line for people.
  func say(_ line: String) {
    people.add { $0.add(.init(lines: [line])) }
  }

  /// Takes the picture away, and waits until the readers have everything.
  func end() async {
    people.add { $0.add(.init(picture: [])) }
    await people.end()
    await programs.end()
  }
}
