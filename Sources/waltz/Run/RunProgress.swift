import Reports
import RotationEngine
import Runs

/// Shows a run while it goes: for people on standard error, for programs on standard output. Nothing waits
/// for a reader but ``end()``.
final class RunProgress: Sendable {
  private let codec: EventCodec
  private let format: DataFormat
  private let people: PeopleProgress
  private let programs: Pump<EventBacklog>

  init(_ stay: RunStay, _ format: DataFormat, _ color: ColorChoice, _ commands: StateCommands) {
    let archive = stay.archive
    codec = archive.codec
    self.format = format
    people = PeopleProgress(archive, color, commands, isShown: format == .text)
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
      programs.add { $0.add(event.sequence) { codec.encode(event).bytes } }
    } else {
      people.show(event, state)
    }
  }

  /// Shows a line for people.
  func say(_ line: String) { people.say(line) }

  /// Waits until the readers have everything; `state` is where the run stands, where that is known.
  func end(_ state: RunState? = nil) async {
    await people.end(state)
    await programs.end()
  }
}
