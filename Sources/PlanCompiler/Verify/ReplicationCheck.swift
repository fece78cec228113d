import PlanModel
import PlanText
import RotationGraph

/// I3: every partnership of a site is broken before the first change to the site and restored after the
/// last, and a replication is seen after that.
enum ReplicationCheck {
  static func run(on index: GraphIndex, into report: inout VerificationReport) {
    for partnership in index.demands.partnerships where !report.isFull {
      let steps = index.partnerships[partnership.position]
      for site in partnership.sites {
        guard let wave = index.demands.sites[site].wave else { continue }
        checkBreak(steps.broken, partnership, site, wave: wave, index, &report)
        checkRestore(steps.restored, partnership, site, wave: wave, index, &report)
      }
      report.require(
        steps.restored, before: steps.verified, in: index, .replicationNotBroken,
        for: .partnership(partnership.position),
        "A replication from before the partnership was restored proves nothing.")
    }
  }

  private static func checkBreak(
    _ broken: Int32?, _ partnership: PlanDemands.Partnership, _ site: Int, wave: Int,
    _ index: GraphIndex, _ report: inout VerificationReport
  ) {
    guard let broken else { return }
    let reason = "Replication carries a half-done change to the partner's clients."
    let subject = Target.partnership(partnership.position)
    if let entry = index.sites[site].entry {
      let isEarlier =
        partnership.waves.lowerBound < wave && index.passedWave(of: entry) >= wave
        && index.isInFirstWave(broken, of: partnership)
      if !isEarlier {
        report.require(
          broken, before: entry, in: index, .replicationNotBroken, for: subject, reason)
      }
    }
    report.require(
      broken, before: index.firstWithoutEntry(site), in: index, .replicationNotBroken,
      for: subject, reason)
  }

  private static func checkRestore(
    _ restored: Int32?, _ partnership: PlanDemands.Partnership, _ site: Int, wave: Int,
    _ index: GraphIndex, _ report: inout VerificationReport
  ) {
    guard let restored else { return }
    let reason = "Replication begins again only when nothing is open at either site."
    let subject = Target.partnership(partnership.position)
    // A site of an earlier wave ended before the last wave's site began, which ends before the restoring.
    let isEarlier =
      wave < partnership.waves.upperBound
      && partnership.sites.contains { other in
        guard index.demands.sites[other].wave == partnership.waves.upperBound,
          let entry = index.sites[other].entry, let end = index.sites[other].confirmed
        else { return false }
        return index.passedWave(of: entry) > wave && index.isDirect(end, restored)
          && index.behind[Int(entry)].contains(.confirmed)
      }
    if !isEarlier {
      report.require(
        index.sites[site].confirmed, before: restored, in: index, .replicationNotBroken,
        for: subject, reason)
    }
    report.require(
      index.firstWithoutConfirmation(site), before: restored, in: index, .replicationNotBroken,
      for: subject, reason)
  }
}
