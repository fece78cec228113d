import Foundation
import TestSupport
import Testing

@Suite("Standard output that cannot be written")
struct StandardStreamTests {
  private static let commands = [
    "plan fmt - < plan.yaml", "plan show plan.yaml", "plan show plan.yaml --format json",
    "plan schema", "plan compile plan.yaml", "plan init -",
    "plan explain plan.yaml record-settings/lyon",
    "plan validate --no-files plan.yaml --format sarif", "plan validate --no-files plan.yaml",
    "plan diff plan.yaml plan.yaml", "explain --all", "explain S003",
    "certificate inspect berlin.pem",
    "--help", "runs",
  ]

  private func desk() async throws -> Desk {
    let desk = try Desk()
    _ = try desk.write(try Repository.text(Repository.oneServer), as: "plan.yaml")
    _ = try await desk.shell("cp '\(Repository.root)/plans/certs/berlin.pem' .")
    let run = try await desk.simulate("plan.yaml")
    try #require(run.status == 0, "\(run.errors)")
    return desk
  }

  @Test("A full disk and a closed stream are said, and the command fails", arguments: commands)
  func fails(_ command: String) async throws {
    let desk = try await desk()
    for stream in FileManager.default.fileExists(atPath: "/dev/full")
      ? [">/dev/full", ">&-"] : [">&-"]
    {
      let run = try await desk.shell("\"$WALTZ\" \(command) \(stream)")
      #expect(run.status == 3, "\(command) \(stream)")
      #expect(
        run.errors.contains("waltz: Standard output cannot be written: "), "\(command) \(stream)")
    }
  }

  @Test("A reader that goes away is no trouble; where nothing is printed, nothing is missed")
  func silent() async throws {
    let desk = try await desk()
    let gone = try await desk.shell("\"$WALTZ\" explain --all | head -n 1")
    #expect(gone.status == 0 && gone.errors.isEmpty, "\(gone.errors)")
    let quiet = try await desk.shell("\"$WALTZ\" plan compile plan.yaml -o graph.json >&-")
    #expect(quiet.status == 0, "\(quiet.errors)")
  }

  @Test("A file that is opened in the place of a closed stream is not taken for it")
  func places() async throws {
    let desk = try await desk()
    let text = try Repository.text(desk.folder + "/plan.yaml")
    let run = try await desk.shell("\"$WALTZ\" plan fmt plan.yaml 0<&- >&- 2>&-")
    #expect(run.status == 0 || run.status == 3)
    #expect(try Repository.text(desk.folder + "/plan.yaml") == text)
    let journal = try await desk.shell(
      "\"$WALTZ\" run plan.yaml --simulate --format json >&- 2>/dev/null; \"$WALTZ\" verify one-server-2"
    )
    #expect(journal.status == 0, "\(journal.output)\(journal.errors)")
  }

  @Test("Where a run stands is said all the same")
  func runs() async throws {
    let desk = try Desk()
    let path = try desk.unhurriedPlan()
    let scenario = try desk.write(Scenarios.nobody(), as: "nobody.yaml")
    let run = try await desk.shell(
      "\"$WALTZ\" run '\(path)' --simulate --until waiting --scenario '\(scenario)' >&-")
    #expect(run.status == 11, "\(run.errors)")
    #expect(run.errors.contains("Standard output cannot be written"))
  }
}
