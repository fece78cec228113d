import CanonicalJSON
import PlanModel
import Reports
import RotationEngine
import RotationGraph
import Testing

@Suite("What stays visible after the end of a run")
struct RunAftermathTests {
  private func clients(_ count: Int, now: Instant) -> [OrphanedClient] {
    (1...count).map { number in
      OrphanedClient(
        name: "PARIS-LT-\(number)", group: "My Company\\Sales",
        lastSeen: number == 1 ? nil : now + .days(number - 100), isLatent: number % 2 == 0)
    }
  }

  @Test("Lost clients are named, the longest absent first, and it is said how many more there are")
  func orphans() throws {
    let story = try RunStory.finished(orphans: 38, latent: 5)
    let named = clients(43, now: story.now)
    let text = RunStatusText.text(
      run: RunStory.id, state: story.state, now: story.now, orphans: named)
    #expect(
      text.contains(
        """
        To repair: 38 orphans and 5 latent orphans
          CLIENT       GROUP             LAST SEEN  NOW
          PARIS-LT-1   My Company\\Sales  never      an orphan
          PARIS-LT-2   My Company\\Sales  98d ago    offline, an orphan on return

        """), "\(text)")
    #expect(text.contains("PARIS-LT-20 ") && !text.contains("PARIS-LT-21"))
    #expect(text.contains("  20 of 43, longest absent first."))
    let json = try JSONValue(
      parsing: RunStatusJSON.text(
        run: RunStory.id, state: story.state, now: story.now, orphans: named
      ).utf8)
    let listed = try #require(json["orphanedClients"]?.array)
    #expect(listed.count == 43)
    #expect(
      listed[0]
        == .object([
          .init("name", .string("PARIS-LT-1")), .init("group", .string("My Company\\Sales")),
          .init("lastSeen", .null), .init("latent", .bool(false)),
        ]))
    let summary = RunSummary.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(summary.contains("Which they are:\n    waltz status emea-2026-1\n"))
  }

  @Test("Where nobody can name them it says so, and a clean run says nothing")
  func unnamed() throws {
    let story = try RunStory.finished(orphans: 2, latent: 0)
    let text = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(text.contains("To repair: 2 orphans\n  Their names are not known here."))
    let few = RunStatusText.text(
      run: RunStory.id, state: story.state, now: story.now, orphans: clients(2, now: story.now))
    #expect(few.contains("PARIS-LT-2") && !few.contains("longest absent"))
    let clean = try RunStory.finished()
    #expect(
      !RunStatusText.text(run: RunStory.id, state: clean.state, now: clean.now)
        .contains("To repair"))
    let json = try JSONValue(
      parsing: RunStatusJSON.text(run: RunStory.id, state: clean.state, now: clean.now).utf8)
    #expect(json["orphanedClients"] == .null)
  }

  /// A run that ends after a wait was skipped by somebody who accepted orphans.
  private func skipped() throws -> RunStory {
    var story = try RunStory.midway()
    try story.add(
      .stepSkipped(
        step: 5, word: OperatorWord(by: "ann", note: "the site is closed", acceptsOrphans: true)))
    try story.add(.stepSkipped(step: 10, word: OperatorWord(by: "ben", note: "done today")))
    return story
  }

  @Test("What was skipped stays with its author, note and acceptance, also after the end")
  func skips() throws {
    var story = try skipped()
    try story.add(.runAborted(story.state.figures(at: story.now, truth: nil)))
    let text = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(
      text.contains(
        """
        Skipped
          await-verification-disabled/paris
            2026-01-08 08:01Z by ann, who accepts orphans: the site is closed
          update-certificate/berlin/sepm-ber-01
            2026-01-08 08:01Z by ben: done today

        """), "\(text)")
    let json = try JSONValue(
      parsing: RunStatusJSON.text(run: RunStory.id, state: story.state, now: story.now).utf8)
    #expect(
      json["skipped"]?.array?.first
        == .object([
          .init("step", .string("await-verification-disabled/paris")),
          .init("at", .string("2026-01-08T08:01:00.000Z")), .init("by", .string("ann")),
          .init("note", .string("the site is closed")), .init("acceptsOrphans", .bool(true)),
        ]))
    #expect(json["skipped"]?.array?.count == 2)
  }

  @Test("A step that was sent back is not skipped any more")
  func sentBack() throws {
    var story = try skipped()
    try story.add(.stepReset(step: 5, word: OperatorWord(by: "ann", note: "open again")))
    let text = RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(!text.contains("the site is closed") && text.contains("done today"))
  }
}
