import CanonicalJSON
import PlanModel
import PlanText

/// A plan written as a document, so that tests can read back what they made.
enum PlanYAML {
  /// The document in block style; texts are quoted, numbers and words plain.
  static func text(_ plan: RotationPlan) -> String { text(document(plan)) }

  /// A value in block style.
  static func text(_ value: JSONValue) -> String {
    var lines = ""
    write(value, indent: 0, into: &lines)
    return lines
  }

  private static func write(_ value: JSONValue, indent: Int, into text: inout String) {
    let space = String(repeating: " ", count: indent)
    switch value {
    case .object(let members) where !members.isEmpty:
      for member in members {
        text += "\(space)\(quoted(member.name)):"
        writeBelow(member.value, indent: indent, into: &text)
      }
    case .array(let elements) where !elements.isEmpty:
      for element in elements {
        text += "\(space)-"
        writeBelow(element, indent: indent, into: &text)
      }
    default: text += space + inline(value) + "\n"
    }
  }

  private static func writeBelow(_ value: JSONValue, indent: Int, into text: inout String) {
    switch value {
    case .object(let members) where !members.isEmpty:
      text += "\n"
      write(value, indent: indent + 2, into: &text)
    case .array(let elements) where !elements.isEmpty:
      text += "\n"
      write(value, indent: indent + 2, into: &text)
    default: text += " \(inline(value))\n"
    }
  }

  static func inline(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func quoted(_ text: String) -> String { inline(.string(text)) }

  private static func object(_ members: (String, JSONValue?)...) -> JSONValue {
    .object(members.compactMap { name, value in value.map { .init(name, $0) } })
  }

  static func document(_ plan: RotationPlan) -> JSONValue {
    object(
      ("apiVersion", .string("waltz/v1")), ("kind", .string("RotationPlan")),
      (
        "metadata",
        object(
          ("name", .string(plan.name.value)), ("description", plan.description.map { .string($0) }),
          (
            "labels",
            .object(plan.labels.map { .init($0.key.value, .string($0.value.value)) })
          ))
      ),
      ("certificates", .object(plan.certificates.map { .init($0.name.value, certificate($0)) })),
      ("sites", .object(plan.sites.map { .init($0.name.value, site($0)) })),
      ("replication", .array(plan.partnerships.map(partnership))),
      (
        "strategy",
        object(
          ("method", .string(plan.strategy.method.value.rawValue)),
          (
            "waves",
            plan.strategy.waves.map {
              .array($0.map { .array($0.map { .string($0.value) }) })
            }
          ), ("serversAtOnce", .integer(Int64(plan.strategy.serversAtOnce.value))))
      ),
      (
        "waits",
        .object(WaitKind.allCases.map { .init($0.rawValue, wait(plan.waits[$0])) })
      ),
      ("calendar", plan.calendar.map(calendar)), ("automation", automation(plan.automation)))
  }

  private static func calendar(_ calendar: PlanCalendar) -> JSONValue {
    object(
      ("timeZone", .string(calendar.timeZone.value.name)),
      (
        "absences",
        .array(
          calendar.absences.map {
            object(
              ("from", .string($0.from.value.description)),
              ("to", .string($0.to.value.description)),
              ("share", .string($0.share.value.description)))
          })
      ))
  }

  private static func certificate(_ source: CertificateSource) -> JSONValue {
    func pair(_ certificate: Located<String>, _ key: Located<String>) -> JSONValue {
      object(("certificate", .string(certificate.value)), ("key", .string(key.value)))
    }
    let container: (String, JSONValue) =
      switch source.container {
      case .pkcs12(let path): ("pkcs12", .string(path.value))
      case .jks(let path): ("jks", .string(path.value))
      case .pem(let certificate, let key): ("pem", pair(certificate, key))
      case .der(let certificate, let key): ("der", pair(certificate, key))
      }
    return object(
      (container.0, container.1), ("password", source.password.map { secret($0.value) }),
      ("fingerprint", source.fingerprint.map { .string($0.value.description) }))
  }

  private static func secret(_ reference: SecretReference) -> JSONValue {
    switch reference {
    case .environment(let name): object(("env", .string(name)))
    case .file(let path): object(("file", .string(path)))
    case .command(let words): object(("command", .array(words.map { .string($0) })))
    }
  }

  private static func site(_ site: Site) -> JSONValue {
    object(
      ("clients", site.clients.map { .integer(Int64($0.value)) }),
      ("database", site.database.map { .string($0.value.rawValue) }),
      ("api", site.api.map(api)),
      (
        "servers",
        .object(
          site.servers.map { server in
            .init(
              server.name.value,
              object(
                ("address", .string(server.address.value)),
                ("certificate", server.certificate.map { .string($0.value) }),
                ("version", server.version.map { .string($0.value.description) }),
                (
                  "upgrade",
                  server.upgrade.map { object(("to", .string($0.value.description))) }
                ),
                ("ports", server.ports == .standard ? nil : ports(server.ports))))
          })
      ),
      ("strategy", site.method.map { object(("method", .string($0.value.rawValue))) }),
      ("automation", automation(site.automation)))
  }

  private static func ports(_ ports: ServerPorts) -> JSONValue {
    .object(ports.named.map { .init($0.key, .integer(Int64($0.port.value))) })
  }

  private static func api(_ api: SiteAPI) -> JSONValue {
    let trust: JSONValue =
      switch api.trust.value {
      case .system: .string("system")
      case .fingerprint(let fingerprint):
        object(("fingerprint", .string(fingerprint.description)))
      case .certificateAuthority(let path): object(("ca", .string(path)))
      }
    return object(
      ("url", .string(api.url.value)), ("username", .string(api.username.value)),
      ("password", secret(api.password.value)), ("domain", api.domain.map { .string($0.value) }),
      ("trust", trust))
  }

  private static func partnership(_ partnership: Partnership) -> JSONValue {
    object(
      ("sites", .array(partnership.sites.map { .string($0.value) })),
      ("break", .string(partnership.breaking.value.rawValue)),
      ("authority", partnership.authority.map { .string($0.value) }))
  }

  private static func wait(_ policy: WaitPolicy) -> JSONValue {
    func clients(_ selector: ClientSelector) -> [JSONValue.Member] {
      var members: [JSONValue.Member] = []
      if let group = selector.group { members.append(.init("group", .string(group.value))) }
      if let function = selector.osFunction {
        members.append(.init("osFunction", .string(function.value.rawValue)))
      }
      return members
    }
    return object(
      ("adopted", .string(policy.adopted.value.description)),
      ("minimum", .string(policy.minimum.value.planNotation)),
      ("deadline", .string(policy.deadline.value.planNotation)),
      ("onDeadline", .string(policy.onDeadline.value.rawValue)),
      ("floor", policy.floor.map { .string($0.value.description) }),
      ("every", .string(policy.every.value.planNotation)),
      ("holdFor", .string(policy.holdFor.value.planNotation)),
      ("activeWithin", .string(policy.activeWithin.value.planNotation)),
      (
        "cohorts",
        .array(
          policy.cohorts.map { cohort in
            .object(
              [.init("name", .string(cohort.name.value))] + clients(cohort.selector)
                + [.init("adopted", .string(cohort.adopted.value.description))])
          })
      ),
      (
        "exclude",
        .array(
          policy.exclusions.map { exclusion in
            .object(
              clients(exclusion.selector)
                + [.init("reason", .string(exclusion.reason.value))])
          })
      ),
      (
        "override",
        policy.overrideReason.map { object(("reason", .string($0.value))) }
      ))
  }

  private static func automation(_ rules: [AutomationRule]) -> JSONValue {
    .object(
      rules.map { rule in
        let channel: JSONValue =
          switch rule.channel.value {
          case .api: .string("api")
          case .operator: .string("operator")
          case .command(let template):
            object(
              ("command", .array(template.arguments.map { .string($0.value) })),
              ("check", template.check.map { .array($0.map { .string($0.value) }) }),
              ("timeout", .string(template.timeout.value.planNotation)))
          case .probe(let viewpoints):
            object(
              (
                "probe",
                .object(
                  viewpoints.map { viewpoint in
                    .init(
                      viewpoint.name.value,
                      .array(viewpoint.arguments.map { .string($0.value) }))
                  })
              ),
              ("timeout", viewpoints.first.map { .string($0.timeout.value.planNotation) }))
          }
        return .init(rule.action.value.rawValue, channel)
      })
  }
}
