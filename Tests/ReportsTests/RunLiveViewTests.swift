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

  @Test("A frame shows gates, waits with share and time left, exposure and what is next")
  func wide() throws {
    #expect(
      lines(try RunStory.midway(), TextLayout(width: 100)) == [
        "emea-2026-1  waiting for an operator · plan emea-2026                      2026-01-08 12:01Z virtual",
        "███████████████░░░░░░░░░░░░░░░░░░░░░░░░░ 6 of 16 steps · 3d 4h",
        "● gate update-certificate/berlin/sepm-ber-01 4h: Open Admin, Servers, sepm-ber-01 in the console of…",
        "  waltz approve emea-2026-1 update-certificate/berlin/sepm-ber-01 --note TEXT",
        "◷ await-verification-disabled/paris  ██████████████████████░░  92.8%  3,900/4,200  +17/h  ≥ 9h 57m",
        "▲ verification off: paris 3d 4h, berlin 3d 4h",
        "▲ replication broken: berlin+paris 3d 4h",
        "next: due now, count for await-verification-disabled/paris",
      ])
  }

  @Test("On a narrow terminal the share and the time left stay")
  func narrow() throws {
    let lines = lines(try RunStory.midway(), TextLayout(width: 40, unicode: false))
    #expect(
      lines == [
        "emea-2026-1  waiting for an operator ...",
        "######------------ 6 of 16 steps - 3d 4h",
        "* gate update-certificate/berlin/sepm...",
        "  waltz approve emea-2026-1 update-ce...",
        "= await-...d/paris  92.8%  >= 9h 57m",
        "! verification off: paris 3d 4h, berl...",
        "! replication broken: berlin+paris 3d 4h",
        "next: due now, count for await-verifi...",
      ])
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
