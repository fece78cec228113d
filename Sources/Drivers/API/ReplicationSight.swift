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

  /// Whether it is broken: on both sides the partner is deleted, or, where its schedule may be moved instead, no run is due
  /// on either before an instant of its own clock.
  ///
  /// - Parameter due: For each side until when no run may come round; nil where the partner has to be deleted.
  /// - Returns: What was found; `unknown` where SEPM does not say when a side is due, or which of several partners it is.
  func observeBreak(until due: [ServerTime]? = nil) -> Finding {
    if let nameless { return .unknown(nameless) }
    let active = pairs.enumerated().compactMap { index, pair in
      pair.1.map { (index: index, side: pair.0, partner: $0) }
    }
    guard !active.isEmpty else { return .done(evidence) }
    guard let due else {
      return .notDone(
        active.map { "\($0.side.site) still has '\($0.partner.name)' as a replication partner" }
          .joined(separator: ", and ") + ". A partner is deleted on both sides.")
    }
    var early: [String] = []
    for (index, side, partner) in active {
      guard let next = partner.nextRun else {
        return .unknown(
          "SEPM does not say when \(side.site) replicates with '\(partner.name)' next, so its schedule does not show."
        )
      }
      if next < due[index] {
        early.append(
          "\(side.site) replicates with '\(partner.name)' again at \(next.words), and the break may last until "
            + due[index].words)
      }
    }
    guard early.isEmpty else {
      return .notDone(
        early.joined(separator: "; ")
          + ". Move the schedule, and replicate once so that both sides have it."
      )
    }
    return .done(evidence)
  }

  /// Whether it is restored: each side lists the other, and, where only the schedule had been moved, each is due at another
  /// time than the break left.
  ///
  /// - Parameter moved: For each side when it was due while the partnership was broken, nil where that is not known; nil
  ///   where the partner had been deleted.
  /// - Returns: What was found; `unknown` where nothing shows the schedule.
  func observeRestoration(after moved: [ServerTime?]? = nil) -> Finding {
    let missing = pairs.compactMap { side, partner in partner == nil ? side.site : nil }
    guard missing.isEmpty else {
      return .notDone(
        "\(missing.joined(separator: " and ")) does not list its replication partner.")
    }
    guard let moved else { return .done(evidence) }
    var left: [String] = []
    for (index, pair) in pairs.enumerated() {
      guard let next = pair.1?.nextRun, let before = moved[index], pair.0.time < before else {
        return .unknown("Nothing shows whether the schedule of \(pair.0.site) is that of before.")
      }
      if next == before { left.append("\(pair.0.site) (\(next.words))") }
    }
    guard left.isEmpty else {
      return .notDone(
        "These are due at the time to which the break had moved them: \(left.joined(separator: ", "))."
      )
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

  /// Why nobody can tell which partner of a side the other side is; nil where it shows.
  private var nameless: String? {
    for (side, other) in zip(sides, sides.reversed())
    where other.ownName == nil && side.partners.count > 1 {
      return
        "SEPM does not say what \(other.site) calls itself, so it does not show which of the "
        + "\(side.partners.count) partners of \(side.site) it is."
    }
    return nil
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
              .init("nextRun", partner?.nextRun.map { .integer($0.milliseconds) } ?? .null),
              .init("at", .integer(side.time.milliseconds)),
            ])
          }))
    ])
  }
}

extension ServerTime {
  /// As a person reads it, to the minute.
  fileprivate var words: String {
    Instant(milliseconds: milliseconds).description.prefix(16).replacing("T", with: " ") + "Z"
  }
}

extension String {
  fileprivate func caseInsensitivelyEquals(_ other: String) -> Bool {
    lowercased() == other.lowercased()
  }
}
