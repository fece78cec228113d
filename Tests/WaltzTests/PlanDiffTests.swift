import CanonicalJSON
import Foundation
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

  @Test("Nothing to compare is no mistake in a plan: 3, and 2 where --plan names none")
  func nothing() async throws {
    let desk = try Desk()
    let folder = try await repository(
      desk,
      """
      mkdir others; printf 'services: {}\n' > others/compose.yaml
      cp '\(Repository.scenarios[0])' others/scenario.yaml; git add .; git commit -qm two
      """)
    for arguments in ["--git HEAD others", "others/scenario.yaml others/scenario.yaml"] {
      let outcome = try await diff(desk, in: folder, arguments)
      #expect(outcome.status == 3, "\(arguments): \(outcome.output)\(outcome.errors)")
      #expect(outcome.errors.contains("There is no rotation plan on either side."))
      let named = try await diff(desk, in: folder, arguments + " --plan another")
      #expect(named.status == 2, "\(arguments): \(named.output)\(named.errors)")
      #expect(named.errors.contains("Neither side holds a plan named `another`."))
    }
  }

  // MARK: git

  /// A repository with the quickstart plan, in a folder whose name needs quoting.
  private func repository(_ desk: Desk, _ script: String) async throws -> String {
    let folder = desk.folder + "/it's a repository"
    let outcome = try await desk.shell(
      """
      set -e; mkdir "\(folder)"; cd "\(folder)"
      export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
      git init -q -b main .; mkdir plans; cp '\(Repository.quickstart)' plans/quick.yaml
      git add .; git commit -qm one
      \(script)
      """)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return folder
  }

  private func diff(_ desk: Desk, in folder: String, _ arguments: String) async throws
    -> Desk.Outcome
  {
    try await desk.shell("cd \"\(folder)\" && \"\(Repository.waltz)\" plan diff \(arguments)")
  }

  @Test("Compares the working tree with a revision: changed, new, gone and moved plans")
  func workingTree() async throws {
    let desk = try Desk()
    let folder = try await repository(
      desk,
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

  @Test("Three dots compare with the commit from which the branch went away")
  func mergeBase() async throws {
    let desk = try Desk()
    let folder = try await repository(
      desk,
      """
      git switch -qc change; sed -i 's/clients: 900/clients: 950/' plans/quick.yaml
      git commit -qam change
      git switch -q main; sed -i 's/clients: 4200/clients: 4300/' plans/quick.yaml
      git commit -qam main; git switch -q change
      """)
    let exact = try await diff(desk, in: folder, "--git main plans")
    #expect(exact.output.contains("site paris: clients 4300 → 4200"))
    let since = try await diff(desk, in: folder, "--git main... plans")
    #expect(!since.output.contains("site paris"))
    #expect(since.output.contains("site berlin: clients 900 → 950"))
  }

  @Test("Says what is wrong with repository, revision and path, and what to do")
  func trouble() async throws {
    let desk = try Desk()
    let folder = try await repository(desk, "git commit -q --allow-empty -m two")
    for (arguments, status, part) in [
      ("--git nowhere plans", 3, "no revision `nowhere`"),
      ("--git=--output=x plans", 2, "is no revision"),
      ("--git HEAD missing.yaml", 3, "neither in the working tree nor in `HEAD`"),
      ("--git HEAD plans /etc/passwd", 3, "is not in the repository"),
    ] as [(String, Int32, String)] {
      let outcome = try await diff(desk, in: folder, arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(part), "\(arguments): \(outcome.errors)")
    }
    let outside = try await desk.waltz(
      "plan", "diff", "--git", "HEAD", desk.folder)
    #expect(outside.status == 3)
    #expect(outside.errors.contains("is in no git repository"))
    let shallow = try await desk.shell(
      "git clone -q --depth 1 \"file://\(folder)\" \"\(desk.folder)/shallow\"")
    #expect(shallow.status == 0, "\(shallow.errors)")
    let cut = try await diff(desk, in: desk.folder + "/shallow", "--git HEAD~1 plans")
    #expect(cut.status == 3)
    #expect(cut.errors.contains("fetch-depth: 0"))
    let without = try await desk.shell(
      "cd \"\(folder)\" && PATH=/nonexistent \"\(Repository.waltz)\" plan diff --git HEAD plans")
    #expect(without.status == 3)
    #expect(without.errors.contains("git is not installed"))
  }

  @Test("A repository that would run programs runs none, and a link out of it is not followed")
  func hostile() async throws {
    let desk = try Desk()
    let trap = desk.folder + "/trapped"
    let folder = try await repository(
      desk,
      """
      printf '*.yaml diff=evil filter=evil\\n' > .gitattributes; git add .; git commit -qm two
      echo 'touch \(trap)' > trap.sh; chmod +x trap.sh
      for key in diff.evil.textconv filter.evil.smudge filter.evil.clean core.fsmonitor core.pager \\
        diff.external core.sshCommand core.editor alias.ls-tree alias.rev-parse; do
        git config "$key" "sh -c 'touch \(trap)'"
      done
      for hook in post-checkout pre-commit post-index-change reference-transaction; do
        cp trap.sh .git/hooks/$hook
      done
      rm -f '\(trap)'
      printf 'secret: [\\n' > '\(desk.folder)/outside.yaml'
      ln -s '\(desk.folder)/outside.yaml' plans/link.yaml
      git init -q plans/inner; cp plans/quick.yaml plans/inner/inner.yaml
      sed -i 's/name: quickstart/name: inner/' plans/inner/inner.yaml
      sed -i 's/clients: 900/clients: 950/' plans/quick.yaml
      """)
    let outcome = try await diff(desk, in: folder, "--git HEAD plans --format json")
    #expect(outcome.status == 4, "\(outcome.errors)")
    // The repository inside is another one.
    #expect(try outcome.json()["plans"]?.array?.count == 1)
    #expect(!FileManager.default.fileExists(atPath: trap))
    let link = try await diff(desk, in: folder, "--git HEAD plans/link.yaml")
    #expect(link.status == 2)
    #expect(link.errors.contains("leads out of the repository"))
    #expect(!link.errors.contains("secret"))
  }

  @Test("A plan whose name is no text is refused, in the revision and in the working tree")
  func names() async throws {
    let desk = try Desk()
    let folder = try await repository(
      desk,
      """
      sed 's/name: quickstart/name: other/' plans/quick.yaml > "plans/$(printf 'b\\377d').yaml"
      git add .; git commit -qm two
      """)
    let here = try await diff(desk, in: folder, "--git HEAD~1 plans")
    #expect(here.status == 3)
    #expect(here.errors.contains("plans/b\u{FFFD}d.yaml` can not be read: its name is not UTF-8."))
    let there = try await diff(desk, in: folder, "--git HEAD plans")
    #expect(there.status == 3)
    #expect(there.errors.contains("The name of `plans/b\\xFFd.yaml` in `HEAD` is not UTF-8"))
    let one = try await diff(desk, in: folder, "--git HEAD plans/quick.yaml")
    #expect(one.status == 0, "\(one.errors)")
  }

  @Test("Plans that are valid are compared beside one that is not, which is named and not gone")
  func partly() async throws {
    let desk = try Desk()
    let folder = try await repository(
      desk,
      """
      cp '\(Repository.oneServer)' plans/one.yaml; git add .; git commit -qm two
      sed -i 's/adopted: 95%/adopted: 90%/' plans/quick.yaml
      sed -i 's/kind: RotationPlan/kind: RotationPlan\\nwrong: 1\\nmore: 2/' plans/one.yaml
      """)
    let json = try await diff(desk, in: folder, "--git HEAD plans --format json")
    #expect(json.status == 1)
    #expect(json.errors.contains("plans/one.yaml:"))
    let document = try json.json()
    #expect(document["plans"]?.array?.map { $0["name"] } == [.string("quickstart")])
    let invalid = try #require(document["invalid"]?.array?.first)
    #expect(invalid["path"] == .string("plans/one.yaml"))
    #expect(invalid["errors"] == .integer(2))
    #expect(invalid["countsAsNone"] == .bool(false))
    let markdown = try await diff(desk, in: folder, "--git HEAD plans --format markdown")
    #expect(markdown.status == 1)
    #expect(
      markdown.output.contains(
        "- `plans/one.yaml` is not valid: 2 errors, see waltz plan validate\n"))
    #expect(markdown.output.contains("## Rotation plan `quickstart`"))
    let text = try await diff(desk, in: folder, "--git HEAD plans")
    #expect(text.status == 1)
    #expect(text.output.contains("every wait passes at 90% instead of 95%"))
    #expect(!text.output.contains("one-server"))
    let alone = try await diff(desk, in: folder, "--git HEAD plans/one.yaml --format markdown")
    #expect(alone.status == 1)
    #expect(
      alone.output.hasPrefix("<!-- waltz:plan-diff -->\n## Rotation plans\n\n### ⚠ Not valid"))
  }

  @Test("In a folder a slip in `kind` lets no plan disappear, and what is no plan is passed over")
  func slips() async throws {
    let desk = try Desk()
    let folder = try await repository(
      desk,
      """
      printf 'kind: RotationPlanOverlay\\nwaits: { default: { adopted: 97%% } }\\n' >plans/over.yaml
      printf 'kind: ConfigMap\\nwrong: : 1\\n' > plans/other.yaml
      git add .; git commit -qm two
      sed -i 's/97%/96%/' plans/over.yaml
      """)
    #expect(try await diff(desk, in: folder, "--git HEAD plans").status == 0)
    let edit = try await desk.shell(
      "sed -i 's/kind: RotationPlan$/kind: RotationPaln/' \"\(folder)/plans/quick.yaml\"")
    try #require(edit.status == 0)
    let slip = try await diff(desk, in: folder, "--git HEAD plans")
    #expect(slip.status == 1)
    #expect(slip.errors.contains("plans/quick.yaml:"))
    #expect(!slip.output.contains("removed"))
  }

  @Test("git is started as often for a hundred plans as for one, and what is the same is read once")
  func batches() async throws {
    let desk = try Desk()
    let folder = try await repository(
      desk,
      """
      mkdir plans/empty; : > plans/empty/nothing.yaml
      for number in $(seq 100); do
        sed "s/name: quickstart/name: plan-$number/" plans/quick.yaml > "plans/plan $number.yaml"
      done
      git add .; git commit -qm two
      sed -i 's/clients: 900/clients: 950/' "plans/plan 57.yaml"
      sed -i 's/$/\\r/' "plans/plan 58.yaml"
      printf '#!/bin/sh\necho run >> "%s/runs"\nexec /usr/bin/git "$@"\n' '\(desk.folder)' > ../git
      chmod +x ../git
      """)
    func starts(_ arguments: String) async throws -> (Desk.Outcome, Int) {
      let outcome = try await desk.shell(
        "cd \"\(folder)\" && rm -f ../runs && PATH=\"\(desk.folder):$PATH\" \"\(Repository.waltz)\" plan diff \(arguments)"
      )
      return (outcome, try Repository.text(desk.folder + "/runs").split(separator: "\n").count)
    }
    let (one, few) = try await starts("--git HEAD plans/quick.yaml")
    #expect(one.status == 0, "\(one.errors)")
    let (all, many) = try await starts("--git HEAD plans --format json")
    #expect(all.status == 4, "\(all.errors)")
    #expect(many == few)
    let plans = try #require(try all.json()["plans"]?.array)
    #expect(plans.count == 101)
    let changed = plans.filter { $0["change"] != .string("unchanged") }
    #expect(changed.map { $0["name"] } == [.string("plan-57")])
  }

  @Test("Overlays are merged onto both sides; in a revision as they were there")
  func overlays() async throws {
    let desk = try Desk()
    let folder = try await repository(
      desk,
      """
      printf 'waits: { default: { adopted: 91%% } }\\n' > test.yaml; git add .; git commit -qm two
      printf 'waits: { default: { adopted: 92%% } }\\n' > test.yaml
      """)
    let both = try await diff(desk, in: folder, "--git HEAD plans --overlay test.yaml")
    #expect(both.output.contains("every wait: adopted 91% → 92%"), "\(both.errors)")
    let files = try await diff(
      desk, in: folder, "plans/quick.yaml plans/quick.yaml --overlay test.yaml")
    #expect(files.status == 0, "\(files.errors)")
    // The plan is the same, byte for byte; what is merged onto it is not.
    #expect(both.status == 4)
    let earlier = try await diff(desk, in: folder, "--git HEAD~1 plans --overlay test.yaml")
    #expect(earlier.output.contains("every wait: adopted 95% → 92%"), "\(earlier.errors)")
  }

  @Test("A plan of the revision that is not valid counts as none")
  func mended() async throws {
    let desk = try Desk()
    let folder = try await repository(
      desk,
      """
      sed -i 's/adopted: 95%/adopted: 195%/' plans/quick.yaml; git commit -qam broken
      sed -i 's/adopted: 195%/adopted: 95%/' plans/quick.yaml
      """)
    let outcome = try await diff(desk, in: folder, "--git HEAD plans")
    #expect(outcome.status == 4)
    #expect(outcome.output.hasPrefix("new plan quickstart"))
    #expect(outcome.errors.contains("counts as none: plans/quick.yaml"))
  }
}
