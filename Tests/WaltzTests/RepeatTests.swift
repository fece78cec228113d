import CanonicalJSON
import TestSupport
import Testing

@Suite("Runs that are made again")
struct RepeatTests {
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
}
