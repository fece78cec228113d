import CanonicalJSON
import Foundation
import PlanModel
import PlanText
import RotationEngine
import TestSupport
import Testing

@testable import Reports

extension RunStory {
  /// The report of what happened so far.
  func report(plan: String = "name: emea-2026\n", world: String = "simulated") throws -> RunReport {
    var fold = RunReportFold(graph: state.graph)
    for event in events { try fold.take(event) }
    return fold.report(
      RunReport.Origin(
        run: Self.id, world: world, toolVersion: "0.1.0", createdAt: Self.beginning,
        createdBy: "ann", planPath: "plans/emea.yaml",
        plan: ShownSource(SourceText(name: "plan", text: plan)) { _ in HiddenText() },
        head: String(repeating: "ab", count: 32)),
      now: now, surroundings: RunSurroundings())
  }
}

@Suite("The report of a run")
struct RunReportTests {
  @Test("It says what an auditor asks: verdict, exposure from and to, gates, failures, head")
  func finished() throws {
    let text = try RunStory.finished().report().markdown
    for line in [
      "# Run `emea-2026-1`: succeeded",
      "- **Clients:** 0 orphans: every client can talk to its servers",
      "- **Verification:** off at 2 sites, the longest `paris` for 98 h (4d 2h); on again everywhere",
      "| `paris` | signatures are not checked | 2026-01-05 08:00Z to 2026-01-09 10:02Z | 98 h (4d 2h) | ",
      "| `berlin+paris` | replication is broken | 2026-01-05 08:00Z to 2026-01-09 10:02Z | 98 h (4d 2h) | ",
      "| `update-certificate/berlin/sepm-ber-01` | 2026-01-08 08:01Z | 2026-01-08 10:01Z | `ben` | `done` |",
      "No attempt failed, and none was cut short.",
      "waltz verify emea-2026-1 --expect 47:abab",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
  }

  @Test("Failures come with what followed, exceptions with who answers for them")
  func failed() throws {
    let text = try RunStory.failed().report().markdown
    #expect(
      text.contains(
        "timed out: `semsrv did not answer within 15m.` | attempt 2 at 2026-01-08 08:02Z |"),
      "\(text)")
    #expect(
      text.contains("| step skipped | 2026-01-08 08:01Z | `await-verification-disabled/paris` |"))
    #expect(text.contains("| `ann` | `enough` |"))
    #expect(text.contains("still off: `berlin`"))
  }

  @Test("A run under way says what is asked of whom, with the command")
  func midway() throws {
    let html = try RunStory.midway().report().html
    #expect(html.contains("<h2 id=\"now-title\">Where it stands</h2>"))
    #expect(
      html.contains("waltz approve emea-2026-1 update-certificate/berlin/sepm-ber-01 --note TEXT"))
    #expect(html.contains("Open Admin, Servers, sepm-ber-01"))
  }

  @Test("HTML is one file without scripts, styles in elements or anything from elsewhere")
  func policy() throws {
    let html = try RunStory.finished().report().html
    let read = try HTMLReading(html)
    #expect(read.elements["script"] == nil)
    #expect(read.attributes.isDisjoint(with: ["style", "src", "onclick", "srcset", "data"]))
    #expect(read.values["href"]?.allSatisfy { $0.hasPrefix("#") } == true)
    #expect(!read.style.contains("url(") && !read.style.contains("@import"))
    let digest = HTMLPage(language: "en", title: "", style: DocumentStyle.text, body: HTML()).text
    let policy = try #require(digest.firstMatch(of: /style-src 'sha256-[^']+'/)?.output)
    #expect(html.contains(policy))
    #expect(read.style == DocumentStyle.text.description)
    // What goes through a terminal or into a file are the same bytes.
    #expect(Printout(report: html).text == html)
    // Every drawing is named, or says what its row says.
    #expect(
      read.elements["svg"] == (read.values["role"]?.count { $0 == "img" } ?? 0)
        + (read.values["aria-hidden"]?.count ?? 0))
    #expect(read.elements["caption"] == read.elements["table"])
    #expect(read.values["scope"]?.count == read.elements["th"])
  }

  @Test("JSON has every count, whatever the drawings leave out")
  func json() throws {
    let story = try RunStory.finished()
    let json = try JSONValue(parsing: Array(try story.report().json.utf8))
    #expect(json["formatVersion"]?.string == "1.0")
    #expect(json["status"]?.string == "succeeded")
    #expect(json["head"]?["sequence"]?.integer == Int64(story.events.count))
    let samples = story.events.count { if case .waitSampled = $0.kind { true } else { false } }
    #expect(json["waits"]?.array?.reduce(0) { $0 + ($1["samples"]?.array?.count ?? 0) } == samples)
    #expect(json["steps"]?.array?.count == story.state.steps.count)
    let off = try #require(
      json["exposures"]?.array?.filter { $0["opening"]?.string == "verification-off" })
    #expect(
      off.map { $0["seconds"]?.integer }
        == story.state.figures?.verificationOff.map { Int64($0.seconds) })
    #expect(json["gates"]?.array?.first?["outcome"]?.string == "confirmed")
  }

  @Test(
    "Every journal has a report in every format, and nothing in it is forged",
    arguments: HostileText.seeds(40))
  func total(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let story = try RunStory.random(&random, length: Int.random(in: 1...150, using: &random))
    let report = try story.report(
      plan: HostileText.text(&random) + "\n</pre><script>", world: random.pick(["real", "lab"]))
    _ = try JSONValue(parsing: Array(report.json.utf8))
    let read = try HTMLReading(report.html)
    #expect(read.elements["script"] == nil)
    #expect(Printout(report: report.html).text == report.html)
    let markdown = report.markdown
    #expect(Printout(report: markdown).text == markdown)
    let ofPlan = Set(
      report.origin.planText.split(separator: "\n").map { visibleBesideTabs(String($0)) })
    for line in markdown.split(separator: "\n") where line.hasPrefix(HostileText.mark) {
      // Lines of the plan stand between fences, and are its own.
      #expect(ofPlan.contains(String(line)), "\(line)")
    }
    let lengths = report.exposures.filter { $0.opening == .verificationOff }.map(\.seconds)
    #expect(
      lengths == story.state.sitesWithVerificationOff(at: report.overview.until).map(\.seconds))
  }

  @Test(
    "The report of a hundred sites, polled every quarter of an hour for weeks, has at most 300 KB")
  func size() throws {
    let html = try RunStory.hundredSites().report(
      plan: String(
        repeating: "      sepm-par-01: { address: sepm-par-01.example.net }\n", count: 700)
    ).html
    _ = try HTMLReading(html)
    #expect(html.utf8.count <= 300_000, "\(html.utf8.count)")
  }
}
