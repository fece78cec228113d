import CanonicalJSON
import TestSupport
import Testing

/// What the tests read from events and status.
extension Desk {
  /// The events of the only run, as the program prints them.
  func events() async throws -> [JSONValue] {
    let listed = try await onState("events")
    #expect(listed.status == 0, "\(listed.errors)")
    return try listed.output.utf8.split(separator: 0x0A).map { try JSONValue(parsing: $0) }
  }

  /// The status of the only run.
  func status() async throws -> JSONValue {
    let told = try await onState("status", "--format", "json")
    #expect(told.status == 0, "\(told.errors)")
    return try told.json()
  }

  /// The state of every step of the only run.
  func stepStates() async throws -> [String: String] {
    let steps = try #require(try await status()["stepStates"]?.array)
    var states: [String: String] = [:]
    for step in steps {
      states[try #require(step["id"]?.string)] = try #require(step["state"]?.string)
    }
    return states
  }

  /// Expects that nothing recorded was altered.
  func expectIntact() async throws {
    let verified = try await onState("verify")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
  }
}

extension [JSONValue] {
  func types(of step: String) -> [String] {
    filter { $0["step"]?.string == step }.compactMap { $0["type"]?.string }
  }

  func steps(_ type: String) -> [String] {
    filter { $0["type"]?.string == type }.compactMap { $0["step"]?.string }
  }
}
