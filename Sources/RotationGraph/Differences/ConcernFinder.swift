import PlanModel
import PlanText

/// Looks for what makes a changed plan riskier than the one that was reviewed before.
///
/// That something is new is no concern in itself: it is told as added, and its figures show in the sums. But
/// nobody has reviewed it, so every program that it would run is one, and so are waits and exposures that are
/// weaker than those of a plan that says nothing. A plan that is new is compared with one that holds nothing.
struct ConcernFinder {
  let old: RotationPlan
  let new: RotationPlan
  private let graph: StepGraph
  private let matching: PlanMatching
  let oldSite: [Int?]
  private let oldPartnership: [Int?]

  /// Whether there is no plan before.
  private let isAdded: Bool
  var list = ConcernList()

  init(_ old: RotationPlan, _ graph: StepGraph, matching: PlanMatching, isAdded: Bool = false) {
    self.old = old
    new = graph.plan
    self.graph = graph
    self.matching = matching
    self.isAdded = isAdded
    oldSite = PlanDifference.inverse(matching.site, count: new.sites.count)
    oldPartnership = PlanDifference.inverse(matching.partnership, count: new.partnerships.count)
  }

  /// For a plan that is new.
  init(added graph: StepGraph) {
    let nothing = RotationPlan(name: graph.plan.name, sites: [])
    self.init(
      nothing, graph, matching: PlanMatching(nothing, graph.plan), isAdded: true)
  }

  /// All concerns. The figures before are nil for a plan that is new; `usedWaits` are the waits that the
  /// graphs have a step for.
  consuming func concerns(
    _ before: RotationFigures?, _ after: RotationFigures,
    usedWaits: (before: Set<WaitKind>, after: Set<WaitKind>)
  ) -> [Concern] {
    findExposure(before, after)
    findInNew(before, after)
    for kind in WaitKind.allCases where usedWaits.after.contains(kind) {
      findIn(kind, isNew: !usedWaits.before.contains(kind))
    }
    findInStrategy()
    findInSites()
    findInPartnerships()
    findInCertificates()
    findInRules()
    return list.inOrder
  }

  /// Whether a site was not there before, or there and left alone.
  func newlyRotates(_ site: Int) -> Bool {
    guard let match = oldSite[site] else { return true }
    return new.sites[site].isRotating && !old.sites[match].isRotating
  }

  // MARK: Exposure

  private mutating func findExposure(_ before: RotationFigures?, _ after: RotationFigures) {
    guard let before else {
      if !after.pointsOfNoReturn.isEmpty {
        list.add(
          .morePointsOfNoReturn, new.name.value, after: .text(String(after.pointsOfNoReturn.count)))
      }
      return
    }
    var offBefore: [Int: StepDurations.Estimate] = [:]
    for exposure in before.verificationOff { offBefore[exposure.position] = exposure.length }
    for exposure in after.verificationOff {
      guard let match = oldSite[exposure.position] else { continue }
      let name = new.sites[exposure.position].name.value
      let now = exposure.length.worst
      if let then = offBefore[match]?.worst {
        if now > then {
          list.add(.verificationOffLonger, name, then.planNotation, now.planNotation)
        }
      } else if old.sites[match].isRotating {
        list.add(.verificationNewlyOff, name, after: .text(now.planNotation))
      }
    }
    var brokenBefore: [Int: StepDurations.Estimate] = [:]
    for exposure in before.replicationBroken { brokenBefore[exposure.position] = exposure.length }
    for exposure in after.replicationBroken {
      if let then = oldPartnership[exposure.position].flatMap({ brokenBefore[$0]?.worst }),
        exposure.length.worst > then
      {
        list.add(
          .replicationBrokenLonger, new.partnerships[exposure.position].name, then.planNotation,
          exposure.length.worst.planNotation)
      }
    }
    raised(.verificationOffAtOnce, before.verificationOffAtOnce, after.verificationOffAtOnce)
    raised(.replicationBrokenAtOnce, before.brokenAtOnce, after.brokenAtOnce)
    raised(.morePointsOfNoReturn, before.pointsOfNoReturn.count, after.pointsOfNoReturn.count)
    if let then = before.firstPointOfNoReturn, let now = after.firstPointOfNoReturn, now < then {
      list.add(.earlierPointOfNoReturn, new.name.value, then.planNotation, now.planNotation)
    }
  }

  /// Sites and partnerships whose rotation nobody has looked at before, held against the standard waits.
  private mutating func findInNew(_ before: RotationFigures?, _ after: RotationFigures) {
    let plan = new
    let wasBroken = Set(before?.replicationBroken.map(\.position) ?? [])
    let off = after.verificationOff.filter { newlyRotates($0.position) }
    let broken = after.replicationBroken.filter { exposure in
      oldPartnership[exposure.position].map { !wasBroken.contains($0) } ?? true
    }
    guard !off.isEmpty || !broken.isEmpty, plan.waits != Waits() else { return }
    let standard = RotationFigures.standardExposures(of: graph)
    func longer(
      _ kind: Concern.Kind, _ exposures: [RotationFigures.Exposure],
      than standard: [RotationFigures.Exposure], _ name: (Int) -> String
    ) {
      var usual: [Int: Duration] = [:]
      for exposure in standard { usual[exposure.position] = exposure.length.worst }
      for exposure in exposures {
        guard let then = usual[exposure.position], exposure.length.worst > then else { continue }
        list.add(
          kind, name(exposure.position), isNew: true, then.planNotation,
          exposure.length.worst.planNotation)
      }
    }
    longer(.verificationOffLonger, off, than: standard.verificationOff) {
      plan.sites[$0].name.value
    }
    longer(.replicationBrokenLonger, broken, than: standard.replicationBroken) {
      plan.partnerships[$0].name
    }
  }

  private mutating func raised(_ kind: Concern.Kind, _ before: Int, _ after: Int) {
    if after > before, before > 0 || kind == .morePointsOfNoReturn {
      list.add(kind, new.name.value, String(before), String(after))
    }
  }

  // MARK: Strategy, sites, servers

  private mutating func findInStrategy() {
    let (before, after) = (old.strategy.serversAtOnce.value, new.strategy.serversAtOnce.value)
    if after > before {
      list.add(.serversAtOnceRaised, new.name.value, isNew: isAdded, String(before), String(after))
    }
  }

  private mutating func findInSites() {
    for (position, site) in old.sites.enumerated() where site.isRotating {
      let match = matching.site[position]
      if match.map({ !new.sites[$0].isRotating }) ?? true {
        list.add(.siteNotRotated, site.name.value)
      }
    }
    for (position, site) in new.sites.enumerated() {
      let name = site.name.value
      guard let match = oldSite[position] else {
        findInAPI(nil, site.api, of: name)
        continue
      }
      let before = old.sites[match]
      if before.isRotating, site.isRotating {
        let (then, now) = (old.method(of: before), new.method(of: site))
        if then != now { list.add(.methodChanged, name, then.rawValue, now.rawValue) }
      }
      guard before != site else { continue }
      if site.isRotating, before.database?.value == .sqlExpress,
        site.database?.value != .sqlExpress
      {
        list.add(
          .databaseNotRenewed, name, before: .text("sql-express"),
          after: site.database.map { .text($0.value.rawValue) })
      }
      findInAPI(before.api, site.api, of: name)
      if newlyRotates(position), let password = site.api?.password.value,
        before.api?.password.value == password
      {
        findPassword(nil, password, of: name)
      }
      if before.servers != site.servers { findInServers(before, match, site) }
    }
  }

  private mutating func findInAPI(_ before: SiteAPI?, _ after: SiteAPI?, of site: String) {
    guard let after else { return }
    findPassword(before?.password.value, after.password.value, of: site)
    guard let before, before != after else { return }
    for field in Facet.differences(Facet.of(before), Facet.of(after)) {
      switch field.name {
      case "api.trust": list.add(.trustChanged, site, before: field.before, after: field.after)
      case "api.url": list.add(.apiChanged, site, before: field.before, after: field.after)
      default: break
      }
    }
  }

  private mutating func findInServers(_ before: Site, _ match: Int, _ site: Site) {
    for (number, server) in before.servers.enumerated() {
      let name = "\(site.name.value)/\(server.name.value)"
      guard let position = matching.server[match][number] else {
        if server.certificate != nil, site.isRotating { list.add(.serverNotRotated, name) }
        continue
      }
      let now = site.servers[position]
      if server.address != now.address {
        list.add(.addressChanged, name, server.address.value, now.address.value)
      }
      guard let then = server.certificate else { continue }
      if let certificate = now.certificate {
        if certificate != then {
          list.add(.certificateChanged, name, then.value, certificate.value)
        }
      } else if site.isRotating {
        list.add(.serverNotRotated, name)
      }
    }
  }

  // MARK: Partnerships, certificates

  private mutating func findInPartnerships() {
    for (position, partnership) in old.partnerships.enumerated() {
      guard let match = matching.partnership[position] else {
        let rotates = partnership.sites.contains { name in
          new.sites.contains { $0.name == name && $0.isRotating }
        }
        if rotates { list.add(.replicationNotBroken, partnership.name) }
        continue
      }
      let now = new.partnerships[match]
      if partnership.breaking != now.breaking {
        list.add(
          .breakChanged, partnership.name, partnership.breaking.value.rawValue,
          now.breaking.value.rawValue)
      }
      if now.breaking.value == .delete, let then = partnership.authority,
        let authority = now.authority,
        then != authority
      {
        list.add(.authorityChanged, partnership.name, then.value, authority.value)
      }
    }
  }

  private mutating func findInCertificates() {
    let match = PlanMatching.match(
      old.certificates.map(\.name.value), new.certificates.map(\.name.value))
    for (position, source) in old.certificates.enumerated() {
      guard let number = match[position], new.certificates[number] != source else { continue }
      let now = new.certificates[number]
      let name = source.name.value
      if let pin = source.fingerprint?.value {
        if let other = now.fingerprint?.value {
          if other != pin { list.add(.pinChanged, name, pin.description, other.description) }
        } else {
          list.add(.pinRemoved, name, before: .text(pin.description))
        }
      }
      if source.container != now.container {
        list.add(.sourceChanged, name, source.container.words, now.container.words)
      }
      if let password = now.password?.value {
        findPassword(source.password?.value, password, of: name)
      }
    }
    let known = Set(old.certificates.map(\.name.value))
    for source in new.certificates where !known.contains(source.name.value) {
      if let password = source.password?.value {
        findPassword(nil, password, of: source.name.value)
      }
    }
  }
}

extension CertificateSource.Container {
  /// `pkcs12 certs/paris.p12`, `pem certs/berlin.pem and certs/berlin.key`.
  fileprivate var words: String {
    switch self {
    case .pkcs12(let path): "pkcs12 \(path.value)"
    case .jks(let path): "jks \(path.value)"
    case .pem(let certificate, let key): "pem \(certificate.value) and \(key.value)"
    case .der(let certificate, let key): "der \(certificate.value) and \(key.value)"
    }
  }
}
