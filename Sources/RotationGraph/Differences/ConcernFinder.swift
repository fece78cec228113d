import PlanModel
import PlanText

/// Looks for what makes a changed plan riskier than the one that was reviewed before.
///
/// What is new as a whole, a site or a partnership that was not there, is no concern: it is told as
/// added, and its figures show in the sums.
struct ConcernFinder {
  private let old: RotationPlan
  private let new: RotationPlan
  private let matching: PlanMatching
  private let oldSite: [Int?]
  private var list = ConcernList()

  init(_ old: RotationPlan, _ new: RotationPlan, matching: PlanMatching) {
    self.old = old
    self.new = new
    self.matching = matching
    oldSite = PlanDifference.inverse(matching.site, count: new.sites.count)
  }

  /// All concerns; `usedWaits` are the waits that the new graph has a step for.
  static func concerns(
    _ old: RotationPlan, _ new: RotationPlan, matching: PlanMatching,
    figures: (before: RotationFigures, after: RotationFigures), usedWaits: Set<WaitKind>
  ) -> [Concern] {
    var finder = ConcernFinder(old, new, matching: matching)
    finder.findExposure(figures.before, figures.after)
    for kind in WaitKind.allCases where usedWaits.contains(kind) {
      finder.findIn(kind, old.waits[kind], new.waits[kind])
    }
    finder.findInStrategy()
    finder.findInSites()
    finder.findInPartnerships()
    finder.findInCertificates()
    finder.list.findInRules(old.automation, new.automation, scope: "every site")
    return finder.list.inOrder
  }

  // MARK: Exposure

  private mutating func findExposure(_ before: RotationFigures, _ after: RotationFigures) {
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
    var brokenBefore: [String: StepDurations.Estimate] = [:]
    for exposure in before.replicationBroken {
      brokenBefore[old.partnerships[exposure.position].name] = exposure.length
    }
    for exposure in after.replicationBroken {
      let name = new.partnerships[exposure.position].name
      if let then = brokenBefore[name]?.worst, exposure.length.worst > then {
        list.add(
          .replicationBrokenLonger, name, then.planNotation, exposure.length.worst.planNotation)
      }
    }
    raised(.verificationOffAtOnce, before.verificationOffAtOnce, after.verificationOffAtOnce)
    raised(.replicationBrokenAtOnce, before.brokenAtOnce, after.brokenAtOnce)
    raised(.morePointsOfNoReturn, before.pointsOfNoReturn.count, after.pointsOfNoReturn.count)
    if let then = before.firstPointOfNoReturn, let now = after.firstPointOfNoReturn, now < then {
      list.add(.earlierPointOfNoReturn, new.name.value, then.planNotation, now.planNotation)
    }
  }

  private mutating func raised(_ kind: Concern.Kind, _ before: Int, _ after: Int) {
    if after > before, before > 0 || kind == .morePointsOfNoReturn {
      list.add(kind, new.name.value, String(before), String(after))
    }
  }

  // MARK: Waits

  private mutating func findIn(_ kind: WaitKind, _ before: WaitPolicy, _ after: WaitPolicy) {
    guard before != after else { return }
    let name = kind.rawValue
    func lowered(_ concern: Concern.Kind, _ left: Duration, _ right: Duration) {
      if right < left { list.add(concern, name, left.planNotation, right.planNotation) }
    }
    if after.adopted.value < before.adopted.value {
      list.add(
        .thresholdLowered, name, before.adopted.value.description, after.adopted.value.description)
    }
    lowered(.minimumShortened, before.minimum.value, after.minimum.value)
    lowered(.holdShortened, before.holdFor.value, after.holdFor.value)
    lowered(.fewerClientsCounted, before.activeWithin.value, after.activeWithin.value)
    let (was, isNow) = (before.onDeadline.value, after.onDeadline.value)
    if isNow == .proceed {
      if was != .proceed {
        list.add(
          .proceedsAtDeadline, name, before: .text(was.rawValue),
          after: .text(after.floor?.value.description ?? "any share"),
          item: after.deadline.value.planNotation)
      } else {
        lowered(.deadlineShortened, before.deadline.value, after.deadline.value)
        if let then = before.floor?.value, then > after.floor?.value ?? Share(millionths: 0) {
          list.add(.floorLowered, name, then.description, after.floor?.value.description ?? "0%")
        }
      }
    }
    let excluded = Set(before.exclusions.map(\.selector.words))
    for exclusion in after.exclusions where !excluded.contains(exclusion.selector.words) {
      list.add(
        .exclusionAdded, name, after: .text(exclusion.reason.value),
        item: exclusion.selector.words)
    }
    for cohort in before.cohorts {
      let wanted = cohort.adopted.value
      guard let now = after.cohorts.first(where: { $0.name == cohort.name }) else {
        list.add(
          .cohortRemoved, name, before: .text(wanted.description), item: cohort.name.value)
        continue
      }
      if now.adopted.value < wanted {
        list.add(
          .cohortLowered, name, wanted.description, now.adopted.value.description,
          item: cohort.name.value)
      }
    }
  }

  // MARK: Strategy, sites, servers

  private mutating func findInStrategy() {
    let (before, after) = (old.strategy.serversAtOnce.value, new.strategy.serversAtOnce.value)
    if after > before {
      list.add(.serversAtOnceRaised, new.name.value, String(before), String(after))
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
      guard let match = oldSite[position] else { continue }
      let before = old.sites[match]
      let name = site.name.value
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
      list.findInRules(before.automation, site.automation, scope: name)
      if before.servers != site.servers { findInServers(before, match, site) }
    }
  }

  private mutating func findInAPI(_ before: SiteAPI?, _ after: SiteAPI?, of site: String) {
    guard let after else { return }
    list.findPassword(before?.password.value, after.password.value, of: site)
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
        list.findPassword(source.password?.value, password, of: name)
      }
    }
    let known = Set(old.certificates.map(\.name.value))
    for source in new.certificates where !known.contains(source.name.value) {
      if let password = source.password?.value {
        list.findPassword(nil, password, of: source.name.value)
      }
    }
  }
}

extension ConcernList {
  /// A program that is new or changed and would be asked for a password.
  fileprivate mutating func findPassword(
    _ before: SecretReference?, _ after: SecretReference, of subject: String
  ) {
    guard case .command(let arguments) = after, before != after else { return }
    var then: PlanDifference.Value?
    if case .command(let arguments)? = before { then = .command(arguments) }
    add(.passwordCommand, subject, before: then, after: .command(arguments))
  }

  /// Programs that are new or changed.
  fileprivate mutating func findInRules(
    _ old: [AutomationRule], _ new: [AutomationRule], scope: String
  ) {
    guard old != new else { return }
    var before: [Action: AutomationRule.Channel] = [:]
    for rule in old.reversed() { before[rule.action.value] = rule.channel.value }
    var seen: Set<Action> = []
    for rule in new where seen.insert(rule.action.value).inserted {
      guard case .command(let now) = rule.channel.value else { continue }
      let item = rule.action.value.rawValue
      let command = PlanDifference.Value.command(now.arguments.map(\.value))
      guard case .command(let then)? = before[rule.action.value] else {
        add(.commandAdded, scope, after: command, item: item)
        continue
      }
      if then.arguments != now.arguments {
        add(
          .commandChanged, scope, before: .command(then.arguments.map(\.value)), after: command,
          item: item)
      }
      if let check = then.check, check != now.check {
        let words = PlanDifference.Value.command(check.map(\.value))
        let other = now.check.map { PlanDifference.Value.command($0.map(\.value)) }
        add(
          other == nil ? .checkRemoved : .checkChanged, scope, before: words, after: other,
          item: item)
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
