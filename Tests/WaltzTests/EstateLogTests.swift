import Foundation
import Testing

@Suite("The simulated estate's log beside the journal", .timeLimit(.minutes(2)))
struct EstateLogTests {
  /// A desk with a run that waits for clients, and the path of its estate's log.
  private func waiting() async throws -> (desk: Desk, log: String) {
    let desk = try Desk()
    let run = try await desk.simulate(Repository.oneServer, "--until", "waiting")
    try #require(run.status == 10, "\(run.errors)")
    return (desk, "\(desk.state)/estates/\(Desk.run).log")
  }

  @Test("`status --stragglers` does not touch the log, not even a line that is being written")
  func statusReads() async throws {
    let (desk, log) = try await waiting()
    let torn = try Repository.text(log) + "{\"at\":\"20"
    try Data(torn.utf8).write(to: URL(filePath: log))
    let told = try await desk.onState("status", "--stragglers")
    #expect(told.status == 0, "\(told.errors)")
    #expect(told.output.contains("LYON-"), "\(told.output)")
    #expect(try Repository.text(log) == torn)
    #expect(try await desk.onState("resume").status == 0)
    #expect(try Repository.text(log).hasPrefix(torn.dropLast("{\"at\":\"20".count)))
    try await desk.expectIntact()
  }

  @Test("A run whose log is missing or empty stops with 3, and goes on once it is back")
  func lost() async throws {
    let (desk, log) = try await waiting()
    let text = try Repository.text(log)
    try FileManager.default.removeItem(atPath: log)
    for command in [["resume"], ["status", "--stragglers"]] {
      let refused = try await desk.waltz(command + ["--state", desk.state])
      #expect(refused.status == 3)
      #expect(refused.errors.contains("\(log) is missing"), "\(refused.errors)")
      #expect(refused.errors.contains("start a new run"))
      #expect(!FileManager.default.fileExists(atPath: log))
    }
    #expect(try await desk.onState("status").status == 0)
    let header = text.prefix { $0 != "\n" } + "\n"
    try Data(header.utf8).write(to: URL(filePath: log))
    let refused = try await desk.onState("resume")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("\(log) is empty"), "\(refused.errors)")
    try Data(text.utf8).write(to: URL(filePath: log))
    let resumed = try await desk.onState("resume")
    #expect(resumed.status == 0, "\(resumed.errors)")
    try await desk.expectIntact()
  }
}
