import CanonicalJSON
import Reports
import RotationEngine
import Testing

@Suite("The table of runs")
struct RunsTableTests {
  private func listings() throws -> [RunListing] {
    [
      RunListing(run: RunStory.id, state: try RunStory.midway().state),
      RunListing(
        run: "lab-7", plan: "lab", standing: .succeeded, startedAt: nil, lastAt: nil,
        isSimulated: false),
    ]
  }

  @Test("A line a run, in columns")
  func text() throws {
    #expect(
      RunsTable.text(try listings()) == """
        RUN          PLAN       STATUS                   STEPS  STARTED     LAST EVENT         ESTATE
        emea-2026-1  emea-2026  waiting for an operator   6/16  2026-01-05  2026-01-08 08:01Z  simulated
        lab-7        lab        succeeded                                                      real

        """)
    #expect(RunsTable.text([]).contains("waltz run PLAN"))
  }

  @Test("A run that lost clients says so for good, in the table, in JSON and in its status")
  func lostClients() throws {
    let story = try RunStory.finished(orphans: 38, latent: 5)
    let listing = RunListing(run: RunStory.id, state: story.state)
    #expect(RunsTable.text([listing]).contains("succeeded with 38 orphans and 5 latent orphans"))
    let json = try JSONValue(parsing: RunsTable.json([listing]).utf8)
    #expect(json["runs"]?.array?.first?["orphans"] == .integer(38))
    let status = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(status.contains("succeeded with 38 orphans"))
    #expect(status.contains("38 orphans: these clients can no longer talk to any server"))
    #expect(status.contains("SylinkDrop.exe"))
    let clean = try RunStory.finished()
    #expect(
      RunsTable.text([RunListing(run: RunStory.id, state: clean.state)]).contains("succeeded  "))
  }

  @Test("The same in JSON")
  func json() throws {
    let json = try JSONValue(parsing: RunsTable.json(try listings()).utf8)
    let runs = try #require(json["runs"]?.array)
    #expect(json["formatVersion"] == .string("1.0"))
    #expect(
      runs[0]
        == .object([
          .init("run", .string("emea-2026-1")), .init("plan", .string("emea-2026")),
          .init("status", .string("waiting-for-operator")),
          .init("startedAt", .string("2026-01-05T08:00:00.000Z")),
          .init("updatedAt", .string("2026-01-08T08:01:00.000Z")), .init("done", .integer(6)),
          .init("total", .integer(16)), .init("simulated", .bool(true)), .init("orphans", .null),
          .init("latentOrphans", .null),
        ]))
    #expect(runs[1]["startedAt"] == .null && runs[1]["done"] == .null)
  }
}
