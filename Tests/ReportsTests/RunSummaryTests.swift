import PlanModel
import Reports
import RotationEngine
import Testing

@Suite("The end of a run")
struct RunSummaryTests {
  private func summary(_ story: RunStory, layout: TextLayout = TextLayout(width: 80)) -> String {
    RunSummary.text(run: RunStory.id, state: story.state, now: story.now, layout: layout)
  }

  @Test("A rotation without orphans is good news")
  func success() throws {
    #expect(
      summary(try RunStory.finished()) == """
        ── Run emea-2026-1: succeeded ──────────────────────────────────────────────────
        Plan emea-2026: 2 sites, 2 servers, 5,100 clients. 4d 2h of virtual time, from
        2026-01-05 08:00Z to 2026-01-09 10:02Z.

          clients       0 orphans, 0 latent orphans: every client can talk to its
                        servers
          verification  paris off for 98 h (4d 2h)
                        berlin off for 98 h (4d 2h)
                        on again everywhere
          replication   berlin+paris broken for 98 h (4d 2h)
                        restored everywhere
          people        1 gate closed by people
          steps         16 of 16 done

        Next
          There is nothing to do. To prove that the record is whole:
            waltz verify emea-2026-1
        ────────────────────────────────────────────────────────────────────────────────

        """)
  }

  @Test("Orphans are an alarm with the repair")
  func orphans() throws {
    let text = summary(try RunStory.finished(orphans: 12, latent: 1))
    #expect(text.contains("12 orphans: these clients can no longer talk to any server"))
    #expect(text.contains("1 latent orphan: offline now, and an orphan on return"))
    #expect(text.contains("SylinkDrop.exe"))
    #expect(text.contains("Repair 13 clients as described above."))
    #expect(!text.contains("every client can talk"))

    let latent = summary(try RunStory.finished(orphans: 0, latent: 3))
    #expect(latent.contains("0 orphans now") && latent.contains("3 latent orphans"))
    #expect(!latent.contains("every client can talk"))
  }

  @Test("Where nobody can count orphans, it says so instead of none")
  func unknownOrphans() throws {
    let text = summary(try RunStory.finished(orphans: nil))
    #expect(text.contains("orphans cannot be counted from here"))
    #expect(!text.contains("0 orphans"))
  }

  @Test("A failed run says what failed, what is still open and what to type")
  func failure() throws {
    #expect(
      summary(try RunStory.failed(), layout: TextLayout(width: 100, unicode: false)) == """
        -- Run emea-2026-1: failed -------------------------------------------------------------------------
        1 step failed and nothing else can go on: restart-services/berlin/sepm-ber-01. Plan emea-2026: 2
        sites, 2 servers, 5,100 clients. 3d of virtual time, from 2026-01-05 08:00Z to 2026-01-08 08:02Z.

          clients       orphans cannot be counted from here; compare the clients' last contact in the
                        console with the time before the run
          verification  paris off for 72 h (3d)
                        berlin still off, for 72 h (3d)
          replication   berlin+paris still broken, for 72 h (3d)
          people        1 gate closed by people
          steps         12 of 16 done, 1 of them skipped, 1 failed, 3 not started

        restart-services/berlin/sepm-ber-01 failed
          semwebsrv is in state STOP_PENDING on sepm-ber-01.
          help: Kill its process on the server and start the service by hand.

        Still open
          Clients of berlin do not check signatures, for 3d.
          Replication berlin+paris is broken, for 3d.
          What berlin/sepm-ber-01 presents was not checked since its certificate changed.

        Next
          Remove the cause of each failure and try again, or skip what is not needed.
            waltz retry emea-2026-1 restart-services/berlin/sepm-ber-01 --note TEXT
            waltz skip emea-2026-1 restart-services/berlin/sepm-ber-01 --note TEXT
          Then resume the run.
            waltz resume emea-2026-1
        ----------------------------------------------------------------------------------------------------

        """)
  }

  @Test("A run that rests says for whom, and who takes it up again")
  func resting() throws {
    var story = try RunStory.midway()
    try story.add(.runWaiting(.operator))
    let text = summary(story)
    #expect(text.contains("Run emea-2026-1: waiting for an operator"))
    #expect(text.contains("berlin still off, for 72 h (3d)"))
    #expect(text.contains("    waltz resume emea-2026-1\n"))
  }
}
