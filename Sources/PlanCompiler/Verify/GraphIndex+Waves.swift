import PlanModel
import RotationGraph

extension GraphIndex {
  /// Whether a step is a check, a backup or the record of settings.
  func isPreparation(_ step: Int) -> Bool {
    switch graph.steps[step].action {
    case .checkCertificate, .checkServer, .recordSettings, .backUpServer: true
    default: false
    }
  }

  /// The first step of a site, from its first change to `confirm-settings`, that does not come after the
  /// first change; nil where all do.
  func firstWithoutEntry(_ site: Int) -> Int32? {
    sites[site].body.first { step in
      step != sites[site].entry && !before[Int(step)].contains(.entry)
    }
  }

  /// The first step of a site's body that does not come before `confirm-settings`; nil where all do.
  func firstWithoutConfirmation(_ site: Int) -> Int32? {
    sites[site].body.first { step in
      step != sites[site].confirmed && !behind[Int(step)].contains(.confirmed)
    }
  }

  /// For each step the last wave that may have begun when it starts: all sites of the wave before ended
  /// earlier. A lower bound, read off direct edges and handed on along all edges.
  static func passedWaves(
    _ graph: StepGraph, _ demands: PlanDemands, order: [Int32], sites: [SiteSteps]
  ) -> [Int32] {
    var passed = [Int32](repeating: 0, count: graph.steps.count)
    guard demands.waves.count > 1 else { return passed }
    // The wave that a step's site ends, plus one; 0 for steps that end nothing.
    var ends = passed
    for (wave, members) in demands.waves.enumerated() {
      for site in members {
        if let confirmed = sites[site].confirmed { ends[Int(confirmed)] = Int32(wave + 1) }
      }
    }
    var counts = [Int](repeating: 0, count: demands.waves.count + 1)
    for step in order {
      var best: Int32 = 0
      for dependency in graph.dependencies[Int(step)] {
        best = max(best, passed[Int(dependency)])
        counts[Int(ends[Int(dependency)])] += 1
      }
      for dependency in graph.dependencies[Int(step)] {
        let wave = Int(ends[Int(dependency)])
        if wave > 0, counts[wave] == demands.waves[wave - 1].count { best = max(best, Int32(wave)) }
      }
      for dependency in graph.dependencies[Int(step)] { counts[Int(ends[Int(dependency)])] = 0 }
      passed[Int(step)] = best
    }
    return passed
  }

  /// Whether the first change of a rotating site of the partnership's first wave directly follows its
  /// break, and that site ends after it: then whatever comes after the end of that wave comes after the
  /// break.
  func isInFirstWave(
    _ broken: Int32, of partnership: PlanDemands.Partnership
  ) -> Bool {
    partnership.sites.contains { site in
      guard demands.sites[site].wave == partnership.waves.lowerBound, let entry = sites[site].entry
      else {
        return false
      }
      return isDirect(broken, entry) && behind[Int(entry)].contains(.confirmed)
    }
  }
}
