import PlanModel
import RotationGraph

/// Why the line is stopped: contacts fell after a change of certificates (`docs/PROCEDURE.md`, "Stopping the line").
package struct LineStop: Sendable, Equatable {
  /// The step whose count of clients showed it: a wait, or a certificate update.
  package let step: Int

  /// When it was seen.
  package let at: Instant

  /// What is missing.
  package let fall: ContactFall
}

extension RunState {
  /// Whether nothing more is opened.
  package var isLineStopped: Bool { !lineStops.isEmpty }

  /// Whether a step could begin but for the stopped line. What opens nothing goes on: waits, proofs, and everything that
  /// closes.
  package func isHeldByLine(_ step: Int) -> Bool {
    guard isLineStopped, graph.steps[step].action.beginsExposure else { return false }
    switch steps[step].phase {
    case .pending: return isReady(step)
    case .retrying: return true
    default: return false
    }
  }

  /// The steps that could begin but for the stopped line, in order.
  package var stepsHeldByLine: [Int] {
    isLineStopped ? steps.indices.filter { isHeldByLine($0) } : []
  }

  /// Whether a fall is said already, or was released: that of a whole site stands for those of its groups.
  func isKnown(_ fall: ContactFall, of site: Int?) -> Bool {
    (lineStops + releasedStops).contains {
      graph.site(of: $0.step) == site && ($0.fall.group == nil || $0.fall.group == fall.group)
    }
  }

  mutating func stopLine(_ stop: LineStop) { lineStops.append(stop) }

  mutating func releaseLine() {
    releasedStops += lineStops
    lineStops = []
  }

  /// What was accepted of one change says nothing of the next.
  mutating func forgetReleases(after step: Int) {
    guard !releasedStops.isEmpty, graph.steps[step].action.changesCertificate else { return }
    let site = graph.site(of: step)
    releasedStops.removeAll { graph.site(of: $0.step) == site }
  }
}

extension Scheduler {
  /// Stops the line where a count shows that contacts fell.
  mutating func stopLine(at step: Int, for sample: WaitSample) {
    guard case .counted(let count) = sample, let fall = count.fall,
      !state.isKnown(fall, of: state.graph.site(of: step))
    else { return }
    emit(.lineStopped(step: step, fall: fall))
  }

  /// Lets what the line held begin.
  mutating func releaseLine(_ word: OperatorWord) {
    let held = state.stepsHeldByLine
    emit(.lineReleased(word))
    for step in held where work[step] == nil {
      if case .retrying(let at) = state.steps[step].phase {
        timers.set(step, at: at)
      } else {
        queue.insert(step)
      }
    }
  }
}
