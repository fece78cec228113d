import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Files that a user names")
struct InputTests {
  @Test("The plan in the README is good, and runs")
  func readme() async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.root + "/README.md")
    let start = try #require(text.range(of: "```yaml\n")).upperBound
    let end = try #require(text.range(of: "```", range: start..<text.endIndex)).lowerBound
    let plan = try desk.write(String(text[start..<end]), as: "readme.yaml")
    let validated = try await desk.waltz(
      "plan", "validate", "--no-files", plan, "--fail-on", "warning")
    #expect(validated.status == 0, "\(validated.errors)")
    let run = try await desk.waltz("run", plan, "--simulate", "--state", desk.state)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test("- is standard input")
  func standardInput() async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.oneServer)
    #expect(try await desk.waltz("plan", "validate", "--no-files", "-", input: text).status == 0)
    let broken = try await desk.waltz(
      "plan", "validate", "--no-files", "-", "--format", "json",
      input: text.replacing("kind: RotationPlan", with: "kind: RotationPlam"))
    #expect(broken.status == 1)
    let found = try broken.json()
    #expect(found["valid"]?.bool == false)
    #expect(found["errorCount"]?.integer == 1)
    let place = try #require(found["diagnostics"]?.array?.first)
    #expect(place["file"]?.string == "<stdin>")
    let line = try #require(place["range"]?["start"]?["line"]?.integer)
    #expect(
      text.split(separator: "\n", omittingEmptySubsequences: false)[Int(line) - 1].hasPrefix(
        "kind:"))
  }

  @Test("A file that cannot be read is named")
  func unreadable() async throws {
    let desk = try Desk()
    let missing = try await desk.waltz("plan", "show", "missing.yaml")
    #expect(missing.status == 3)
    #expect(missing.errors.contains("missing.yaml"))
    let folder = try await desk.waltz("plan", "show", desk.folder)
    #expect(folder.status == 3)
    #expect(folder.errors.contains("is a folder"))
    let empty = try await desk.waltz(
      "run", desk.write("", as: "empty.yaml"), "--simulate", "--state", desk.state)
    #expect(empty.status == 1)
    #expect(empty.errors.contains("empty.yaml"))
    #expect(!FileManager.default.fileExists(atPath: desk.state))
  }

  @Test("A run on real servers changes nothing where it cannot look first")
  func realServers() async throws {
    let desk = try Desk()
    // The certificate's file is not there, and no server of the plan is.
    let stopped = try await desk.onState("run", Repository.oneServer, "--until", "waiting")
    #expect(stopped.status != 0)
    #expect(stopped.errors.contains("check-certificate/"))
    let events = try await desk.onState("events")
    #expect(!events.output.contains("break-replication"))
    #expect(!events.output.contains(#""type":"step-started","step":"disable-verification"#))
    #expect(!events.output.contains(#""type":"step-succeeded""#))
  }

  @Test("A state that cannot be used is an error of the environment")
  func states() async throws {
    let desk = try Desk()
    let file = try desk.write("not a state", as: "file")
    let foreign = desk.folder + "/foreign"
    try FileManager.default.createDirectory(atPath: foreign, withIntermediateDirectories: true)
    _ = try desk.write(String(repeating: "no database\n", count: 100), as: "foreign/state.db")
    // Even root makes no folder there.
    let closed =
      FileManager.default.fileExists(atPath: "/proc/self") ? "/proc/waltz" : "/dev/null/x"
    for state in [file, foreign, closed, desk.folder + "/file/below"] {
      let run = try await desk.waltz(
        "run", Repository.oneServer, "--simulate", "--state", state)
      #expect(run.status == 3, "\(state): \(run.errors)")
      #expect(run.errors.contains(state), "\(run.errors)")
      #expect(run.output == "")
      let listed = try await desk.waltz("runs", "--state", state)
      #expect(listed.status == 3, "\(state): \(listed.errors)")
    }
    #expect(try Repository.text(file) == "not a state")
    #expect(try Repository.text(foreign + "/state.db").hasPrefix("no database\n"))
  }
}
