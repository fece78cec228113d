import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("The verifier's diagnostics")
struct VerifyDiagnosticTests {
  private func position(_ id: String, _ graph: StepGraph) throws -> Int {
    try #require(graph.stepsByID()[id])
  }

  @Test("An update that follows the disabling directly is shown with the path that skips the wait")
  func skippedWait() throws {
    let graph = lower(RotationShape.single.plan)
    var mutation = GraphMutation(graph)
    let update = try position("update-certificate/paris/s0", graph)
    mutation.dependencies[update] = [Int32(try position("disable-verification/paris", graph))]
    let found = verify(mutation.graph)
    let first = try #require(found.first { $0.code == "G001" })
    #expect(
      first.detail == """
        `update-certificate/paris/s0` can start without `await-verification-disabled/paris` before it. \
        Clients that still verify the old certificate are orphaned by the new one. The shortest path: \
        check-certificate/paris/s0 → record-settings/paris → switch-clients-to-http/paris → \
        disable-verification/paris → update-certificate/paris/s0.
        """)
    #expect(first.severity == .error)
    #expect(first.span == graph.plan.sites[0].servers[0].name.span)
    #expect(first.related.map(\.span) == [graph.plan.sites[0].name.span])
    // Nothing waits for the skipped wait any more, so that the site is confirmed while it may go on.
    #expect(found.map(\.code) == ["G001", "G005"])
  }

  @Test("Steps in the wrong order are shown with the path from the one that is too early")
  func reversed() throws {
    let graph = lower(RotationShape.single.plan)
    var mutation = GraphMutation(graph)
    mutation.swapActions(
      try position("await-certificate-received/paris", graph),
      try position("enable-verification/paris", graph))
    let first = try #require(verify(mutation.graph).first { $0.code == "G006" })
    #expect(
      first.detail == """
        `enable-verification/paris` comes before `await-certificate-received/paris`. Clients that \
        verify before they have the new certificate are orphaned. The shortest path: \
        enable-verification/paris → await-certificate-received/paris.
        """)
  }

  @Test("A circle is shown as the steps that wait for each other")
  func circle() throws {
    let graph = lower(RotationShape.single.plan)
    var mutation = GraphMutation(graph)
    let update = try position("update-certificate/paris/s0", graph)
    mutation.dependencies[update].append(Int32(update + 2))
    let found = verify(mutation.graph)
    #expect(found.map(\.code) == ["G008"])
    let detail = try #require(found.first?.detail)
    #expect(detail.contains("verify-certificate/paris/s0 → update-certificate/paris/s0"))
    #expect(detail.contains("update-certificate/paris/s0 → restart-services/paris/s0"))
  }

  @Test("A partnership that breaks late is shown with the partnership's place")
  func lateBreak() throws {
    let graph = lower(RotationShape.twoSites.plan)
    var mutation = GraphMutation(graph)
    let broken = try position("break-replication/berlin+paris", graph)
    mutation.drop(Int32(broken), of: try position("switch-clients-to-http/berlin", graph))
    let found = verify(mutation.graph)
    let first = try #require(found.first { $0.code == "G003" })
    #expect(
      first.detail.hasPrefix(
        "`switch-clients-to-http/berlin` can start without `break-replication/berlin+paris`"))
    #expect(first.detail.hasSuffix("It does not wait for anything."))
  }

  @Test("One mistake in the compiler that repeats is reported a bounded number of times")
  func bounded() {
    let sites = (0..<200).map { number in
      Site(
        name: Located("s\(number)"),
        servers: [
          Server(name: Located("a"), address: Located("a"), certificate: Located("c"))
        ])
    }
    var mutation = GraphMutation(lower(RotationPlan(name: Located("many"), sites: sites)))
    for step in mutation.steps.indices where mutation.steps[step].action == .updateCertificate {
      mutation.dependencies[step] = []
    }
    #expect(verify(mutation.graph).count == 50)
  }

  @Test("Pages of the graph stage have codes in order, short titles and both examples")
  func pages() {
    let pages = CatalogueEntry.graphPages
    #expect(pages.map(\.code) == (1...12).map { "G0" + ($0 < 10 ? "0" : "") + "\($0)" })
    for page in pages {
      #expect(page.title.count <= 60 && !page.title.hasSuffix("."), "\(page.code)")
      #expect(!page.bad.isEmpty && !page.good.isEmpty && page.bad != page.good, "\(page.code)")
    }
  }
}
