import CanonicalJSON
import Drivers
import Foundation
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Secrets

/// Steps whose channel is a command.
enum CommandSteps {
  static let startedAt = Instant(milliseconds: 1_767_600_000_000)

  static let fingerprint = "sha256:" + String(repeating: "3f", count: 32)

  /// A request for a step that one command carries out.
  static func request(
    _ command: [String], check: [String]? = nil, timeout: Duration = .days(1),
    action: Action = .restartServices, target: Target = .server(site: 0, server: 0),
    address: String = "sepm-par-01.example.net", attempt: Int = 1, since: Instant? = nil
  ) -> StepRequest {
    let template = CommandTemplate(
      arguments: command.map { Located($0) }, check: check.map { $0.map { Located($0) } },
      timeout: Located(timeout))
    let plan = RotationPlan(
      name: Located("emea-2026"),
      certificates: [
        CertificateSource(
          name: Located("paris-2026"), container: .pkcs12(Located("paris.p12")),
          fingerprint: Fingerprint(fingerprint).map { Located($0) })
      ],
      sites: [
        Site(
          name: Located("paris"),
          servers: [
            Server(
              name: Located("sepm-par-01"), address: Located(address),
              certificate: Located("paris-2026"),
              version: ProductVersion("14.3.9816").map { Located($0) }),
            Server(name: Located("sepm-par-02"), address: Located("192.0.2.2")),
          ]),
        Site(
          name: Located("berlin"),
          servers: [Server(name: Located("sepm-ber-01"), address: Located("2001:db8::1"))]),
      ],
      partnerships: [
        Partnership(
          sites: [Located("paris"), Located("berlin")], breaking: Located(.delete),
          authority: Located("paris"))
      ],
      automation: [AutomationRule(action: Located(action), channel: Located(.command(template)))])
    let graph = StepGraph(
      plan: plan, steps: [Step(action, on: target, by: .command)],
      dependencies: AdjacencyTable([[]]))
    return StepRequest(
      run: "emea-2026-1", graph: graph, step: 0, attempt: attempt, startedAt: startedAt,
      since: since)
  }

  /// A channel in a folder, with the variables of this process and further ones.
  static func channel(
    in folder: String = "/", variables: [String: String] = [:], secrets: [String] = []
  ) -> CommandChannel {
    // As the program does before anything else.
    signal(SIGPIPE, SIG_IGN)
    let own = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nowhere", "LANG": "C.UTF-8"]
    return CommandChannel(
      variables: own.merging(variables) { _, new in new }, folder: folder
    ) { _ in secrets.map { Secret(Array($0.utf8)) } }
  }
}

extension StepAnswer {
  /// What was seen, whatever came of the attempt.
  var evidence: Evidence {
    switch self {
    case .succeeded(let evidence): evidence
    case .failed(let failure): failure.evidence
    case .needsOperator: Evidence()
    }
  }

  var failure: StepFailure? {
    if case .failed(let failure) = self { failure } else { nil }
  }
}

extension Evidence {
  subscript(_ name: String) -> JSONValue? { JSONValue.object(members)[name] }

  /// What is attached, as text.
  var attached: String {
    attachments.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
  }
}
