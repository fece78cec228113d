import ArgumentParser
import Reports
import RotationEngine
import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// When a watch ends.
enum WatchEnd: String, ExpressibleByArgument, CaseIterable {
  /// With the run.
  case done

  /// As well where an operator is needed.
  case `operator`

  /// As well where a wait is past its deadline.
  case deadline

  /// The status to end with as a run stands; nil where the watch goes on.
  func status(of state: RunState, at now: Instant) -> ExitStatus? {
    switch state.status {
    case .succeeded: return ExitStatus(.succeeded, state)
    case .failed: return ExitStatus(.failed, state)
    case .aborted: return ExitStatus(.aborted, state)
    case .new, .running, .resting: break
    }
    switch self {
    case .done: return nil
    case .operator:
      if state.counts.inDoubt > 0 { return .inDoubt }
      return state.needsPerson(at: now) ? .waitingForOperator : nil
    case .deadline:
      let isOver = state.waits.keys.contains { state.attention(of: $0, at: now) == .pastDeadline }
      return isOver ? .waitingForOperator : nil
    }
  }
}

/// A run that another process carries out, followed by its journal.
struct WatchedRun {
  let desk: RunDesk
  let color: ColorChoice
  let commands: StateCommands
  let end: WatchEnd
  /// How often lines say where it stands.
  let every: Duration

  /// Follows it until it ends.
  func follow(_ watch: RunWatch, beginsWithStragglers: Bool) async throws {
    let status =
      Terminal.output.takesPictures(color)
      ? try await draw(watch, beginsWithStragglers) : try await append(watch)
    // Who named no end is told by what is shown.
    if let status, end != .done, status != .done { throw status }
  }

  private func now(_ watch: RunWatch) -> Instant {
    watch.sight.archive.time(now: Environment.now())
  }

  // MARK: Lines

  private func append(_ watch: RunWatch) async throws -> ExitStatus? {
    var watch = watch
    let layout = Terminal.output.layout(color)
    let id = watch.sight.archive.id
    var text = ProgressText(
      run: id, state: watch.sight.archive.state, layout: layout, commands: commands,
      wraps: Terminal.output.isTerminal)
    var saidAt: ContinuousClock.Instant?
    while true {
      let (state, clock) = (watch.sight.archive.state, ContinuousClock.now)
      let status = end.status(of: state, at: now(watch))
      if status != nil || saidAt.map({ clock - $0 >= every }) ?? true {
        saidAt = clock
        let line = LiveSummary.line(
          run: id, state: state, now: now(watch), surroundings: watch.sight.surroundings,
          layout: layout)
        Terminal.output.write(Printout(report: line + "\n", color: layout.color))
      }
      if let status { return status }
      try await Task.sleep(for: .seconds(1))
      var lines = ""
      try await watch.look { event, state in
        for line in text.news(of: event, in: state) ?? [] { lines += line + "\n" }
      }
      if !lines.isEmpty { Terminal.output.write(Printout(report: lines, color: layout.color)) }
    }
  }

  // MARK: Pictures

  private func draw(_ watch: RunWatch, _ beginsWithStragglers: Bool) async throws -> ExitStatus? {
    var watch = watch
    var model = LiveModel(
      run: watch.sight.archive.id, state: watch.sight.archive.state, now: now(watch),
      surroundings: watch.sight.surroundings,
      events: try await watch.lastEvents(LiveModel.eventCount))
    if beginsWithStragglers { _ = model.take(.character("s")) }
    var askedAt: ContinuousClock.Instant?
    let screen = LiveScreen(on: .output, color, endedBy: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
    var status: ExitStatus?
    var isDueAt = ContinuousClock.now
    do {
      screen.show { model.frame($0, height: $1) }
      watching: for await input in screen.inputs {
        var spent = Duration.zero
        switch input {
        case .tick:
          let began = ContinuousClock.now
          guard began >= isDueAt else { continue }
          try await watch.look { event, _ in model.add(event) }
          update(&model, watch)
          status = end.status(of: model.state, at: model.now)
          spent = ContinuousClock.now - began
        case .disturbed: screen.forget()
        case .ended(let number):
          await screen.close { model.lastFrame($0, height: $1 - 1) }
          exit(128 + number)
        case .keys(let keys):
          for key in keys {
            switch model.take(key) {
            case .leave: break watching
            case .redraw: screen.forget()
            case .save: model.notice = SavedFrame.save(model)
            case nil: break
            }
          }
        }
        if status != nil { break }
        // Real servers are asked for the names, and answer few requests a minute.
        if model.wantsStragglers,
          askedAt.map({ ContinuousClock.now - $0 >= .seconds(60) }) ?? true
        {
          askedAt = .now
          do {
            model.stragglers = try await desk.stragglers(of: watch.sight.archive)
          } catch {
            model.notice = CommandError(error).message
          }
        }
        let began = ContinuousClock.now
        screen.show { model.frame($0, height: $1) }
        // While nothing happens, to look and to show take at most a hundredth of the time.
        isDueAt = began + (spent + (ContinuousClock.now - began)) * 100
      }
    } catch {
      await screen.close { model.lastFrame($0, height: $1 - 1) }
      throw error
    }
    await screen.close { model.lastFrame($0, height: $1 - 1) }
    return status
  }

  private func update(_ model: inout LiveModel, _ watch: RunWatch) {
    model.state = watch.sight.archive.state
    model.surroundings = watch.sight.surroundings
    model.now = now(watch)
  }
}
