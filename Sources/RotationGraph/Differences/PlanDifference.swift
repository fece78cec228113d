import PlanModel
import PlanText

/// What differs between two plans, part by part; parts are the same when their names are.
public struct PlanDifference: Sendable, Equatable {
  /// The kinds of parts, in the order in which they are told.
  public enum Kind: String, Sendable, CaseIterable {
    case plan
    case strategy
    case site
    case server
    case partnership
    case certificate
    case wait
    case automation
    case calendar
  }

  /// What happened to a part.
  public enum Change: String, Sendable, CaseIterable {
    case added
    case removed
    case changed
  }

  /// A value of a field as people read it.
  public enum Value: Sendable, Hashable {
    /// As the plan language writes it.
    case text(String)

    /// An argument vector, which is no line of a shell.
    case command([String])

    /// The argument vector of a program that is asked for a password: more of its arguments may be one.
    case passwordCommand([String])
  }

  /// A field in which a part differs.
  public struct Field: Sendable, Hashable {
    /// The key in the plan language.
    public let name: String

    /// The name of the cohort, the clients of the exclusion, the key of the label; nil for most.
    public let item: String?

    /// Before; nil where the old plan has none.
    public let before: Value?

    /// After; nil where the new plan has none.
    public let after: Value?

    /// Whether no step depends on it.
    public let isSilent: Bool

    /// A field that differs.
    public init(name: String, item: String?, before: Value?, after: Value?, isSilent: Bool) {
      self.name = name
      self.item = item
      self.before = before
      self.after = after
      self.isSilent = isSilent
    }
  }

  /// A part that differs.
  public struct Part: Sendable, Equatable {
    /// What it is.
    public let kind: Kind

    /// Its name: `paris`, `paris/sepm-par-01`, `berlin+paris`, `verification-disabled`.
    public let name: String

    /// What happened to it.
    public let change: Change

    /// In what it differs; what an added or a removed part has.
    public let fields: [Field]

    /// Whether no step depends on anything that changed in it.
    public var isSilent: Bool { fields.allSatisfy(\.isSilent) && change == .changed }

    /// A part that differs.
    public init(kind: Kind, name: String, change: Change, fields: [Field]) {
      self.kind = kind
      self.name = name
      self.change = change
      self.fields = fields
    }
  }

  /// The parts that differ, kind by kind, in the order of the new plan; removed ones come first.
  public let parts: [Part]

  init(
    from old: RotationPlan, to new: RotationPlan, matching: PlanMatching, usedWaits: Set<WaitKind>
  ) {
    var parts: [Part] = []
    func compare(_ kind: Kind, _ name: String, _ before: [Facet], _ after: [Facet]) {
      let fields = Facet.differences(before, after)
      if !fields.isEmpty {
        parts.append(Part(kind: kind, name: name, change: .changed, fields: fields))
      }
    }
    func only(_ kind: Kind, _ name: String, _ change: Change, _ facets: [Facet]) {
      parts.append(Part(kind, name, change, facets))
    }

    compare(.plan, new.name.value, Facet.of(old), Facet.of(new))
    compare(.strategy, "strategy", Facet.of(old.strategy), Facet.of(new.strategy))

    let oldSite = Self.inverse(matching.site, count: new.sites.count)
    for (position, site) in old.sites.enumerated() where matching.site[position] == nil {
      only(.site, site.name.value, .removed, Facet.of(site))
    }
    for (position, site) in new.sites.enumerated() {
      guard let before = oldSite[position] else {
        only(.site, site.name.value, .added, Facet.of(site))
        continue
      }
      if old.sites[before] != site {
        compare(.site, site.name.value, Facet.of(old.sites[before]), Facet.of(site))
      }
    }
    for (position, site) in new.sites.enumerated() {
      let before = oldSite[position]
      if let before, old.sites[before].servers == site.servers { continue }
      let servers = before.map { old.sites[$0].servers } ?? []
      let match = before.map { matching.server[$0] } ?? []
      for (number, server) in servers.enumerated() where match[number] == nil {
        only(.server, "\(site.name.value)/\(server.name.value)", .removed, Facet.of(server))
      }
      let oldServer = Self.inverse(match, count: site.servers.count)
      for (number, server) in site.servers.enumerated() {
        let name = "\(site.name.value)/\(server.name.value)"
        if let before = oldServer[number] {
          if servers[before] != server {
            compare(.server, name, Facet.of(servers[before]), Facet.of(server))
          }
        } else {
          only(.server, name, .added, Facet.of(server))
        }
      }
    }
    for (position, site) in old.sites.enumerated() where matching.site[position] == nil {
      for server in site.servers {
        only(.server, "\(site.name.value)/\(server.name.value)", .removed, Facet.of(server))
      }
    }

    for (position, partnership) in old.partnerships.enumerated()
    where matching.partnership[position] == nil {
      only(.partnership, partnership.name, .removed, Facet.of(partnership))
    }
    let oldPartnership = Self.inverse(matching.partnership, count: new.partnerships.count)
    for (position, partnership) in new.partnerships.enumerated() {
      if let before = oldPartnership[position] {
        compare(
          .partnership, partnership.name, Facet.of(old.partnerships[before]),
          Facet.of(partnership))
      } else {
        only(.partnership, partnership.name, .added, Facet.of(partnership))
      }
    }

    let certificates = PlanMatching.match(
      old.certificates.map(\.name.value), new.certificates.map(\.name.value))
    for (position, source) in old.certificates.enumerated() where certificates[position] == nil {
      only(.certificate, source.name.value, .removed, Facet.of(source))
    }
    let oldCertificate = Self.inverse(certificates, count: new.certificates.count)
    for (position, source) in new.certificates.enumerated() {
      guard let before = oldCertificate[position] else {
        only(.certificate, source.name.value, .added, Facet.of(source))
        continue
      }
      if old.certificates[before] != source {
        compare(
          .certificate, source.name.value, Facet.of(old.certificates[before]), Facet.of(source))
      }
    }

    for kind in WaitKind.allCases where old.waits[kind] != new.waits[kind] {
      let isUsed = usedWaits.contains(kind)
      compare(
        .wait, kind.rawValue, Facet.of(old.waits[kind], isSilent: !isUsed),
        Facet.of(new.waits[kind], isSilent: !isUsed))
    }

    compare(.calendar, "calendar", Facet.of(old.calendar), Facet.of(new.calendar))

    let (rulesBefore, rulesAfter) = (old.automation, new.automation)
    compare(.automation, Self.everySite, Facet.of(rulesBefore), Facet.of(rulesAfter))
    for (position, site) in old.sites.enumerated() where matching.site[position] == nil {
      parts += Self.automation(of: site, .removed)
    }
    for (position, site) in new.sites.enumerated() {
      guard let before = oldSite[position] else {
        parts += Self.automation(of: site, .added)
        continue
      }
      guard old.sites[before].automation != site.automation else { continue }
      compare(
        .automation, site.name.value, Facet.of(old.sites[before].automation),
        Facet.of(site.automation))
    }
    self.parts = parts
  }

  /// A plan that is new or gone as a whole: who carries out its actions. All else in it is all new or all
  /// gone, and the figures tell how much it is.
  init(whole plan: RotationPlan, _ change: Change) {
    var parts: [Part] = []
    if !plan.automation.isEmpty {
      parts.append(Part(.automation, Self.everySite, change, Facet.of(plan.automation)))
    }
    parts += plan.sites.flatMap { Self.automation(of: $0, change) }
    self.parts = parts
  }

  /// The name of what holds for every site.
  static let everySite = "every site"

  /// The automation of a site that is wholly new or gone; nothing where it has none of its own.
  private static func automation(of site: Site, _ change: Change) -> [Part] {
    guard !site.automation.isEmpty else { return [] }
    return [Part(.automation, site.name.value, change, Facet.of(site.automation))]
  }

  static func inverse(_ matching: [Int?], count: Int) -> [Int?] {
    var result = [Int?](repeating: nil, count: count)
    for (position, match) in matching.enumerated() {
      if let match { result[match] = position }
    }
    return result
  }
}

extension PlanDifference.Part {
  /// A part that only one of the plans has.
  fileprivate init(
    _ kind: PlanDifference.Kind, _ name: String, _ change: PlanDifference.Change, _ facets: [Facet]
  ) {
    self.init(
      kind: kind, name: name, change: change,
      fields: change == .added ? Facet.differences([], facets) : Facet.differences(facets, []))
  }
}
