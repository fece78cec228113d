import CanonicalJSON
import PlanModel
import PlanText
import Reports
import RotationEngine
import RotationGraph
import Testing

@Suite("The metrics of runs")
struct RunMetricsTests {
  private func lines(
    _ story: RunStory, after pause: Duration = .hours(4), world: String = "real",
    _ surroundings: RunSurroundings = RunSurroundings()
  ) -> [String] {
    RunMetrics.text(
      [
        MeasuredRun(
          run: RunStory.id, state: story.state, world: world, now: story.now + pause,
          surroundings: surroundings)
      ], version: "0.1.0"
    ).split(separator: "\n").map(String.init)
  }

  /// The lines of one metric, without its help.
  private func values(_ name: String, in lines: [String]) -> [String] {
    lines.filter { $0.hasPrefix(name + "{") }
      .map { String($0.dropFirst(name.count)).replacing("run=\"emea-2026-1\"", with: "R") }
  }

  @Test("When the certificate of a server expires is told until the new one is proved")
  func certificateEnds() throws {
    let name = "waltz_certificate_not_after_timestamp_seconds"
    var story = RunStory()
    try story.start(seed: nil)
    #expect(values(name, in: lines(story)).isEmpty)
    let chain: JSONValue = .object([.init("expires", .string("2026-03-01T00:00:00.000Z"))])
    try story.carryOut(0, [.init("chains", .object([.init("sha256:00", chain)]))])
    #expect(
      values(name, in: lines(story)) == [#"{R,site="paris",server="sepm-par-01"} 1772323200"#])
    let graph = story.state.graph
    let proof = try #require(
      graph.steps.firstIndex {
        $0.action == .verifyCertificate && $0.target == graph.steps[0].target
      })
    try story.carryOut(proof)
    #expect(values(name, in: lines(story)).isEmpty)
  }

  @Test("A run under way: who is needed, what is open, where its waits stand")
  func midway() throws {
    let lines = lines(try RunStory.midway())
    #expect(
      values("waltz_run_info", in: lines) == [
        #"{R,plan="emea-2026",digest="sha256:3f2a",world="real"} 1"#
      ])
    #expect(
      values("waltz_run_state", in: lines).filter { $0.hasSuffix(" 1") } == [
        #"{R,state="waiting-for-operator"} 1"#
      ])
    #expect(values("waltz_run_start_timestamp_seconds", in: lines) == ["{R} 1767600000"])
    #expect(values("waltz_last_event_timestamp_seconds", in: lines) == ["{R} 1767859260"])
    #expect(
      values("waltz_steps_needing_person", in: lines).filter { !$0.hasSuffix(" 0") } == [
        #"{R,reason="gate"} 1"#
      ])
    #expect(
      values("waltz_gate_open_timestamp_seconds", in: lines) == [
        #"{R,step="update-certificate/berlin/sepm-ber-01"} 1767859260"#
      ])
    #expect(
      values("waltz_wait_clients", in: lines) == [
        #"{R,step="await-verification-disabled/paris",state="adopted"} 3900"#,
        #"{R,step="await-verification-disabled/paris",state="pending_online"} 100"#,
        #"{R,step="await-verification-disabled/paris",state="pending_offline"} 200"#,
        #"{R,step="await-verification-disabled/paris",state="stale"} 30"#,
        #"{R,step="await-verification-disabled/paris",state="excluded"} 0"#,
      ])
    #expect(
      values("waltz_wait_adopted_ratio", in: lines) == [
        #"{R,step="await-verification-disabled/paris"} 0.928571"#
      ])
    #expect(
      values("waltz_wait_required_ratio", in: lines) == [
        #"{R,step="await-verification-disabled/paris"} 0.98"#
      ])
    #expect(
      values("waltz_verification_off", in: lines) == [
        #"{R,site="paris"} 1"#, #"{R,site="berlin"} 1"#,
      ])
    let open = values("waltz_verification_off_seconds", in: lines)
    #expect(open.first == #"{R,site="paris"} 273624"#)
    #expect(
      values("waltz_replication_broken", in: lines) == [#"{R,partnership="berlin+paris"} 1"#])
  }

  @Test("A run that has ended grows no older, and says whom it lost")
  func finished() throws {
    let story = try RunStory.finished(orphans: 38, latent: 5)
    let (soon, late) = (lines(story, after: .hours(1)), lines(story, after: .days(9)))
    #expect(soon == late)
    #expect(
      values("waltz_orphans", in: soon) == [
        #"{R,kind="orphaned"} 38"#, #"{R,kind="latent"} 5"#,
      ])
    #expect(values("waltz_verification_off", in: soon).allSatisfy { $0.hasSuffix(" 0") })
    #expect(values("waltz_wait_clients", in: soon).isEmpty)
    #expect(values("waltz_steps_needing_person", in: soon).allSatisfy { $0.hasSuffix(" 0") })
  }

  @Test("A wait's last forecast is there as quantiles, as far as it says when")
  func forecast() throws {
    var story = try RunStory.midway()
    let at = story.now
    try story.add(
      .waitSampled(
        step: 5,
        sample: .counted(
          AdoptionCount(
            counted: 4_200, adopted: 3_950, pendingOnline: 100, pendingOffline: 150, stale: 30,
            excluded: 0,
            forecast: WaitForecast(
              notBefore: at, historyHours: 400,
              ends: WaitForecast.Ends(
                early: at + .hours(10), median: at + .hours(20), late: nil,
                meetsDeadline: Share(millionths: 870_000), leavesBehind: 12,
                tomorrow: WaitForecast.Band(at: at + .days(1), adopted: 3_990...4_090)))))))
    let lines = lines(story)
    #expect(
      values("waltz_wait_forecast_timestamp_seconds", in: lines) == [
        #"{R,step="await-verification-disabled/paris",probability="0.1"} 1767895260"#,
        #"{R,step="await-verification-disabled/paris",probability="0.5"} 1767931260"#,
      ])
    #expect(
      values("waltz_wait_forecast_deadline_met_ratio", in: lines) == [
        #"{R,step="await-verification-disabled/paris"} 0.87"#
      ])
  }

  @Test("An executor that went is one, with its last sign of life")
  func executorGone() throws {
    let story = try RunStory.midway()
    let lines = lines(
      story, world: "lab",
      RunSurroundings(
        executor: .gone(
          name: "ann", since: Instant(milliseconds: 1_767_859_260_250), lasting: .hours(1))))
    #expect(
      values("waltz_executor_state", in: lines).filter { $0.hasSuffix(" 1") } == [
        #"{R,state="gone"} 1"#
      ])
    #expect(
      values("waltz_executor_last_seen_timestamp_seconds", in: lines) == ["{R} 1767859260.25"])
  }

  @Test("Every metric has its help and its type once, before all its values, also without runs")
  func shape() throws {
    let story = try RunStory.midway()
    let none = RunMetrics.text([], version: "0.1.0").split(separator: "\n")
    let names = none.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
    #expect(Set(names).count == names.count)
    var current: Substring = ""
    for line in lines(story) {
      if line.hasPrefix("# HELP ") { current = line.split(separator: " ")[2] }
      if !line.hasPrefix("#") {
        // A time after a value would make node_exporter leave the whole file out.
        #expect(line.hasPrefix(current + "{") && line.split(separator: " ").count == 2)
      }
    }
  }

  @Test("Nothing that a run's name holds ends a line or a label")
  func hostileNames() throws {
    let story = try RunStory.midway()
    let text = RunMetrics.text(
      [
        MeasuredRun(
          run: "a\"} 1\nwaltz_line_stopped{run=\"b\\", state: story.state, world: "real",
          now: story.now)
      ], version: "0.1.0")
    #expect(!text.contains("\nwaltz_line_stopped{run=\"b"))
    #expect(
      text.contains(#"waltz_line_stopped{run="a\"} 1<0x0A>waltz_line_stopped{run=\"b\\"} 0"#))
  }
}
