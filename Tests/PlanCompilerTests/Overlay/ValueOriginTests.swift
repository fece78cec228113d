import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText
import Reports
import Testing

@Suite("Where values come from") struct ValueOriginTests {
  private func origins(_ overlaid: Overlaid) throws -> [ValueOrigin] {
    valueOrigins(of: try #require(overlaid.syntax.documents.first), in: overlaid.sources)
  }

  @Test("Every value has its path and its place, the plan's and the overlay's") func places() throws
  {
    let overlaid = Overlaid(OverlayTests.plan, "sites:\n  paris:\n    clients: 20\n")
    let origins = try origins(overlaid)
    func place(_ path: String) -> String? {
      origins.first { $0.path == path }?.span.map(overlaid.place)
    }
    #expect(place("sites.paris.clients") == "overlay-1.yaml: 20")
    #expect(place("sites.paris.servers.p1.address") == "plan.yaml: p1.example.net")
    #expect(place("strategy.waves[1][0]") == "plan.yaml: berlin")
    #expect(Set(origins.map(\.path)).count == origins.count)
  }

  @Test("What is left out has its default, once for all waits") func defaults() throws {
    let origins = try origins(Overlaid(OverlayTests.plan))
    let defaults = origins.filter { $0.span == nil }.map { "\($0.path)=\($0.value)" }
    #expect(defaults.contains("strategy.serversAtOnce=1"))
    #expect(defaults.contains("waits.default.deadline=14d"))
    #expect(!defaults.contains { $0.hasPrefix("waits.default.adopted") })
    #expect(!defaults.contains { $0.hasPrefix("waits.verification-disabled") })
  }

  @Test("What may be a secret is masked in table and JSON") func secrets() throws {
    let overlaid = Overlaid(
      OverlayTests.plan, "certificates: { c: { password: hunter2hunter2 } }")
    let origins = try origins(overlaid)
    #expect(origins.contains { $0.path == "certificates.c.password" && $0.value == "***" })
    let table = OriginTable.text(of: origins, in: overlaid.sources, TextLayout())
    let json = OriginJSON.text(of: origins, plan: "base", in: overlaid.sources)
    #expect(!table.contains("hunter2") && !json.contains("hunter2"))
    #expect(table.contains("overlay-1.yaml:1"))
  }

  @Test("A key that would be read wrongly is quoted") func keys() throws {
    let overlaid = Overlaid(OverlayTests.plan, "metadata: { labels: { 'a.b': c, \"it's\": d } }")
    let paths = try origins(overlaid).map(\.path)
    #expect(paths.contains("metadata.labels.'a.b'") && paths.contains("metadata.labels.'it''s'"))
  }
}
