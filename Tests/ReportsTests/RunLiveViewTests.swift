import PlanModel
import Reports
import RotationEngine
import Testing

@Suite("A run on a terminal")
struct RunLiveViewTests {
  private func lines(_ story: RunStory, _ layout: TextLayout, height: Int = 24) -> [String] {
    LiveView(run: RunStory.id, layout: layout, maximumLines: height)
      .lines(story.state, now: story.now + .hours(4))
  }

  @Test("On a narrow terminal the share and the time left stay")
  func narrow() throws {
    let lines = lines(try RunStory.midway(), TextLayout(width: 40, unicode: false))
    #expect(lines[0] == "emea-2026-1  waiting for an operator ...")
    #expect(lines[1] == "######------------ 6 of 16 steps - 3d 4h")
    #expect(lines.contains("* gate update-certificate/berlin/sepm..."))
    #expect(lines.contains { $0.hasPrefix("= await-") && $0.hasSuffix("92.8%  >= 9h 57m") })
    #expect(lines.contains("! verification off: paris 3d 4h, berl..."))
    #expect(lines.contains("! replication broken: berlin+paris 3d 4h"))
  }

  @Test("A failed run shows its failure")
  func failed() throws {
    #expect(
      lines(try RunStory.failed(), TextLayout(width: 60))[2]
        == "✗ failed restart-services/berlin/sepm-ber-01: semwebsrv is …")
  }

  @Test("Where there is no room, every kind is shown and the rest is counted")
  func limited() throws {
    var story = RunStory()
    try story.start()
    // Not the steps that open something: what is open has lines of its own.
    for step in 0..<16 where !(2...6).contains(step) {
      try story.add(.stepStarted(step: step, attempt: 1))
    }
    try story.add(.stepStarted(step: 5, attempt: 1))
    try story.add(.stepStarted(step: 6, attempt: 1))
    let lines = lines(story, TextLayout(width: 80), height: 10)
    #expect(lines.count == 10)
    #expect(lines.count { $0.hasPrefix("◷") } == 2)
    #expect(lines.count { $0.hasPrefix("▸") } == 4)
    #expect(lines.contains("  … and 7 more"))
  }
}
