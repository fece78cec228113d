import ConsoleGuide
package import PlanModel
package import RotationEngine
package import RotationGraph

extension SimulatedDriver {
  package func instructions(for request: StepRequest) -> [String] {
    let step = request.graph.steps[request.step]
    return ConsoleInstructions(
      request.graph, in: language, folder: folder,
      record: withEstate { $0.record(for: step.target, brokenAt: request.startedAt) }
    ).lines(for: step)
  }

  package func attend(_ request: StepRequest) async -> Attendance {
    guard !scenario.operator.isAbsent else { return .absent }
    let id = request.graph.id(of: request.step)
    let step = request.graph.steps[request.step]
    // A gate that was approved in vain is asked again: the second answer counts from the first.
    let clicks = withEstate { $0.clicks[id] }
    let asked = clicks.map { Instant(milliseconds: $0.at) } ?? request.startedAt
    let key = Int(truncatingIfNeeded: Chance.number(of: id))
    let bits = chance.bits(.attendance, key, request.attempt * 1_000 + (clicks?.count ?? 0))
    await clock.sleep(
      until: scenario.operator.answer(to: max(asked, request.startedAt), bits: bits),
      rank: request.step)
    guard !Task.isCancelled else { return .absent }
    let word = OperatorWord(by: "operator (simulated)", note: nil)
    // The executor may have died between the click and its record: what is done is not done again.
    let finding = withEstate { $0.finding(step.action, on: step.target, since: request.startedAt) }
    if case .done = finding { return .approved(word) }
    do {
      let isInVain = clicks == nil && isClickedInVain(request)
      if case .failed(let failure) = try commit(request, wasDone: !isInVain), !failure.isRetryable {
        return .rejected(OperatorWord(by: word.by, note: failure.message))
      }
      return .approved(word)
    } catch {
      // Nobody refused anything: the gate stays open for the next executor, which finds ``trouble`` gone.
      return .absent
    }
  }

  /// Nobody is simulated at the console, so who approved a gate from outside did there what it asks: the
  /// simulated estate has no console at which a person could do it.
  func doneByHand(_ request: StepRequest) -> Finding {
    let id = request.graph.id(of: request.step)
    let step = request.graph.steps[request.step]
    let isInVain = withEstate { $0.clicks[id] } == nil && isClickedInVain(request)
    do {
      if case .failed(let failure) = try commit(request, wasDone: !isInVain) {
        return .notDone(failure.message)
      }
      return withEstate { $0.finding(step.action, on: step.target, since: request.startedAt) }
    } catch {
      return .notDone("\(error)")
    }
  }

  private func isClickedInVain(_ request: StepRequest) -> Bool {
    guard let fault = scenario.faults.gateNotDone else { return false }
    return request.isStep(fault.action, of: fault.site)
  }
}

extension StepRequest {
  /// Whether it is about the action, at the site where one is given.
  func isStep(_ action: Action, of site: String?) -> Bool {
    graph.isStep(step, action, of: site)
  }
}

extension StepGraph {
  /// Whether a step is about the action, at the site where one is given.
  package func isStep(_ step: Int, _ action: Action, of site: String?) -> Bool {
    guard steps[step].action == action else { return false }
    guard let site else { return true }
    let name = name(of: steps[step].target)
    return name == site || name.hasPrefix(site + "/")
  }
}

extension Scenario.OperatorHabits {
  /// When a person who was asked at `asked` has done it: after a delay that counts office hours only.
  package func answer(to asked: Instant, bits: UInt64) -> Instant {
    let shortest = quickest.milliseconds
    var left = shortest + Chance.scaled(bits, below: slowest.milliseconds - shortest + 1)
    var time = asked.milliseconds
    let from = opens.milliseconds
    let to = closes.milliseconds
    guard from < to else { return Instant(milliseconds: time + left) }
    while true {
      let day = floorDivide(time, PresenceModel.dayLength)
      let weekday = (Int(day) + 3) % 7
      let midnight = day * PresenceModel.dayLength
      if weekday < 5, time < midnight + to {
        let begin = max(time, midnight + from)
        if begin + left <= midnight + to { return Instant(milliseconds: begin + left) }
        left -= midnight + to - begin
      }
      time = midnight + PresenceModel.dayLength
    }
  }
}
