import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("waltz observe")
struct ObserveTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private func observe(_ more: String...) async throws -> Desk.Outcome {
    try await desk.waltz(["observe", "quickstart.yaml", "--lab", "lab"] + more)
  }

  private static func time(_ value: JSONValue?) throws -> Date {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    return try #require(formatter.date(from: value?.string ?? ""))
  }

  @Test("It says what it saw, goes on where it stopped, and changes nothing")
  func sees() async throws {
    let lab = try await ServedLab(desk)
    let first = try await observe("--once", "--format", "json")
    #expect(first.status == 0, "\(first)")
    let sites = try #require(try first.json()["sites"]?.array)
    #expect(sites.map { $0["site"]?.string } == ["paris", "berlin"])
    #expect(sites.allSatisfy { $0["seen"]?.bool == true })
    #expect(sites.allSatisfy { $0["clients"]?.integer ?? 0 > 0 })
    #expect(sites.allSatisfy { $0["outlook"]?["counted"]?.integer ?? 0 > 0 })
    #expect(sites.allSatisfy { $0["contacts"]?["hours"]?.integer == 0 })
    // In the lab's time: three looks an hour, for three hours and more, in which two hours are whole wherever they begin.
    for _ in 0..<11 {
      _ = try await desk.waltz("lab", "time", "--advance", "20m", "--state", "lab")
      #expect(try await observe("--once", "--names", "0").status == 0)
    }
    let text = try await observe("--once")
    #expect(text.status == 0 && text.errors == "", "\(text)")
    #expect(text.output.contains("Nothing was changed at any site."))
    #expect(text.output.contains("hours watched since "), "\(text)")
    let log = try await desk.waltz("lab", "log", "--state", "lab").json()
    #expect(log["entries"]?.array?.isEmpty == true, "\(log)")
    #expect(await lab.interrupt() == 0)
  }

  @Test("A site that does not answer is said, with status 3, and the others are seen")
  func silent() async throws {
    let lab = try await ServedLab(desk)
    _ = try await desk.waltz(
      "lab", "fault", "closed-port", "paris/sepm-par-01", "--path", "api", "--state", "lab")
    let some = try await observe("--once", "--format", "json")
    #expect(some.status == 3, "\(some)")
    #expect(some.errors.contains("paris could not be looked at: "), "\(some)")
    #expect(try some.json()["sites"]?.array?.map { $0["seen"]?.bool } == [false, true])
    let desk = desk
    #expect(await lab.interrupt() == 0)
    let gone = try await desk.waltz("observe", "quickstart.yaml", "--lab", "lab", "--once")
    #expect(gone.status == 3 && gone.output == "", "\(gone)")
  }

  @Test("It looks for as long as it is told to, and ends with what it saw at an interrupt")
  func stays() async throws {
    let lab = try await ServedLab(desk)
    let fast = try await desk.waltz("lab", "time", "--speed", "3600", "--state", "lab").json()
    let began = try Self.time(fast["now"])
    let timed = try await observe("--for", "3h", "--every", "20m", "--format", "json")
    #expect(timed.status == 0, "\(timed)")
    let last = try Self.time(timed.json()["sites"]?.array?.first?["at"])
    #expect(last.timeIntervalSince(began) >= 2 * 3_600, "\(began), \(last)")

    let process = desk.process([
      "observe", "quickstart.yaml", "--lab", "lab", "--format", "json", "--every", "1h",
    ])
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    let ends = process.endStatuses()
    try process.run()
    // Long enough for it to listen, which shows in what it says.
    try await Task.sleep(for: .seconds(4))
    process.interrupt()
    for await status in ends { #expect(status == 0) }
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said.contains("this look is the last"), "\(said)")
    let line = Array(output.fileHandleForReading.readDataToEndOfFile())
    #expect(try JSONValue(parsing: line)["sites"]?.array?.count == 2)
    #expect(await lab.interrupt() == 0)
  }
}
