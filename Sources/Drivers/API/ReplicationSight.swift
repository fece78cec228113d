import CanonicalJSON
import RotationEngine
import SEPMClient

/// One side of a partnership: what its site says of the other.
struct ReplicationSide: Sendable {
  /// The site's name in the plan.
  let site: String

  /// What the site calls itself; nil where it does not say.
  let ownName: String?

  /// What it says of its partners.
  let partners: [SiteReplication.Partner]

  /// The server's time when it said so.
  let time: ServerTime

  /// A side.
  init(
    site: String, ownName: String?, partners: [SiteReplication.Partner], time: ServerTime
  ) {
    self.site = site
    self.ownName = ownName
    self.partners = partners
    self.time = time
  }

  /// What a site says now.
  init(_ reading: SiteReading, site: String) async throws(SEPMError) {
    let sites = try await reading.api.replication()
    self.init(
      site: site, ownName: sites.first?.site, partners: sites.flatMap(\.partners),
      time: reading.now)
  }

  /// What it says of the partner that is called so; where only one is there it is that one, whatever it is called.
  func partner(called name: String?) -> SiteReplication.Partner? {
    if let name { return partners.first { $0.name.caseInsensitivelyEquals(name) } }
    return partners.count == 1 ? partners.first : nil
  }
}

/// Both sides of a partnership (`docs/SEPM.md`, "Replication status").
struct ReplicationSight: Sendable {
  let sides: [ReplicationSide]

  /// Which sites still have the other as a partner: on both sides it is deleted, or on neither.
  func observeBreak() -> Finding {
    let active = pairs.compactMap { side, partner in partner.map { (side, $0) } }
    guard active.isEmpty else {
      return .notDone(
        active.map { "\($0.site) still has '\($1.name)' as a replication partner" }.joined(
          separator: ", and ")
          + ". A partner is deleted on both sides.")
    }
    return .done(evidence)
  }

  func observeRestoration() -> Finding {
    let missing = pairs.compactMap { side, partner in partner == nil ? side.site : nil }
    guard missing.isEmpty else {
      return .notDone(
        "\(missing.joined(separator: " and ")) does not list its replication partner.")
    }
    return .done(evidence)
  }

  /// Whether replication succeeded on both sides after these instants of the sides' own clocks.
  func proof(since times: [ServerTime]) -> Result<Evidence, StepFailure> {
    var waiting: [String] = []
    for (index, (side, partner)) in pairs.enumerated() {
      guard let partner else {
        return .failure(
          StepFailure(
            .failed, "\(side.site) does not list its replication partner.", isRetryable: true))
      }
      if let success = partner.lastSuccess, success > times[index] { continue }
      waiting.append("\(side.site) (\(partner.status ?? "no status"))")
    }
    guard waiting.isEmpty else {
      return .failure(
        StepFailure(
          .failed,
          "Replication has not succeeded since it was restored: \(waiting.joined(separator: ", ")).",
          help:
            "Look in tomcat\\logs\\scm-server-0.log on both sides. A full replication can take hours.",
          isRetryable: true))
    }
    return .success(evidence)
  }

  private var pairs: [(ReplicationSide, SiteReplication.Partner?)] {
    guard sides.count == 2 else { return [] }
    return [
      (sides[0], sides[0].partner(called: sides[1].ownName)),
      (sides[1], sides[1].partner(called: sides[0].ownName)),
    ]
  }

  /// What each side says, for the auditor; the time is the side's own.
  private var evidence: Evidence {
    Evidence([
      .init(
        "sides",
        .array(
          pairs.map { side, partner in
            .object([
              .init("site", .string(side.site)),
              .init("partner", partner.map { .string($0.name) } ?? .null),
              .init("status", partner?.status.map { .string($0) } ?? .null),
              .init("lastSuccess", partner?.lastSuccess.map { .integer($0.milliseconds) } ?? .null),
              .init("at", .integer(side.time.milliseconds)),
            ])
          }))
    ])
  }
}

extension String {
  fileprivate func caseInsensitivelyEquals(_ other: String) -> Bool {
    lowercased() == other.lowercased()
  }
}
