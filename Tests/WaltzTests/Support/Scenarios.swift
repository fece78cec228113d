import CanonicalJSON
import TestSupport

/// Worlds of the tests.
enum Scenarios {
  /// Nobody is at the console: gates wait for `waltz approve`.
  static func nobody(_ more: String = "") -> String {
    """
    apiVersion: waltz/v1
    kind: EstateScenario
    metadata: { name: nobody }
    operator: { presence: absent }
    \(more)
    """
  }
}

extension Desk {
  static let run = "one-server-1"
  static let backUp = "back-up-server/lyon/sepm-lyo-01"
  static let switchToHTTP = "switch-clients-to-http/lyon"

  /// The one-server plan with two polls a day: a visit polls once, and few visits make a rotation.
  func unhurriedPlan() throws -> String {
    let text = try Repository.text(Repository.oneServer)
    let polls = "default: { adopted: 90%, every: 12h }"
    return try write(text.replacing("default: { adopted: 90% }", with: polls), as: "plan.yaml")
  }

  /// Starts the one-server plan with nobody at the console, up to its first gate.
  func startAtGate(_ more: String = "") async throws -> Outcome {
    try await simulate(
      unhurriedPlan(), "--until", "waiting", "--scenario",
      write(Scenarios.nobody(more), as: "nobody.yaml"))
  }

  /// Goes on as far as it goes without anybody.
  func visit() async throws -> Outcome { try await onState("resume", "--until", "waiting") }

  /// The one gate that is open.
  func openGate() async throws -> String? {
    try await status()["gates"]?.array?.first?["step"]?.string
  }
}
