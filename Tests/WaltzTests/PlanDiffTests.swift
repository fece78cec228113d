import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("waltz plan diff")
struct PlanDiffTests {
  private func quickstart() throws -> String { try Repository.text(Repository.quickstart) }

  @Test("Ends with 0 where nothing differs, with 4 where plans do")
  func files() async throws {
    let desk = try Desk()
    let old = try desk.write(try quickstart(), as: "old.yaml")
    let same = try desk.write("# a comment\n" + (try quickstart()), as: "same.yaml")
    let new = try desk.write(
      try quickstart().replacing("adopted: 95%", with: "adopted: 90%"), as: "new.yaml")
    let none = try await desk.waltz("plan", "diff", old, same)
    #expect(none.status == 0)
    #expect(none.output == "quickstart: no difference\n")
    let some = try await desk.waltz("plan", "diff", old, new)
    #expect(some.status == 4)
    #expect(some.output.contains("every wait passes at 90% instead of 95%"))
    #expect(!some.output.contains("\u{1B}"))
    let again = try await desk.waltz("plan", "diff", old, new)
    #expect(again.output == some.output)
  }

  @Test("Takes compiled graphs and standard input on either side")
  func graphs() async throws {
    let desk = try Desk()
    let changed = try quickstart().replacing("clients: 900", with: "clients: 901")
    let graph = desk.folder + "/graph.json"
    let compiled = try await desk.waltz("plan", "compile", Repository.quickstart, "-o", graph)
    #expect(compiled.status == 0)
    #expect(try await desk.waltz("plan", "diff", graph, Repository.quickstart).status == 0)
    let piped = try await desk.waltz(
      "plan", "diff", graph, "-", "--format", "json", input: changed)
    #expect(piped.status == 4)
    let plan = try #require(try piped.json()["plans"]?.array?.first)
    #expect(plan["change"] == .string("changed"))
    #expect(plan["parts"]?.array?.first?["name"] == .string("berlin"))
    #expect(plan["steps"]?["changed"] == .array([]))
    let printed = try await desk.waltz("plan", "compile", Repository.quickstart)
    let both = try await desk.waltz("plan", "diff", "-", graph, input: printed.output)
    #expect(both.status == 0)
  }

  @Test("A plan that is not valid is shown on standard error and ends with 1")
  func invalid() async throws {
    let desk = try Desk()
    let bad = try desk.write(
      try quickstart().replacing("adopted: 95%", with: "adopted: 195%"), as: "bad.yaml")
    let outcome = try await desk.waltz("plan", "diff", Repository.quickstart, bad)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("bad.yaml:"))
    for arguments in [["plan", "diff", bad], ["plan", "diff"], ["plan", "diff", "-", "-"]] {
      #expect(try await desk.waltz(arguments).status == 2)
    }
    let damaged = try desk.write("{\"formatVersion\":\"9.0\",\"kind\":\"RotationGraph\"}", as: "g")
    let newer = try await desk.waltz("plan", "diff", damaged, Repository.quickstart)
    #expect(newer.status == 3)
    #expect(newer.errors.contains("format 9.0"))
  }

  // MARK: git

  private func diff(_ desk: Desk, in folder: String, _ arguments: String) async throws
    -> Desk.Outcome
  {
    try await desk.shell("cd \"\(folder)\" && \"$WALTZ\" plan diff \(arguments)")
  }

  @Test("Compares the working tree with a revision: changed, new, gone and moved plans")
  func workingTree() async throws {
    let desk = try Desk()
    let folder = try await desk.place.makeRepository(
      """
      cp '\(Repository.oneServer)' plans/one.yaml; git add .; git commit -qm two
      sed -i 's/adopted: 95%/adopted: 90%/' plans/quick.yaml
      git mv plans/one.yaml "plans/o ne's.yaml"
      cp '\(Repository.root)/plans/sql-express.yaml' plans/sql.yml
      mkdir .github; echo 'on: push' > plans/workflow.yaml
      """)
    let all = try await diff(desk, in: folder, "--git HEAD plans --format json")
    #expect(all.status == 4, "\(all.errors)")
    let plans = try #require(try all.json()["plans"]?.array)
    func change(_ name: String) -> JSONValue? {
      plans.first { $0["name"] == .string(name) }?["change"]
    }
    #expect(change("quickstart") == .string("changed"))
    #expect(change("one-server") == .string("unchanged"))
    #expect(change("sql-express") == .string("added"))
    #expect(plans.count == 3)
    let earlier = try await diff(desk, in: folder + "/plans", "--git HEAD~1")
    #expect(earlier.status == 4)
    #expect(earlier.output.contains("new plan one-server"))
    let moved = try await diff(desk, in: folder, "--git HEAD \"plans/o ne's.yaml\"")
    #expect(moved.status == 0, "\(moved.output)\(moved.errors)")
    let gone = try await desk.shell("cd \"\(folder)\" && rm plans/quick.yaml")
    #expect(gone.status == 0)
    let removed = try await diff(desk, in: folder, "--git HEAD plans/quick.yaml")
    #expect(removed.output.hasPrefix("removed plan quickstart"))
    #expect(removed.status == 4)
  }
}
