import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("plan validate --live on the sites of a lab")
struct LiveValidationTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private func validate(_ more: String...) async throws -> Desk.Outcome {
    try await desk.waltz(
      ["plan", "validate", "quickstart.yaml", "--live", "--lab", "lab", "--format", "json"] + more)
  }

  /// `L016 paris`: the codes with the sites that the findings name.
  private func findings(_ outcome: Desk.Outcome) throws -> Set<String> {
    Set(
      try (outcome.json()["diagnostics"]?.array ?? []).compactMap { finding in
        guard let code = finding["code"]?.string, code.first == "L",
          finding["severity"]?.string != "note",
          let detail = finding["detail"]?.string
        else { return nil }
        let sites = ["paris", "berlin"].filter { detail.contains("ite '\($0)'") }
        return "\(code) \(sites.joined(separator: "+"))"
      })
  }

  @Test("A lab that is sound has no finding, and each trouble has its own")
  func troubles() async throws {
    let lab = try await ServedLab(desk)
    let sound = try await validate()
    #expect(sound.status == 0, "\(sound)")
    #expect(try findings(sound) == [])

    func fault(_ arguments: String...) async throws {
      let outcome = try await desk.waltz(["lab", "fault"] + arguments + ["--state", "lab"])
      try #require(outcome.status == 0, "\(outcome)")
    }
    try await fault("settings-missing", "berlin")
    try await fault("server-error", "paris", "--path", "admin/database")
    let some = try await validate("--fail-on", "warning")
    #expect(some.status == 1)
    #expect(try findings(some) == ["L016 berlin", "L005 paris"], "\(some)")

    try await fault("settings-missing", "berlin", "--off")
    try await fault("server-error", "paris", "--path", "admin/database", "--off")
    try await fault("clock-skew", "berlin", "--number", "7200")
    try await fault("closed-port", "paris/sepm-par-01", "--path", "api")
    let others = try await validate("--patience", "1")
    #expect(others.status == 1)
    #expect(try findings(others) == ["L006 berlin", "L001 paris"], "\(others)")

    try await fault("clock-skew", "berlin", "--off")
    try await fault("closed-port", "paris/sepm-par-01", "--path", "api", "--off")
    for action in [["break-replication", "berlin+paris"], ["switch-clients-to-http", "paris"]] {
      let act = try await desk.waltz(["lab", "act"] + action + ["--state", "lab"])
      try #require(act.status == 0, "\(act)")
    }
    let begun = try await validate()
    #expect(begun.status == 1)
    #expect(
      try findings(begun) == ["L018 paris", "L018 berlin", "L020 paris"],
      "\(begun)")
    #expect(await lab.interrupt() == 0)
  }

  @Test("A refused password and missing rights are errors, and no password is printed")
  func account() async throws {
    let lab = try await ServedLab(desk)
    let canary = "canary-\(UUID().uuidString)"
    try Data((canary + "\n").utf8).write(to: URL(filePath: desk.folder + "/lab/paris.password"))
    let rights = try await desk.waltz(
      "lab", "fault", "no-rights", "berlin", "--path", "admin/database", "--state", "lab")
    try #require(rights.status == 0, "\(rights)")
    let outcome = try await validate()
    #expect(outcome.status == 1)
    #expect(try findings(outcome) == ["L003 paris", "L004 berlin"], "\(outcome)")
    let text = try await desk.waltz(
      "plan", "validate", "quickstart.yaml", "--live", "--lab", "lab")
    for output in [outcome.output, outcome.errors, text.output, text.errors] {
      #expect(!output.contains(canary))
    }
    #expect(await lab.interrupt() == 0)
  }

  @Test("A lab that does not answer, and a lab without --live")
  func arguments() async throws {
    _ = try desk.write("apiVersion: waltz/v1\n", as: "quickstart.yaml")
    #expect(try await validate().status == 3)
    let dead = try await desk.waltz("plan", "validate", "quickstart.yaml", "--lab", "lab")
    #expect(dead.status == 2 && dead.errors.contains("--lab needs --live"))
  }
}
