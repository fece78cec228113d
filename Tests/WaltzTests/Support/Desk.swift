import CanonicalJSON
import Foundation
import TestSupport

/// A place where one test works with the program: a folder of its own with a state directory in it.
final class Desk: Sendable {
  /// What a command did.
  typealias Outcome = TestFolder.Outcome

  /// The folder itself.
  let place: TestFolder

  init() throws {
    place = try TestFolder()
  }

  var folder: String { place.path }

  var state: String { folder + "/state" }

  /// Writes a file of the desk and says where it is.
  func write(_ text: String, as name: String) throws -> String { try place.write(text, as: name) }

  /// Runs a command to its end.
  func waltz(
    _ arguments: String..., input: String? = nil, environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await waltz(arguments, input: input, environment: environment)
  }

  func waltz(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await place.run(
      Program.path, arguments, input: input, environment: variables(environment))
  }

  /// Runs a command on the desk's state directory.
  func onState(
    _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await waltz(arguments + ["--state", state], environment: environment)
  }

  /// Runs a plan against the simulated estate.
  func simulate(_ plan: String, _ more: String...) async throws -> Outcome {
    try await waltz(["run", plan, "--simulate", "--state", state] + more)
  }

  /// Runs a line of shell, with the program as `$WALTZ`.
  func shell(_ line: String) async throws -> Outcome {
    try await place.shell(line, environment: variables([:]))
  }

  /// A process of the program, not yet started.
  func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    place.process(Program.path, arguments, environment: variables(environment))
  }

  private func variables(_ more: [String: String]) -> [String: String] {
    // What Waltz remembers of the state directories of tests is nothing for the user's own folder.
    ["WALTZ": Program.path, "WALTZ_STATE": state, "XDG_STATE_HOME": folder + "/.home"].merging(more)
    { _, new in new }
  }
}

extension TestFolder.Outcome {
  /// Standard output as JSON.
  func json() throws -> JSONValue { try JSONValue(parsing: Array(output.utf8)) }

  /// The codes that `--format json` reports, but for the notes.
  func codes(notes: Bool = false) throws -> [String] {
    try (json()["diagnostics"]?.array ?? []).compactMap {
      notes || $0["severity"]?.string != "note" ? $0["code"]?.string : nil
    }
  }
}
