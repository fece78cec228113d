import PlanModel
import PlanText
import RotationGraph

/// The order of the waves: nothing of a wave begins, and no partnership breaks with it, before all sites
/// of the wave before have ended.
enum WaveCheck {
  static func run(on index: GraphIndex, into report: inout VerificationReport) {
    guard index.demands.waves.count > 1 else { return }
    for (wave, members) in index.demands.waves.enumerated().dropFirst() {
      for site in members where !report.isFull {
        require(index.sites[site].entry, wave: wave, for: .site(site), index, &report)
        require(index.firstWithoutEntry(site), wave: wave, for: .site(site), index, &report)
      }
    }
    for partnership in index.demands.partnerships where partnership.waves.lowerBound > 0 {
      guard !report.isFull else { return }
      require(
        index.partnerships[partnership.position].broken, wave: partnership.waves.lowerBound,
        for: .partnership(partnership.position), index, &report)
    }
  }

  private static func require(
    _ step: Int32?, wave: Int, for target: Target, _ index: GraphIndex,
    _ report: inout VerificationReport
  ) {
    guard let step, index.passedWave(of: step) < wave else { return }
    for site in index.demands.waves[wave - 1] where !report.isFull {
      report.require(
        index.sites[site].confirmed, before: step, in: index, .waveTooEarly, for: target,
        "A wave begins when every site of the previous wave has ended.")
    }
  }
}
