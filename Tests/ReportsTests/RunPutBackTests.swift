import PlanModel
import Reports
import RotationEngine
import RotationGraph
import Testing

@Suite("What an aborted run leaves to be put back")
struct RunPutBackTests {
  private func status(_ story: RunStory) -> String {
    RunStatusText.text(run: RunStory.id, state: story.state, now: story.now)
  }

  private func abort(_ story: inout RunStory) throws {
    try story.add(.runAborted(story.state.figures(at: story.now, truth: nil)))
  }

  @Test("An open gate, a wait and a held deadline are nobody's any more, and no command goes on")
  func nothingGoesOn() throws {
    var story = try RunStory.midway()
    story.wait(.days(20))
    try abort(&story)
    let text = status(story)
    for word in [
      "waltz approve", "waltz skip", "waltz resume", "Gates:", "Waits", "Nobody has to act",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test("Verification and replication are put back with the console's paths, replication last")
  func console() throws {
    var story = try RunStory.midway()
    try abort(&story)
    let text = status(story)
    let verification = try #require(text.firstRange(of: "Turn verification on again at paris"))
    let replication = try #require(text.firstRange(of: "Restore replication berlin+paris"))
    #expect(verification.lowerBound < replication.lowerBound)
    #expect(text.contains("General settings"))
    #expect(text.contains("No certificate was changed, so it can be done now."))
    #expect(text.contains("waltz events emea-2026-1"))
    let summary = RunSummary.text(run: RunStory.id, state: story.state, now: story.now)
    #expect(summary.contains("Restore replication berlin+paris"))
  }

  @Test("Where a certificate may have changed, clients are waited for before they verify again")
  func patience() throws {
    var story = try RunStory.midway()
    try story.add(
      .gateApproved(step: 10, attempt: 1, word: OperatorWord(by: "ben", note: nil)))
    try story.add(.stepSucceeded(step: 10, attempt: 1, evidence: Evidence()))
    try abort(&story)
    let text = status(story).split(whereSeparator: \.isNewline).joined(separator: " ")
      .split(separator: " ").joined(separator: " ")
    #expect(
      text.contains(
        "Turn verification on again at berlin. Not before its clients have the new certificate"))
    #expect(text.contains("Check the certificate on every TLS port of berlin/sepm-ber-01."))
  }

  @Test("A run that left nothing open asks for nothing")
  func closed() throws {
    var story = RunStory()
    try story.start()
    try abort(&story)
    #expect(!status(story).contains("What to do"))
  }
}
