import CanonicalJSON
import Testing

@Suite("Runs that are made again")
struct RepeatTests {
  @Test("The same plan, scenario and seed give the same events; another seed gives others")
  func sameSeed() async throws {
    let scenario = Repository.root + "/plans/scenarios/flaky-servers.yaml"
    var outputs: [String] = []
    for seed in ["7", "7", "8"] {
      let run = try await Desk().simulate(
        Repository.oneServer, "--scenario", scenario, "--seed", seed, "--format", "json")
      #expect(run.status == 0, "\(run.errors)")
      outputs.append(run.output)
    }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0] != outputs[2])
  }

  @Test("`events` prints what `run --format json` printed")
  func eventsAreWhatWasPrinted() async throws {
    let desk = try Desk()
    let run = try await desk.simulate(Repository.oneServer, "--format", "json")
    #expect(run.status == 0)
    let listed = try await desk.onState("events")
    #expect(listed.output == run.output)
    let later = try await desk.onState("events", "one-server-1", "--from", "10")
    #expect(later.output.hasPrefix("{\"seq\":10,"))
    #expect(listed.output.hasSuffix(later.output))
  }

  @Test("Visits with --until waiting end where one uninterrupted run ends")
  func visits() async throws {
    let whole = try Desk()
    let plan = try whole.unhurriedPlan()
    #expect(try await whole.simulate(plan).status == 0)
    let desk = try Desk()
    var statuses = [try await desk.simulate(plan, "--until", "waiting").status]
    while statuses.last == 10, statuses.count < 100 {
      statuses.append(try await desk.onState("resume", "--until", "waiting").status)
    }
    #expect(statuses.last == 0)
    #expect(statuses.count > 10, "\(statuses)")
    #expect(try await desk.stepStates() == whole.stepStates())
    #expect(try await desk.status()["figures"]?["orphans"]?.integer == 0)
    // Every stay resumes the same attempts: no wait begins anew.
    let started = try await desk.events().steps("step-started")
    #expect(started.count == Set(started).count)
    try await desk.expectIntact()
  }
}
