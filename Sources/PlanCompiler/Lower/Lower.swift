public import PlanModel
import PlanText
public import RotationGraph

/// Turns a checked plan into steps and what each waits for (`docs/PROCEDURE.md`).
///
/// The steps stand in a topological order that is made to be read: the preparation of all sites first,
/// then wave by wave the partnerships that break, the sites, and the partnerships that are restored;
/// sites and servers in the order of the plan. The edges are direct only: each place that adds a step
/// names just those predecessors that no other one implies, and says why where that is not plain.
///
/// Linear in steps and edges. Total: names that do not resolve are passed over.
public func lower(_ plan: RotationPlan) -> StepGraph { lower(plan, by: .standard) }

/// The same by the given rules.
package func lower(_ plan: RotationPlan, by rules: LoweringRules) -> StepGraph {
  var lowering = PlanLowering(plan, by: rules)
  lowering.prepareSites()
  for wave in lowering.progress.outline.waves.indices {
    lowering.breakReplication(wave: wave)
    lowering.rotateSites(wave: wave)
    lowering.restoreReplication(wave: wave)
  }
  return lowering.builder.graph(of: plan)
}

/// What is common to all methods: preparation, replication and waves.
private struct PlanLowering {
  let rules: LoweringRules
  let sites: [SiteToLower]
  var progress: LoweringProgress
  var builder: GraphBuilder

  init(_ plan: RotationPlan, by rules: LoweringRules) {
    self.rules = rules
    sites = plan.sites.indices.map { SiteToLower($0, of: plan, by: rules) }
    progress = LoweringProgress(
      RotationOutline(plan, waves: rules.waves, partnerships: rules.partnerships))
    let servers = sites.reduce(0) { $0 + $1.servers }
    builder = GraphBuilder(
      expecting: servers * 9 + sites.count * 13 + plan.partnerships.count * 3,
      channels: rules.channels(plan))
  }

  /// Step 0, for the sites in the order of the waves and then for the partners that do not rotate.
  mutating func prepareSites() {
    for site in progress.outline.waves.joined() {
      progress.prepared[site] = rules.prepareRotating(sites[site], &builder)
    }
    for site in rules.partnerSites(progress.outline) {
      progress.prepared[site] = rules.preparePartner(site, &builder)
    }
  }

  /// Breaks the partnerships whose earliest site rotates in `wave`.
  mutating func breakReplication(wave: Int) {
    for (index, partnership) in progress.outline.partnerships.enumerated()
    where partnership.firstWave == wave {
      progress.broken[index] = builder.add(
        .breakReplication, partnership: partnership.partnership,
        after: rules.beforeBreak(progress, index))
    }
  }

  /// Rotates the sites of `wave` by their methods.
  mutating func rotateSites(wave: Int) {
    for site in progress.outline.waves[wave] {
      progress.confirmed[site] = rules.siteLowering(sites[site].method).lower(
        sites[site], after: rules.beforeRotation(progress, site), by: rules, into: &builder)
    }
  }

  /// Restores the partnerships whose last site rotated in `wave`.
  mutating func restoreReplication(wave: Int) {
    for (index, partnership) in progress.outline.partnerships.enumerated()
    where partnership.lastWave == wave {
      rules.restoreReplication(
        partnership.partnership, rules.beforeRestoring(progress, index), &builder)
    }
  }
}
