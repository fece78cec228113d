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
public func lower(_ plan: RotationPlan) -> StepGraph {
  var lowering = PlanLowering(plan)
  lowering.prepareSites()
  for wave in lowering.outline.waves.indices {
    lowering.breakReplication(wave: wave)
    lowering.rotateSites(wave: wave)
    lowering.restoreReplication(wave: wave)
  }
  return lowering.builder.graph()
}

/// What is common to all methods: preparation, replication and waves.
private struct PlanLowering {
  let outline: RotationOutline
  var builder: GraphBuilder

  /// For each site the last steps of its preparation: whoever comes after them comes after all of it.
  private var prepared: [[Int32]]

  /// For each site its `confirm-settings`; -1 until it is added.
  private var confirmed: [Int32]

  /// For each broken partnership its `break-replication`; -1 until it is added.
  private var broken: [Int32]

  /// For each site the wave in which the first of its partnerships breaks; nil without one.
  private let firstBreak: [Int?]

  init(_ plan: RotationPlan) {
    let outline = RotationOutline(plan)
    self.outline = outline
    builder = GraphBuilder(plan)
    prepared = Array(repeating: [], count: plan.sites.count)
    confirmed = Array(repeating: -1, count: plan.sites.count)
    broken = Array(repeating: -1, count: outline.partnerships.count)
    firstBreak = outline.partnershipsOfSite.map { list in
      list.map { outline.partnerships[$0].firstWave }.min()
    }
  }

  /// Step 0, for the sites in the order of the waves and then for the partners that do not rotate.
  mutating func prepareSites() {
    for site in outline.waves.joined() { prepareRotating(site) }
    for site in outline.partnerSites {
      prepared[site] = [builder.add(.recordSettings, site: site, after: [])]
    }
  }

  /// Up to so many servers, each back-up of a site comes right after each of its checks. That is servers
  /// times servers edges: with more, the back-ups come after the record, which comes after the checks.
  private static let mostServersBackedUpDirectly = 16

  private mutating func prepareRotating(_ site: Int) {
    let servers = builder.plan.sites[site].servers
    var checks: [Int32] = []
    checks.reserveCapacity(servers.count * 2)
    for server in servers.indices where servers[server].certificate != nil {
      checks.append(builder.add(.checkCertificate, site: site, server: server, after: []))
    }
    for server in servers.indices {
      checks.append(builder.add(.checkServer, site: site, server: server, after: []))
    }
    let record = builder.add(.recordSettings, site: site, after: checks)
    let isDirect = servers.count <= Self.mostServersBackedUpDirectly
    let backups = servers.indices.map { server in
      builder.add(
        .backUpServer, site: site, server: server, after: isDirect ? checks : [record])
    }
    prepared[site] = isDirect ? [record] + backups : backups
  }

  /// Breaks the partnerships whose earliest site rotates in `wave`: after the preparation of both sites
  /// and the end of the wave before.
  mutating func breakReplication(wave: Int) {
    let waveBefore = ends(ofWaveBefore: wave)
    for (index, partnership) in outline.partnerships.enumerated()
    where partnership.firstWave == wave {
      var after = waveBefore
      // Where another partnership of the site broke in an earlier wave, the preparation came before
      // that, and so before the end of the wave before this one.
      for site in partnership.sites where firstBreak[site] == wave {
        after.append(contentsOf: prepared[site])
      }
      broken[index] = builder.add(
        .breakReplication, partnership: partnership.partnership, after: after)
    }
  }

  /// Rotates the sites of `wave` by their methods.
  mutating func rotateSites(wave: Int) {
    for site in outline.waves[wave] {
      let method = builder.plan.method(of: builder.plan.sites[site])
      confirmed[site] = method.lowering.lower(
        SiteToLower(site, of: builder.plan), after: entry(of: site, wave: wave), into: &builder)
    }
  }

  /// What the first change of a site waits for: the breaks of its partnerships, its preparation and the
  /// end of the wave before, without what the others imply.
  private func entry(of site: Int, wave: Int) -> [Int32] {
    // A break in this wave comes after the preparation of the site, after the end of the wave before,
    // and so after every break of an earlier wave.
    let breaks = outline.partnershipsOfSite[site]
      .filter { outline.partnerships[$0].firstWave == wave }
      .map { broken[$0] }
    if !breaks.isEmpty { return breaks }
    // A break in an earlier wave came before the rotation of its first site, which that wave's end
    // includes; the preparation came before the break.
    return firstBreak[site] == nil
      ? prepared[site] + ends(ofWaveBefore: wave) : ends(ofWaveBefore: wave)
  }

  /// Restores the partnerships whose last site rotated in `wave`. A site of an earlier wave ended before
  /// this wave began.
  mutating func restoreReplication(wave: Int) {
    for partnership in outline.partnerships where partnership.lastWave == wave {
      let ends = partnership.sites.filter { outline.waveOfSite[$0] == wave }.map { confirmed[$0] }
      let restored = builder.add(
        .restoreReplication, partnership: partnership.partnership, after: ends)
      _ = builder.add(.verifyReplication, partnership: partnership.partnership, after: [restored])
    }
  }

  private func ends(ofWaveBefore wave: Int) -> [Int32] {
    wave == 0 ? [] : outline.waves[wave - 1].map { confirmed[$0] }
  }
}
