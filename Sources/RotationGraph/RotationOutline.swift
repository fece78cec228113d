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

    package init(partnership: Int, sites: [Int], firstWave: Int, lastWave: Int) {
      self.partnership = partnership
      self.sites = sites
      self.firstWave = firstWave
      self.lastWave = lastWave
    }
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
  public init(_ plan: RotationPlan) {
    self.init(plan, waves: Self.waves(of:), partnerships: Self.partnerships(of:waveOfSite:))
  }

  /// The outline of what these functions read of `plan`.
  package init(
    _ plan: RotationPlan, waves: (RotationPlan) -> [[Int]],
    partnerships: (RotationPlan, _ waveOfSite: [Int?]) -> [BrokenPartnership]
  ) {
    self.waves = waves(plan)
    var waveOfSite = [Int?](repeating: nil, count: plan.sites.count)
    for (wave, sites) in self.waves.enumerated() {
      for site in sites { waveOfSite[site] = wave }
    }
    self.waveOfSite = waveOfSite
    self.partnerships = partnerships(plan, waveOfSite)
    var touching = [[Int]](repeating: [], count: plan.sites.count)
    for (index, partnership) in self.partnerships.enumerated() {
      for site in partnership.sites { touching[site].append(index) }
    }
    partnershipsOfSite = touching
  }

  /// The sites that take part without rotating: partners of rotating sites.
  public var partnerSites: [Int] {
    waveOfSite.indices.filter { waveOfSite[$0] == nil && !partnershipsOfSite[$0].isEmpty }
  }

  /// The rotating sites of `plan` wave by wave.
  ///
  /// Names in a wave of sites that do not rotate are passed over, and so are waves that are empty then.
  /// Rotating sites that no wave names form a last one.
  package static func waves(of plan: RotationPlan) -> [[Int]] {
    let positions = positions(in: plan)
    // Rotating sites that are in no wave yet.
    var isLeft = plan.sites.map(\.isRotating)
    var waves: [[Int]] = []
    for names in plan.strategy.waves ?? [] {
      var members: [Int] = []
      for name in names {
        guard let site = positions[name.value], isLeft[site] else { continue }
        isLeft[site] = false
        members.append(site)
      }
      if !members.isEmpty { waves.append(members.sorted()) }
    }
    let rest = plan.sites.indices.filter { isLeft[$0] }
    return rest.isEmpty ? waves : waves + [rest]
  }

  /// The partnerships of `plan` with a site that rotates, where each site rotates in its wave.
  package static func partnerships(
    of plan: RotationPlan, waveOfSite: [Int?]
  ) -> [BrokenPartnership] {
    let positions = positions(in: plan)
    return plan.partnerships.enumerated().compactMap { position, partnership in
      var sites: [Int] = []
      for name in partnership.sites {
        if let site = positions[name.value], !sites.contains(site) { sites.append(site) }
      }
      sites.sort()
      let itsWaves = sites.compactMap { waveOfSite[$0] }
      guard let first = itsWaves.min(), let last = itsWaves.max() else { return nil }
      return BrokenPartnership(
        partnership: position, sites: sites, firstWave: first, lastWave: last)
    }
  }

  /// The positions of the sites by their names; of several with one name the first.
  private static func positions(in plan: RotationPlan) -> [String: Int] {
    Dictionary(
      plan.sites.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
