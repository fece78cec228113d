import Reports
import RotationEngine
import RunStore
import Runs
import Synchronization

/// A run that this process carries out, as a live view.
final class RunView: Sendable {
  private struct Sight {
    var model: LiveModel
    var drawnAt: ContinuousClock.Instant?
    var isOpen = true
    /// What was said meanwhile, and is left on the terminal.
    var said: [String] = []
  }

  private let screen: LiveScreen
  private let isReal: Bool
  private let sight: Mutex<Sight>
  private let listening = Mutex<Task<Void, Never>?>(nil)

  init(
    _ archive: RunArchive, on terminal: Terminal, _ color: ColorChoice, _ commands: StateCommands
  ) {
    isReal = archive.record.contents.world.isReal
    screen = LiveScreen(on: terminal, color)
    let now = Environment.now()
    sight = Mutex(
      Sight(
        model: LiveModel(
          run: archive.id, state: archive.state, now: archive.time(now: now),
          surroundings: RunSurroundings(
            holder: RunSurroundings.Holder(name: "this command", renewedAt: now),
            commands: commands))))
    listening.withLock { $0 = Task { await listen() } }
  }

  /// Whether somebody looks at it; not any more once they have left it.
  var isOpen: Bool { sight.withLock(\.isOpen) }

  /// Takes note of an event that is durable.
  func take(_ event: RunEvent, _ state: RunState) {
    let isDue = sight.withLock { sight in
      sight.model.add(event)
      let now = ContinuousClock.now
      // A run in simulated time has thousands of events in a second; to keep the state of each would copy it.
      if !isReal, let drawnAt = sight.drawnAt, now - drawnAt < .milliseconds(200) { return false }
      sight.drawnAt = now
      (sight.model.state, sight.model.now) = (state, event.at)
      return true
    }
    if isDue { draw() }
  }

  /// Says something in the last line.
  func say(_ words: String) {
    let words = words.split(separator: "\n").joined(separator: " ")
    sight.withLock {
      $0.model.notice = words
      $0.said.append(words)
    }
    draw()
  }

  /// Ends the view; `state` is where the run stands then, where that is known.
  func end(_ state: RunState?) async {
    await leave(state)
    listening.withLock { $0?.cancel() }
  }

  private func leave(_ state: RunState?) async {
    let last = sight.withLock { sight -> (model: LiveModel, said: [String])? in
      guard sight.isOpen else { return nil }
      sight.isOpen = false
      if let state {
        sight.model.state = state
        sight.model.now = isReal ? Environment.now() : state.lastAt ?? sight.model.now
      }
      return (sight.model, sight.said)
    }
    guard let last else { return }
    await screen.close { last.model.lastFrame($0, height: $1 - 1) + last.said }
  }

  private func draw() {
    guard isOpen else { return }
    screen.show { layout, height in
      sight.withLock { $0.model.frame(layout, height: height) }
    }
  }

  private func listen() async {
    draw()
    for await input in screen.inputs {
      switch input {
      case .tick:
        if isReal { sight.withLock { $0.model.now = Environment.now() } }
      case .disturbed: screen.forget()
      case .ended: return
      case .keys(let keys):
        for key in keys {
          switch sight.withLock({ $0.model.take(key) }) {
          case .leave: return await leave(nil)
          case .redraw: screen.forget()
          case .save: sight.withLock { $0.model.notice = SavedFrame.save($0.model) }
          case nil: break
          }
        }
      }
      draw()
    }
  }
}
