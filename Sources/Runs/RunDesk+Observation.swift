package import Drivers
package import PlanModel
package import RotationEngine
import RunStore

/// What looks at the sites of a plan before there is a run, and the time there.
package struct Observation: Sendable {
  /// Looks at the sites.
  package let observer: SiteObserver

  /// The time of the sites: a lab's own for those of a lab.
  package let clock: any RunClock
}

extension RunDesk {
  /// Opens what looks at the sites of a plan; what it sees is kept in the state directory, for a run that comes later.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - path: Where the plan was read from, absolute.
  ///   - admitted: Folders in which files of the plan may be as well, absolute.
  ///   - lab: The folder of the lab that has the sites, absolute; nil for real ones.
  ///   - limit: How many clients that a wait would leave behind are named of each site.
  /// - Returns: The observer, which has asked nothing yet
  /// - Throws: ``RunError`` of kind `noWorld`
  package func observation(
    of plan: RotationPlan, at path: String, admitting admitted: [String], lab: String?,
    naming limit: Int
  ) async throws(RunError) -> Observation {
    let clock: any RunClock
    let surroundings: RealSurroundings
    if let lab {
      guard let labs else { throw Self.unreachable("the lab in \(lab)") }
      let time = try await labs.time(lab)
      let paced = PacedClock(time, uptime: labs.uptime)
      clock = paced
      surroundings = try labs.surroundings(path, [lab] + admitted, time.speed) {
        paced.now().milliseconds
      }
    } else {
      guard let realServers else { throw Self.unreachable("real servers") }
      surroundings = try realServers(path, admitted)
      let localTime = surroundings.localTime
      clock = SystemClock { Instant(milliseconds: localTime()) }
    }
    let shelf = RealWorld.observations(
      of: lab.map { .lab(folder: $0) } ?? .real(), in: worldFolder, isReadOnly: false)
    return Observation(
      observer: SiteObserver(plan, surroundings, shelf, naming: limit), clock: clock)
  }

  private static func unreachable(_ what: String) -> RunError {
    RunError(.noWorld, "Nothing here is set up to reach \(what).")
  }
}
