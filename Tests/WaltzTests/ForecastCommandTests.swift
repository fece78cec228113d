import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("waltz plan forecast", .timeLimit(.minutes(10)))
struct ForecastCommandTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private func forecast(_ more: String...) async throws -> Desk.Outcome {
    try await desk.waltz(["plan", "forecast", Repository.oneServer] + more)
  }

  @Test("A table of figures with intervals, the same for the same seeds, and nothing is kept")
  func table() async throws {
    let first = try await forecast("--runs", "3")
    #expect(first.status == 0 && first.errors == "", "\(first)")
    for words in [
      "3 simulated runs of ", "seeds 0 to 2", "comes to its end", "3 of 3", "ends, in the middle",
      "runs that lose clients", "is the longest wait.",
    ] { #expect(first.output.contains(words), "\(words) in \(first.output)") }
    #expect(try await forecast("--runs", "3").output == first.output)
    #expect(!FileManager.default.fileExists(atPath: desk.folder + "/.waltz"))
  }

  @Test("Changes stand beside the plan, in JSON as well")
  func whatIf() async throws {
    let outcome = try await forecast(
      "--runs", "2", "--seed", "7", "--start", "2026-06-01", "--format", "json",
      "--what-if", "waits.default.minimum=9d", "--what-if", "waits.default.adopted=85%")
    #expect(outcome.status == 0, "\(outcome)")
    let json = try outcome.json()
    #expect(json["runs"]?.integer == 2 && json["seed"]?.integer == 7)
    #expect(json["start"]?.string == "2026-06-01T08:00:00.000Z")
    let columns = try #require(json["columns"]?.array)
    #expect(
      columns.map { $0["whatIf"]?.string } == [
        nil, "waits.default.minimum=9d", "waits.default.adopted=85%",
      ])
    #expect(Set(columns.compactMap { $0["digest"]?.string }).count == 3)
    func took(_ column: JSONValue) -> Int64 { column["seconds"]?["q50"]?.integer ?? 0 }
    #expect(took(columns[1]) > took(columns[0]) + 5 * 86_400)
    let text = try await forecast("--runs", "2", "--what-if", "waits.default.minimum=9d")
    #expect(text.output.contains("A  In the middle it takes "), "\(text.output)")
  }

  @Test("An absence of the plan's calendar moves the end, or is said to be missed")
  func calendar() async throws {
    let plan = try desk.write(
      try Repository.text(Repository.oneServer)
        + """

        calendar:
          timeZone: Europe/Berlin
          absences:
            - { from: 2096-12-10, to: 2096-12-20, share: 40% }

        """, as: "plan.yaml")
    let missed = try await desk.waltz("plan", "forecast", plan, "--runs", "2")
    #expect(
      missed.output.contains("`--start 2096-12-03` has them begin a week before"), "\(missed)")
    func took(_ start: String) async throws -> Int64 {
      let json = try await desk.waltz(
        "plan", "forecast", plan, "--runs", "2", "--start", start, "--format", "json"
      ).json()
      return json["columns"]?.array?.first?["seconds"]?["q50"]?.integer ?? 0
    }
    let (away, there) = (try await took("2096-12-10"), try await took("2096-10-10"))
    #expect(there > 0 && away > there, "\(away) \(there)")
  }

  @Test("What cannot be tried is a mistake of who typed it")
  func mistakes() async throws {
    for arguments in [
      ["--runs", "0"], ["--start", "tomorrow"], ["--what-if", "waits"], ["--lab", "lab"],
      ["--live", "--start", "2026-01-01"], ["--what-if", "=9d"],
    ] {
      let outcome = try await desk.waltz(["plan", "forecast", Repository.oneServer] + arguments)
      #expect(outcome.status == 2, "\(arguments): \(outcome)")
    }
    let unknown = try await forecast("--what-if", "waits.default.minimun=9d")
    #expect(unknown.status == 1 && unknown.errors.contains("minimun"), "\(unknown)")
  }

  @Test("By the clients of a site as they are now, with and without a week of looks")
  func live() async throws {
    let lab = try await ServedLab(desk)
    let arguments = ["plan", "forecast", "quickstart.yaml", "--live", "--lab", "lab"]
    let json = try await desk.waltz(
      arguments + ["--format", "json", "--what-if", "waits.default.minimum=9d"])
    #expect(json.status == 0, "\(json)")
    let document = try json.json()
    #expect(document["sites"]?.array?.map { $0["site"]?.string } == ["paris", "berlin"])
    #expect(
      document["sites"]?.array?.allSatisfy {
        $0["clients"]?.integer ?? 0 > 100 && $0["watchedHours"] == .null
      } == true)
    let columns = try #require(document["columns"]?.array)
    let ends = columns.map { $0["ends"]?["q50"]?.string ?? "" }
    let least = columns.map { $0["notBefore"]?.string ?? "" }
    #expect(ends.count == 2 && ends[0] > least[0] && ends[1] > ends[0], "\(document)")
    let text = try await desk.waltz(arguments)
    #expect(text.status == 0 && text.output.contains("ends, in the middle"), "\(text)")
    #expect(text.output.contains("`waltz observe` for a week tells more"), "\(text)")
    let log = try await desk.waltz("lab", "log", "--state", "lab").json()
    #expect(log["entries"]?.array?.isEmpty == true, "\(log)")
    #expect(await lab.interrupt() == 0)
    let desk = desk
    let gone = try await desk.waltz(arguments)
    #expect(gone.status == 3 && gone.output == "", "\(gone)")
  }

  @Test("A difference of plans shows what it changes of the forecast, where asked")
  func difference() async throws {
    let new = try desk.write(
      try Repository.text(Repository.oneServer) + "\n# the same\n", as: "same.yaml")
    let same = try await desk.waltz(
      "plan", "diff", Repository.oneServer, new, "--forecast", "--runs", "2")
    #expect(same.status == 0 && !same.output.contains("Forecast"), "\(same)")
    let graph = desk.folder + "/longer.json"
    let overlay = try desk.write(
      "waits: { default: { minimum: 9d } }\n", as: "longer.yaml")
    #expect(
      try await desk.waltz(
        "plan", "compile", Repository.oneServer, "--overlay", overlay, "-o", graph
      ).status == 0)
    let text = try await desk.waltz(
      "plan", "diff", Repository.oneServer, graph, "--forecast", "--runs", "2")
    #expect(text.status == 4 && text.output.contains("of one-server before the change"), "\(text)")
    #expect(text.output.contains("\n  In the middle it takes "), "\(text)")
    let json = try await desk.waltz(
      "plan", "diff", Repository.oneServer, graph, "--forecast", "--runs", "2", "--format", "json")
    let forecast = try #require(try json.json()["plans"]?.array?.first?["forecast"])
    #expect(forecast["columns"]?.array?.count == 2)
    let comment = try await desk.waltz(
      "plan", "diff", Repository.oneServer, graph, "--forecast", "--runs", "2", "--format",
      "markdown")
    for words in [
      "2 simulated runs of `one-server` before the change and after it", "| | before | after |",
      "| verification off, `lyon` |", "| `await-certificate-received/lyon` |",
      "\n- In the middle it takes ",
    ] {
      #expect(comment.output.contains(words), "\(words) in \(comment)")
    }
  }
}
