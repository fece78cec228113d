import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// What a program reads from standard input: what it is asked for, on one line of JSON
/// (`docs/COMMANDS.md`, "Standard input"). Nothing in it is secret.
struct CommandDocument {
  /// What a program is started for.
  enum Purpose: String, Sendable {
    /// To carry the step out.
    case perform

    /// To look whether it was carried out.
    case check

    /// To look at what a server presents.
    case probe
  }

  /// The version of the format, which only grows within a major version.
  static let formatVersion = "1.0"

  /// The line, with its line feed.
  let bytes: [UInt8]

  /// The document of a step.
  init(_ request: StepRequest, purpose: Purpose) {
    let graph = request.graph
    let step = graph.steps[request.step]
    let subject = StepSubject(of: request)
    var json = JSONWriter()
    json.object { json in
      json.member("formatVersion", Self.formatVersion)
      json.member("purpose", purpose.rawValue)
      json.member("plan", graph.plan.name.value)
      json.member("run", request.run)
      json.member("step", graph.id(of: request.step))
      json.member("attempt", request.attempt)
      json.member("idempotencyKey", request.idempotencyKey)
      json.member("startedAt", request.startedAt.description)
      json.member("since", request.since.description)
      json.member("action", step.action.rawValue)
      json.key("target")
      json.object { json in
        json.member("kind", step.target.kind.rawValue)
        json.member("name", graph.name(of: step.target))
      }
      json.member("site", orNull: subject.site?.name.value)
      json.key("server")
      json.server(subject.server)
      json.key("certificate")
      json.certificate(subject.certificate)
      json.key("partnership")
      json.partnership(subject.partnership)
      json.key("addresses")
      json.array { json in
        for server in subject.servers { json.string(server.address.value) }
      }
    }
    bytes = json.bytes + [UInt8(ascii: "\n")]
  }
}

extension JSONWriter {
  fileprivate mutating func server(_ server: Server?) {
    guard let server else { return null() }
    object { json in
      json.member("name", server.name.value)
      json.member("address", server.address.value)
      json.member("version", orNull: server.version?.value.description)
      json.member("upgrade", orNull: server.upgrade?.value.description)
      json.key("ports")
      json.object { json in
        for (name, port) in server.ports.named { json.member(name, port.value) }
      }
    }
  }

  fileprivate mutating func certificate(_ certificate: CertificateSource?) {
    guard let certificate else { return null() }
    object { json in
      json.member("name", certificate.name.value)
      json.member("fingerprint", orNull: certificate.fingerprint?.value.description)
    }
  }

  fileprivate mutating func partnership(_ partnership: Partnership?) {
    guard let partnership else { return null() }
    object { json in
      json.member("name", partnership.name)
      json.key("sites")
      json.array { json in
        for site in partnership.sites { json.string(site.value) }
      }
      json.member("authority", orNull: partnership.authority?.value)
    }
  }
}

extension Target {
  fileprivate var kind: TargetKind {
    switch self {
    case .site: .site
    case .server: .server
    case .partnership: .partnership
    }
  }
}
