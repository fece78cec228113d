import Foundation
import TestSupport
import Testing

/// People with SSH keys at a desk, and the list of those who may sign.
struct Approvers {
  let desk: Desk

  /// A graph of the plan with one server, and its digest.
  let graph: String
  let digest: String

  /// Makes keys for these people, and compiles the graph.
  init(_ people: String..., at desk: Desk) async throws {
    self.desk = desk
    graph = desk.folder + "/graph.json"
    let compiled = try await desk.waltz("plan", "compile", Repository.oneServer, "-o", graph)
    let word = try #require(compiled.errors.split(separator: " ").last)
    digest = word.trimmingCharacters(in: .newlines)
    for person in people {
      let made = try await desk.shell("ssh-keygen -q -t ed25519 -N '' -C \(person) -f \(person)")
      #expect(made.status == 0, "\(made)")
    }
  }

  /// The public key of somebody, without a comment.
  func key(of person: String) throws -> String {
    try desk.place.text(of: "\(person).pub").split(separator: " ").prefix(2)
      .joined(separator: " ")
  }

  /// A line of the list: who, with which options, and whose key.
  func line(_ name: String, _ options: String = "", key person: String) throws -> String {
    "\(name) \(options.isEmpty ? "" : options + " ")\(try key(of: person))\n"
  }

  /// Signs the graph, or another file, and says where the signature is.
  func signature(
    of person: String, over file: String = "graph.json", for namespace: String = "waltz-graph"
  ) async throws -> String {
    let name = "\(person)-\(UUID().uuidString).sig"
    let signed = try await desk.shell(
      "ssh-keygen -q -Y sign -n \(namespace) -f \(person) < \(file) > \(name)")
    #expect(signed.status == 0, "\(signed)")
    return desk.folder + "/" + name
  }

  /// Runs a graph in a simulated estate.
  func run(_ file: String? = nil, _ arguments: String...) async throws -> Desk.Outcome {
    try await desk.waltz(["run", file ?? graph, "--simulate", "--state", desk.state] + arguments)
  }
}
