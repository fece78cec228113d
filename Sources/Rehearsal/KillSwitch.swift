import Estate
import Lab
import PlanModel
import Reports
import RotationEngine
import RotationGraph
import Synchronization

/// Kills executors where the plan of kills says: it hears of each operation of the lab while it happens, and of each event.
final class KillSwitch: Sendable {
  private struct Held: Sendable {
    var effects: EffectTable?
    var points: Set<KillPlan.Point> = []
    var done: [Int: Int] = [:]
    var executor: ExecutorProcess?
    var met: [KillPlan.Point] = []

    /// Kills the executor where this place is still to be met.
    @discardableResult
    mutating func meet(_ point: KillPlan.Point) -> Bool {
      guard let executor, points.remove(point) != nil else { return false }
      executor.kill()
      self.executor = nil
      met.append(point)
      return true
    }
  }

  // Protects all of it: operations come from the tasks of the lab.
  private let held = Mutex(Held())

  /// Takes up a plan.
  func arm(_ plan: KillPlan, _ effects: EffectTable) {
    held.withLock { held in
      held.effects = effects
      held.points = plan.points
    }
  }

  /// Says whom to kill.
  func watch(_ executor: ExecutorProcess) { held.withLock { $0.executor = executor } }

  /// The places at which an executor was killed since the last call.
  func takeMet() -> [KillPlan.Point] {
    held.withLock { held in
      defer { held.met = [] }
      return held.met
    }
  }

  /// The places that were never met.
  var left: Set<KillPlan.Point> { held.withLock { $0.points } }

  /// What the lab tells.
  var witness: LabWitness {
    LabWitness(
      before: { [self] operation, author in
        // What a killed executor had begun is not done: its world stands still where the kill is before the effect.
        !meet(operation, author) { _, _ in .beforeEffect }
      },
      after: { [self] operation, author in
        _ = meet(operation, author, isDone: true) { done, count in
          done == count ? .afterEffect : done == 1 ? .amidEffect : nil
        }
      })
  }

  /// Hears of an event that is durable.
  func hear(_ event: RunEvent) {
    held.withLock { held in
      switch event.kind {
      case .stepStarted(let step, _): held.meet(KillPlan.Point(step: step, moment: .begun))
      case .stepSucceeded(let step, _, _): held.meet(KillPlan.Point(step: step, moment: .ended))
      default: break
      }
    }
  }

  private func meet(
    _ operation: EstateOperation, _ author: String, isDone: Bool = false,
    _ moment: (_ done: Int, _ count: Int) -> RehearsalReport.Moment?
  ) -> Bool {
    guard author != RehearsingOperator.author else { return false }
    return held.withLock { held in
      guard let effects = held.effects, let step = effects.step(of: operation) else { return false }
      if isDone { held.done[step, default: 0] += 1 }
      guard let moment = moment(held.done[step] ?? 0, effects.operationCount(of: step)) else {
        return false
      }
      return held.meet(KillPlan.Point(step: step, moment: moment))
    }
  }
}
