import PlanModel
import PlanText
import RotationGraph

/// Step 0: no change to a site, and no break of its replication, before its checks, the record of its
/// settings and its backups.
enum PreparationCheck {
  static func run(on index: GraphIndex, into report: inout VerificationReport) {
    for site in index.sites.indices where !report.isFull {
      checkOrder(of: site, index, &report)
    }
    checkBreaks(index, &report)
    for site in index.demands.waves.joined() where !report.isFull {
      let steps = index.sites[site]
      if let entry = steps.entry, index.demands.sites[site].partnerships.isEmpty {
        require(ends(of: site, index), before: entry, of: site, index, &report)
      }
      if let early = index.firstWithoutEntry(site) {
        require(ends(of: site, index), before: early, of: site, index, &report)
      }
    }
  }

  private static let reason =
    "What is changed before it is checked, recorded and backed up cannot be restored."

  /// The checks before the record and the backups.
  private static func checkOrder(
    of site: Int, _ index: GraphIndex, _ report: inout VerificationReport
  ) {
    let steps = index.sites[site]
    for check in steps.checks where !index.behind[Int(check)].contains(.record) {
      report.require(
        check, before: steps.record, in: index, .changeUnprepared, for: .site(site),
        "Settings of a server that fails its check are not worth recording.")
    }
    for backup in steps.backups where !index.before[Int(backup)].contains(.record) {
      let check = steps.checks.first { !index.precedes($0, backup) }
      report.require(
        check, before: backup, in: index, .changeUnprepared, for: .site(site),
        "A backup of a server that fails its check is not worth taking.")
    }
  }

  /// The steps of a site's preparation that no other one of it comes after.
  private static func ends(of site: Int, _ index: GraphIndex) -> [Int32] {
    let steps = index.sites[site]
    let all = steps.checks + (steps.record.map { [$0] } ?? []) + steps.backups
    return all.filter { step in
      !index.graph.dependents[Int(step)].contains { index.isPreparation(Int($0)) }
    }
  }

  /// All ends before `step`, by its direct edges where they are there.
  @discardableResult
  private static func require(
    _ ends: [Int32], before step: Int32, of site: Int, _ index: GraphIndex,
    _ report: inout VerificationReport
  ) -> Bool {
    var isDirect = true
    for end in ends where !index.isDirect(end, step) {
      isDirect = false
      report.require(
        end, before: step, in: index, .changeUnprepared, for: .site(site), reason)
      if report.isFull { break }
    }
    return isDirect
  }

  /// A break comes after the preparation of both sites: by direct edges, or because another partnership
  /// of the site did in an earlier wave, whose end this break comes after.
  private static func checkBreaks(_ index: GraphIndex, _ report: inout VerificationReport) {
    var ends = [[Int32]?](repeating: nil, count: index.sites.count)
    var preparedIn = [Int](repeating: .max, count: index.sites.count)
    let byWave = index.demands.partnerships.sorted {
      $0.waves.lowerBound < $1.waves.lowerBound
    }
    for partnership in byWave where !report.isFull {
      guard let broken = index.partnerships[partnership.position].broken else { continue }
      for site in partnership.sites {
        if preparedIn[site] < partnership.waves.lowerBound,
          index.passedWave(of: broken) >= partnership.waves.lowerBound
        {
          continue
        }
        let its = ends[site] ?? Self.ends(of: site, index)
        ends[site] = its
        let isDirect = require(its, before: broken, of: site, index, &report)
        if isDirect, index.isInFirstWave(broken, of: partnership) {
          preparedIn[site] = min(preparedIn[site], partnership.waves.lowerBound)
        }
      }
    }
  }
}
