import CanonicalJSON
import PlanModel
import Reports
import RotationGraph
import Testing

@Suite("A graph is shown as JSON")
struct GraphShowJSONTests {
  private func document() throws -> JSONValue {
    try JSONValue(parsing: Array(PlanShowJSON.text(of: GraphSamples.sealed()).utf8))
  }

  @Test("The members are those of docs/FORMATS.md, in its order, absent ones null")
  func members() throws {
    let document = try document()
    #expect(document.object?.map(\.name) == ["formatVersion", "plan", "calendar", "steps"])
    #expect(document["formatVersion"]?.string == "1.0")
    #expect(document["plan"]?["name"]?.string == "emea-2026")
    #expect(document["plan"]?["digest"]?.string == GraphSamples.sealed().digest)
    for step in try #require(document["steps"]?.array) {
      #expect(
        step.object?.map(\.name) == [
          "id", "action", "site", "server", "partnership", "channel", "effect", "dependsOn",
          "reversal", "pointOfNoReturn",
        ])
    }
  }

  @Test("Steps of servers, sites and partnerships name what they are about")
  func steps() throws {
    let steps = try #require(try document()["steps"]?.array)
    func step(_ id: String) throws -> JSONValue {
      try #require(steps.first { $0["id"]?.string == id })
    }
    let update = try step("update-certificate/paris/s0")
    #expect(update["site"]?.string == "paris" && update["server"]?.string == "s0")
    #expect(update["partnership"] == .null)
    #expect(update["channel"]?.string == "operator" && update["effect"]?.string == "observable")
    #expect(update["dependsOn"] == .array([.string("await-verification-disabled/paris")]))
    #expect(update["reversal"]?.string == "restore-certificate/paris/s0")
    #expect(update["pointOfNoReturn"] == .bool(false))
    let broken = try step("break-replication/berlin+paris")
    #expect(broken["site"] == .null && broken["server"] == .null)
    #expect(broken["partnership"]?.string == "berlin+paris")
    let upgrade = try step("upgrade-server/paris/s0")
    #expect(upgrade["reversal"] == .null && upgrade["pointOfNoReturn"] == .bool(true))
    let wait = try step("await-https-restored/berlin")
    #expect(wait["effect"]?.string == "wait" && wait["server"] == .null)
    #expect(try step("check-server/paris/s0")["dependsOn"] == .array([]))
  }
}

@Suite("A graph is shown as a table")
struct GraphShowTableTests {
  @Test(
    "The end says how long it takes, how exposed it leaves things and how often people are asked")
  func figures() throws {
    let sealed = GraphSamples.sealed()
    let lines = PlanShowTable.text(of: sealed, width: 120).split(separator: "\n")
    let figures = RotationFigures(sealed.graph)
    let duration = try #require(lines.first { $0.hasPrefix("duration") })
    #expect(duration.contains("d") && duration.contains("(at worst "))
    #expect(lines.contains { $0.hasPrefix("verification off, longest site  ") })
    #expect(lines.contains { $0.hasPrefix("replication broken, longest") })
    let gates = try #require(lines.first { $0.hasPrefix("gates for a person") })
    #expect(gates.hasSuffix(" \(figures.counts.gates)"))
    #expect(
      lines.contains { $0.contains("hold at the deadline") } == (figures.waitsThatHold > 1))
  }

  @Test("The headline counts, steps have numbers, and points of no return are marked")
  func content() {
    let lines = PlanShowTable.text(of: GraphSamples.sealed(), width: 120)
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[0] == "emea-2026: 2 sites, 2 servers, 1 partnership, 39 steps, 18 gates")
    #expect(lines[1].hasPrefix("sha256:"))
    #expect(lines[3].hasPrefix(" #   STEP"))
    #expect(lines[4] == " 1   check-certificate/paris/s0          probe     readOnly")
    #expect(lines.contains { $0.contains("⚠ upgrade-server/paris/s0") })
    #expect(
      lines.contains { $0.contains("break-replication/berlin+paris") && $0.hasSuffix("3, 4, 7, 8") }
    )
    #expect(lines.contains { $0.hasPrefix("⚠ point of no return") })
  }

  @Test("Lines fit the width as long as ids keep a dozen characters", arguments: [60, 72, 80, 100])
  func width(_ width: Int) {
    let long = GraphSamples.sealed(
      site: "a-site-with-quite-a-long-name", server: "a-server-with-quite-a-long-name")
    let lines = PlanShowTable.text(of: long, width: width)
      .split(separator: "\n").dropFirst(2).filter { !$0.hasPrefix("⚠") }
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines.prefix { !$0.hasPrefix("duration") && !$0.hasPrefix("waits") }.count == 40)
  }
}

@Suite("A graph is drawn")
struct GraphDrawTests {
  @Test("DOT and Mermaid have every step and every edge once, and a frame for each site")
  func complete() {
    let sealed = GraphSamples.sealed()
    let edges = sealed.graph.dependencies.targets.count
    let dot = PlanShowDOT.text(of: sealed).split(separator: "\n")
    #expect(dot.first == "digraph \"emea-2026\" {" && dot.last == "}")
    #expect(dot.filter { $0.contains(" -> ") }.count == edges)
    #expect(dot.filter { $0.contains("[label=") }.count == sealed.graph.steps.count)
    #expect(dot.filter { $0.contains("subgraph cluster_") }.count == 2)
    let mermaid = PlanShowMermaid.text(of: sealed).split(separator: "\n")
    #expect(mermaid.first == "flowchart TD")
    #expect(mermaid.filter { $0.contains(" --> ") }.count == edges)
    #expect(mermaid.filter { $0.contains("subgraph ") }.count == 2)
    #expect(mermaid.filter { $0 == "  end" }.count == 2)
    #expect(mermaid.contains { $0.hasPrefix("  class s") && $0.hasSuffix(" noReturn") })
  }

  @Test("Kinds of steps have shapes of their own")
  func shapes() {
    let dot = PlanShowDOT.text(of: GraphSamples.sealed()).split(separator: "\n")
    func line(_ id: String) -> Substring { dot.first { $0.contains("tooltip=\"\(id)\"") } ?? "" }
    #expect(line("check-server/paris/s0").contains("shape=ellipse"))
    #expect(line("restart-services/paris/s0").contains("shape=box]"))
    #expect(line("update-certificate/paris/s0").contains("shape=box, peripheries=2]"))
    #expect(line("await-https-restored/paris").contains("shape=hexagon"))
    #expect(line("upgrade-server/paris/s0").contains("color=red"))
  }

  @Test("Names that mean something to DOT or Mermaid are escaped")
  func escapes() {
    let odd = GraphSamples.sealed(site: "a\"]; end #1", server: "x\\y<b>")
    let dot = PlanShowDOT.text(of: odd)
    #expect(dot.contains("label=\"a\\\"]; end #1\""))
    #expect(dot.contains("\\nx\\\\y<b>\""))
    let mermaid = PlanShowMermaid.text(of: odd)
    #expect(mermaid.contains("[\"a#34;]#59; end #35;1\"]"))
    #expect(mermaid.contains("<br/>x#92;y#60;b#62;"))
  }
}
