public import PlanModel
import PlanText

/// Who takes part in a rotation and when: the names of a plan resolved to positions.
///
/// Made once per pass, so that no pass looks names up in a loop. It is total: a name that the plan does
/// not have is passed over, because the compiler's checks have reported it.
public struct RotationOutline: Sendable {
  /// A partnership that the rotation breaks and restores: at least one of its sites rotates.
  public struct BrokenPartnership: Sendable, Equatable {
    /// The position in the plan.
    public let partnership: Int

    /// Its sites as positions in the plan, in the order of the plan.
    public let sites: [Int]

    /// The wave with which it is broken: that of its earliest rotating site.
    public let firstWave: Int

    /// The wave after which it is restored: that of its latest rotating site.
    public let lastWave: Int
  }

  /// The rotating sites wave by wave, in the order of the plan within a wave; no wave is empty.
  public let waves: [[Int]]

  /// For each site of the plan its wave; nil where it does not rotate.
  public let waveOfSite: [Int?]

  /// The partnerships that are broken, in the order of the plan.
  public let partnerships: [BrokenPartnership]

  /// For each site of the plan the positions in ``partnerships`` that touch it.
  public let partnershipsOfSite: [[Int]]

  /// Resolves the names of `plan`.
  ///
  /// Names in a wave of sites that do not rotate are passed over, and so are waves that are empty then.
  /// Rotating sites that no wave names form a last one.
  public init(_ plan: RotationPlan) {
    var positions: [String: Int] = [:]
    positions.reserveCapacity(plan.sites.count)
    for (position, site) in plan.sites.enumerated() where positions[site.name.value] == nil {
      positions[site.name.value] = position
    }
    let (waves, waveOfSite) = Self.waves(of: plan, positions: positions)
    self.waves = waves
    self.waveOfSite = waveOfSite

    var broken: [BrokenPartnership] = []
    var touching = [[Int]](repeating: [], count: plan.sites.count)
    for (position, partnership) in plan.partnerships.enumerated() {
      var sites: [Int] = []
      for name in partnership.sites {
        if let site = positions[name.value], !sites.contains(site) { sites.append(site) }
      }
      sites.sort()
      let itsWaves = sites.compactMap { waveOfSite[$0] }
      guard let first = itsWaves.min(), let last = itsWaves.max() else { continue }
      for site in sites { touching[site].append(broken.count) }
      broken.append(
        BrokenPartnership(partnership: position, sites: sites, firstWave: first, lastWave: last))
    }
    partnerships = broken
    partnershipsOfSite = touching
  }

  /// The sites that take part without rotating: partners of rotating sites.
  public var partnerSites: [Int] {
    waveOfSite.indices.filter { waveOfSite[$0] == nil && !partnershipsOfSite[$0].isEmpty }
  }

  private static func waves(
    of plan: RotationPlan, positions: [String: Int]
  ) -> (waves: [[Int]], waveOfSite: [Int?]) {
    let rotates = plan.sites.map(\.isRotating)
    var waves: [[Int]] = []
    var waveOfSite = [Int?](repeating: nil, count: plan.sites.count)
    for names in plan.strategy.waves ?? [] {
      var members: [Int] = []
      for name in names {
        guard let site = positions[name.value], rotates[site], waveOfSite[site] == nil else {
          continue
        }
        waveOfSite[site] = waves.count
        members.append(site)
      }
      if !members.isEmpty { waves.append(members.sorted()) }
    }
    let rest = plan.sites.indices.filter { rotates[$0] && waveOfSite[$0] == nil }
    if !rest.isEmpty {
      for site in rest { waveOfSite[site] = waves.count }
      waves.append(rest)
    }
    return (waves, waveOfSite)
  }
}
