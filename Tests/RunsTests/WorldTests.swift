import Foundation
import RotationEngine
import RunStore
import Testing

@testable import Runs

@Suite("The world of a run")
struct WorldTests {
  /// An office with a run that waits for clients, and the path of its estate's log.
  private func waiting() async throws -> (office: Office, log: String) {
    let office = try Office()
    let outcome = try await office.simulate(Samples.oneServer(), until: .waiting)
    try #require(outcome.end == .resting(.clients))
    return (office, "\(office.state)/estates/\(Samples.run).log")
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  private func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  @Test("Naming stragglers does not touch the log, not even a line that is being written")
  func looking() async throws {
    let (office, log) = try await waiting()
    let torn = try text(log) + "{\"at\":\"20"
    try write(torn, log)
    let stragglers = try await office.desk.stragglers(
      of: try await office.desk.archive(of: nil))
    #expect(stragglers.count == 1)
    #expect(stragglers.values.first?.named.first?.name.hasPrefix("LYON-") == true)
    #expect(try text(log) == torn)
    #expect(try await office.goOn(until: .done).end == .succeeded)
    #expect(try text(log).hasPrefix(torn.dropLast("{\"at\":\"20".count)))
    try await office.expectIntact()
  }

  @Test(
    "A scenario may start in any year that leaves room before and after it",
    arguments: ["1970-01-01T00:00:00Z", "2999-12-31T23:59:59.999Z"])
  func starts(start: String) async throws {
    let office = try Office()
    let outcome = try await office.simulate(
      Samples.oneServer(), scenario: Samples.nobody("start: \(start)"), until: .waiting)
    #expect(outcome.end == .resting(.operator))
    #expect(outcome.state.startedAt == Instant(start))
    try await office.expectIntact()
  }

  @Test("A run whose log is missing or empty does not go on until it is back")
  func lost() async throws {
    let (office, log) = try await waiting()
    let text = try text(log)
    try FileManager.default.removeItem(atPath: log)
    func refused() async -> [RunError?] {
      [
        await refusal { _ = try await office.goOn(until: .done) },
        await refusal {
          _ = try await office.desk.stragglers(
            of: try await office.desk.archive(of: nil))
        },
      ]
    }
    for error in await refused() {
      #expect(error?.kind == .noWorld)
      #expect(error?.message.contains("\(log) is missing") == true, "\(error?.message ?? "")")
      #expect(error?.message.contains("start a new run") == true)
      #expect(!FileManager.default.fileExists(atPath: log))
    }
    try write(text.prefix { $0 != "\n" } + "\n", log)
    for error in await refused() {
      #expect(error?.message.contains("\(log) is empty") == true, "\(error?.message ?? "")")
    }
    try write(text, log)
    #expect(try await office.goOn(until: .done).end == .succeeded)
    try await office.expectIntact()
  }

  @Test("A stay that could not open its world gives the lease back")
  func leaseGivenBack() async throws {
    let (office, log) = try await waiting()
    try FileManager.default.removeItem(atPath: log)
    #expect(await refusal { _ = try await office.visit() } != nil)
    #expect(try await !office.desk.isHeld(Samples.run))
    #expect(try await office.desk.store.entry(of: Samples.run).lease == nil)
  }

  @Test("A run on real servers is not driven, and looked at by real time")
  func real() async throws {
    let office = try Office()
    let stay = try await office.start(Samples.oneServer(), in: .real())
    let error = await refusal { _ = try await stay.drive(until: .done) }
    #expect(error?.kind == .noWorld)
    #expect(error?.message.contains("real servers") == true)
    let now = Instant(milliseconds: 1)
    #expect(try await office.desk.archive(of: nil).time(now: now) == now)
    #expect(try await office.now().lastSequence == 0)
  }

  @Test("A kind of world that a newer version made is refused by its name")
  func unknown() async throws {
    let office = try Office()
    let stay = try await office.start(Samples.oneServer(), in: .unknown("cloud"))
    for error in [
      await refusal { _ = try await stay.drive(until: .done) },
      await refusal {
        _ = try await office.desk.stragglers(
          of: try await office.desk.archive(of: nil))
      },
    ] {
      #expect(error?.kind == .noWorld)
      #expect(error?.message.contains("`cloud`") == true, "\(error?.message ?? "")")
    }
    #expect(try await office.now().status == .new)
    try await office.expectIntact()
  }

  @Test("A run of format 1 goes on to its end and verifies")
  func formatOne() async throws {
    let state = NSTemporaryDirectory() + "waltz-runs-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: state + "/estates", withIntermediateDirectories: true)
    try Samples.copy("Tests/RunStoreTests/Files/format-1.db", to: state + "/state.db")
    try Samples.copy(
      "Tests/RunStoreTests/Files/format-1.log", to: state + "/estates/\(Samples.run).log")
    try await Office.adopt(state)
    let office = try Office(at: state)
    try await office.expectIntact()
    let outcome = try await office.goOn(until: .done)
    #expect(outcome.end == .succeeded)
    #expect(outcome.state.figures?.orphans == 0)
    try await office.expectIntact()
  }
}
