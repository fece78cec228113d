import Foundation
import RotationEngine

/// Plans and worlds of the tests.
enum Samples {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static let run = "one-server-1"
  static let backUp = "back-up-server/lyon/sepm-lyo-01"
  static let switchToHTTP = "switch-clients-to-http/lyon"

  /// The text of a file of the repository.
  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(root)/\(path)")), as: UTF8.self)
  }

  /// A copy of a file of the repository.
  static func copy(_ path: String, to place: String) throws {
    try FileManager.default.copyItem(atPath: "\(root)/\(path)", toPath: place)
  }

  /// The plans of the repository.
  static let plans: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/plans")) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "plans/\($0)" }
  }()

  /// One site with one server.
  static func oneServer() throws -> String { try text("plans/one-server.yaml") }

  /// The same with two polls a day: a visit polls once, and few visits make a rotation.
  static func unhurried() throws -> String {
    try oneServer().replacing(
      "default: { adopted: 90% }", with: "default: { adopted: 90%, every: 12h }")
  }

  /// A scenario of the repository.
  static func scenario(_ name: String) throws -> String {
    try text("plans/scenarios/\(name).yaml")
  }

  /// Nobody is at the console: gates wait for an approval.
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

extension Office {
  /// Starts the one-server plan with nobody at the console, up to its first gate.
  func startAtGate(_ more: String = "") async throws {
    _ = try await simulate(
      Samples.unhurried(), scenario: Samples.nobody(more), until: .waiting)
  }
}
