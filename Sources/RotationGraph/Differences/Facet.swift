import PlanModel
import PlanText

/// A field of a part of a plan with its value in words, so that parts of any kind are compared alike.
struct Facet {
  let name: String
  var item: String?
  let value: PlanDifference.Value
  var isSilent = false

  init(_ name: String, item: String? = nil, _ value: PlanDifference.Value, isSilent: Bool = false) {
    self.name = name
    self.item = item
    self.value = value
    self.isSilent = isSilent
  }

  init(_ name: String, item: String? = nil, _ text: String, isSilent: Bool = false) {
    self.init(name, item: item, .text(text), isSilent: isSilent)
  }

  /// Nothing where there is no value.
  private static func optional(
    _ name: String, _ text: String?, isSilent: Bool = false
  ) -> [Facet] {
    text.map { [Facet(name, $0, isSilent: isSilent)] } ?? []
  }

  /// The fields that differ: those of `after` in its order, then those that are gone.
  static func differences(_ before: [Facet], _ after: [Facet]) -> [PlanDifference.Field] {
    struct Key: Hashable {
      let name: String
      let item: String?
    }
    var old: [Key: PlanDifference.Value] = [:]
    for facet in before where old[Key(name: facet.name, item: facet.item)] == nil {
      old[Key(name: facet.name, item: facet.item)] = facet.value
    }
    var seen: Set<Key> = []
    var fields: [PlanDifference.Field] = []
    for facet in after {
      let key = Key(name: facet.name, item: facet.item)
      guard seen.insert(key).inserted, old[key] != facet.value else { continue }
      fields.append(
        .init(
          name: facet.name, item: facet.item, before: old[key], after: facet.value,
          isSilent: facet.isSilent))
    }
    for facet in before where seen.insert(Key(name: facet.name, item: facet.item)).inserted {
      fields.append(
        .init(
          name: facet.name, item: facet.item, before: facet.value, after: nil,
          isSilent: facet.isSilent))
    }
    return fields
  }

  static func of(_ plan: RotationPlan) -> [Facet] {
    [Facet("name", plan.name.value, isSilent: true)]
      + optional("description", plan.description, isSilent: true)
      + plan.labels.map {
        Facet("label", item: $0.key.value, $0.value.value, isSilent: true)
      }
  }

  /// No step depends on it.
  static func of(_ calendar: PlanCalendar?) -> [Facet] {
    guard let calendar else { return [] }
    return [Facet("timeZone", calendar.timeZone.value.name, isSilent: true)]
      + calendar.absences.map { absence in
        Facet(
          "absence", item: "\(absence.from.value) to \(absence.to.value)",
          absence.share.value.description, isSilent: true)
      }
  }

  static func of(_ strategy: Strategy) -> [Facet] {
    let waves = strategy.waves.map { waves in
      waves.map { "[" + $0.map(\.value).joined(separator: ", ") + "]" }.joined(separator: ", ")
    }
    return [Facet("method", strategy.method.value.rawValue)]
      + optional("waves", waves)
      + [Facet("serversAtOnce", String(strategy.serversAtOnce.value))]
  }

  static func of(_ site: Site) -> [Facet] {
    var facets = optional("clients", site.clients.map { String($0.value) }, isSilent: true)
    facets += optional("database", site.database?.value.rawValue)
    facets += optional("method", site.method?.value.rawValue)
    if let api = site.api { facets += of(api) }
    facets += optional("recorded.verification", site.recorded.verification?.value.rawValue)
    facets += optional("recorded.serverLists", site.recorded.serverLists?.value.rawValue)
    return facets
  }

  static func of(_ api: SiteAPI) -> [Facet] {
    let trust =
      switch api.trust.value {
      case .fingerprint(let fingerprint): fingerprint.description
      case .certificateAuthority(let path): "authorities in \(path)"
      case .system: "the system's authorities"
      }
    return [
      Facet("api.url", api.url.value), Facet("api.username", api.username.value),
      Facet("api.password", words(api.password.value)),
    ] + optional("api.domain", api.domain?.value) + [Facet("api.trust", trust)]
  }

  static func of(_ server: Server) -> [Facet] {
    [Facet("address", server.address.value)]
      + optional("certificate", server.certificate?.value)
      + optional("version", server.version?.value.description)
      + optional("upgrade", server.upgrade?.value.description)
      + zip(server.ports.named, ServerPorts.standard.all).filter { $0.port.value != $1 }
      .map { named, _ in Facet("ports.\(named.key)", String(named.port.value)) }
  }

  static func of(_ partnership: Partnership) -> [Facet] {
    [Facet("break", partnership.breaking.value.rawValue)]
      + optional("authority", partnership.authority?.value)
  }

  static func of(_ source: CertificateSource) -> [Facet] {
    var facets: [Facet]
    switch source.container {
    case .pkcs12(let path): facets = [Facet("pkcs12", path.value)]
    case .jks(let path): facets = [Facet("jks", path.value)]
    case .pem(let certificate, let key):
      facets = [Facet("pem.certificate", certificate.value), Facet("pem.key", key.value)]
    case .der(let certificate, let key):
      facets = [Facet("der.certificate", certificate.value), Facet("der.key", key.value)]
    }
    if let password = source.password { facets.append(Facet("password", words(password.value))) }
    facets += optional("fingerprint", source.fingerprint?.value.description)
    return facets
  }

  static func of(_ policy: WaitPolicy, isSilent: Bool) -> [Facet] {
    var facets = [
      Facet("adopted", policy.adopted.value.description, isSilent: isSilent),
      Facet("minimum", policy.minimum.value.planNotation, isSilent: isSilent),
      Facet("deadline", policy.deadline.value.planNotation, isSilent: isSilent),
      Facet("onDeadline", policy.onDeadline.value.rawValue, isSilent: isSilent),
    ]
    facets += optional("floor", policy.floor?.value.description, isSilent: isSilent)
    facets += [
      Facet("every", policy.every.value.planNotation, isSilent: isSilent),
      Facet("holdFor", policy.holdFor.value.planNotation, isSilent: isSilent),
      Facet("activeWithin", policy.activeWithin.value.planNotation, isSilent: isSilent),
    ]
    facets += policy.cohorts.map { cohort in
      Facet(
        "cohort", item: cohort.name.value,
        "\(cohort.adopted.value) of \(cohort.selector.words)", isSilent: isSilent)
    }
    facets += policy.exclusions.map { exclusion in
      Facet(
        "exclude", item: exclusion.selector.words, exclusion.reason.value, isSilent: isSilent)
    }
    return facets + optional("override", policy.overrideReason?.value, isSilent: isSilent)
  }

  /// For each action the rule that holds.
  static func of(_ rules: [AutomationRule]) -> [Facet] {
    rules.holding.flatMap { rule -> [Facet] in
      let action = rule.action.value.rawValue
      switch rule.channel.value {
      case .api: return [Facet(action, "api")]
      case .operator: return [Facet(action, "operator")]
      case .command(let template):
        var facets = [Facet(action, .command(template.arguments.map(\.value)))]
        if let check = template.check {
          facets.append(Facet("\(action) check", .command(check.map(\.value))))
        }
        facets.append(Facet("\(action) timeout", template.timeout.value.planNotation))
        return facets
      case .probe(let viewpoints):
        return viewpoints.flatMap { viewpoint in
          [
            Facet(
              "\(action) from \(viewpoint.name.value)", .command(viewpoint.arguments.map(\.value))),
            Facet(
              "\(action) from \(viewpoint.name.value) timeout", viewpoint.timeout.value.planNotation
            ),
          ]
        }
      }
    }
  }

  private static func words(_ secret: SecretReference) -> PlanDifference.Value {
    switch secret {
    case .environment(let name): .text("environment variable \(name)")
    case .file(let path): .text("file \(path)")
    case .command(let arguments): .passwordCommand(arguments)
    }
  }
}

extension ClientSelector {
  /// `My Company\Lab`, `DomainController`, or both.
  var words: String {
    [group?.value, osFunction?.value.rawValue].compactMap { $0 }.joined(separator: " and ")
  }
}
