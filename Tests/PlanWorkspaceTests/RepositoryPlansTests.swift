import CanonicalJSON
import Foundation
import PlanWorkspace
import TestSupport
import Testing
import WorkingTree

@Suite("Plans of a working tree and of a revision")
struct RepositoryPlansTests {
  private func changes(_ compared: Compared) throws -> [String: String] {
    let plans = try #require(try compared.json()["plans"]?.array)
    return Dictionary(
      uniqueKeysWithValues: plans.map { ($0["name"]?.string ?? "", $0["change"]?.string ?? "") })
  }

  @Test("Compares the working tree with a revision: changed, new, gone and moved plans")
  func workingTree() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      cp '\(Repository.oneServer)' plans/one.yaml; git add .; git commit -qm two
      sed -i 's/adopted: 95%/adopted: 90%/' plans/quick.yaml
      git mv plans/one.yaml "plans/o ne's.yaml"
      cp '\(Repository.root)/plans/sql-express.yaml' plans/sql.yml
      mkdir .github; echo 'on: push' > plans/workflow.yaml
      """)
    let all = try await folder.diff("HEAD", "plans", in: inner)
    #expect(all.comparison.differs, "\(all.errors)")
    #expect(
      try changes(all)
        == ["quickstart": "changed", "one-server": "unchanged", "sql-express": "added"])
    let earlier = try await folder.diff("HEAD~1", in: inner + "/plans")
    #expect(earlier.comparison.differs)
    #expect(earlier.text.contains("new plan one-server"))
    let moved = try await folder.diff("HEAD", "plans/o ne's.yaml", in: inner)
    #expect(!moved.comparison.differs, "\(moved.text)\(moved.errors)")
    try FileManager.default.removeItem(atPath: "\(folder.path)/\(inner)/plans/quick.yaml")
    let removed = try await folder.diff("HEAD", "plans/quick.yaml", in: inner)
    #expect(removed.text.hasPrefix("removed plan quickstart"))
    #expect(removed.comparison.differs)
  }

  @Test("Three dots compare with the commit from which the branch went away")
  func mergeBase() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      git switch -qc change; sed -i 's/clients: 900/clients: 950/' plans/quick.yaml
      git commit -qam change
      git switch -q main; sed -i 's/clients: 4200/clients: 4300/' plans/quick.yaml
      git commit -qam main; git switch -q change
      """)
    let exact = try await folder.diff("main", "plans", in: inner)
    #expect(exact.text.contains("site paris: clients 4300 → 4200"))
    let since = try await folder.diff("main...", "plans", in: inner)
    #expect(!since.text.contains("site paris"))
    #expect(since.text.contains("site berlin: clients 900 → 950"))
  }

  @Test("Says what is wrong with repository, revision and path, and what to do")
  func trouble() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository("git commit -q --allow-empty -m two")
    for (base, paths, kind, part) in [
      ("nowhere", ["plans"], .environment, "no revision `nowhere`"),
      ("main..HEAD", ["plans"], .arguments, "Did you mean `main...`"),
      ("..HEAD", ["plans"], .arguments, "Did you mean `HEAD...`"),
      ("--output=x", ["plans"], .arguments, "is not a revision"),
      ("HEAD", ["missing.yaml"], .environment, "neither in the working tree nor in `HEAD`"),
      ("HEAD", ["plans", "/etc/passwd"], .environment, "is not in the repository"),
    ] as [(String, [String], WorkspaceError.Kind, String)] {
      await expectRefusal(kind, part) {
        _ = try await folder.comparison(
          of: .revision(base, paths: paths, variables: ["PATH": "/usr/bin:/bin"]), in: inner)
      }
    }
    await expectRefusal(.environment, "is not in the working tree of a git repository") {
      _ = try await folder.diff("HEAD", folder.path)
    }
    let shallow = try await folder.shell(
      "git clone -q --depth 1 \"file://\(folder.path)/\(inner)\" shallow")
    #expect(shallow.status == 0, "\(shallow.errors)")
    await expectRefusal(.environment, "fetch-depth: 0") {
      _ = try await folder.diff("HEAD~1", "plans", in: "shallow")
    }
    await expectRefusal(.environment, "git is not installed") {
      _ = try await folder.diff("HEAD", "plans", in: inner, path: "/nonexistent")
    }
  }

  @Test("A repository that would run programs runs none, and a link out of it is not followed")
  func hostile() async throws {
    let folder = try TestFolder()
    let trap = folder.path + "/trapped"
    let inner = try await folder.makeRepository(
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
      printf 'secret: [\\n' > '\(folder.path)/outside.yaml'
      ln -s '\(folder.path)/outside.yaml' plans/link.yaml
      git init -q plans/inner; cp plans/quick.yaml plans/inner/inner.yaml
      sed -i 's/name: quickstart/name: inner/' plans/inner/inner.yaml
      sed -i 's/clients: 900/clients: 950/' plans/quick.yaml
      """)
    let outcome = try await folder.diff("HEAD", "plans", in: inner)
    #expect(outcome.comparison.differs, "\(outcome.errors)")
    // The repository inside is another one.
    #expect(outcome.comparison.plans.count == 1)
    #expect(!folder.holds("trapped"))
    await expectRefusal(.arguments, "leads out of the repository") {
      _ = try await folder.diff("HEAD", "plans/link.yaml", in: inner)
    }
  }

  @Test("A plan whose name is no text is refused, in the revision and in the working tree")
  func names() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      sed 's/name: quickstart/name: other/' plans/quick.yaml > "plans/$(printf 'b\\377d').yaml"
      git add .; git commit -qm two
      """)
    await expectRefusal(
      .environment, "plans/b\u{FFFD}d.yaml` cannot be read: its name is not UTF-8."
    ) { _ = try await folder.diff("HEAD~1", "plans", in: inner) }
    await expectRefusal(
      .environment, "The name of `plans/b\\xFFd.yaml` in `HEAD` is not UTF-8"
    ) { _ = try await folder.diff("HEAD", "plans", in: inner) }
    let one = try await folder.diff("HEAD", "plans/quick.yaml", in: inner)
    #expect(!one.comparison.differs && !one.comparison.isIncomplete, "\(one.errors)")
  }

  @Test("Plans that are valid are compared beside one that is not, which is named and not gone")
  func partly() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      cp '\(Repository.oneServer)' plans/one.yaml; git add .; git commit -qm two
      sed -i 's/adopted: 95%/adopted: 90%/' plans/quick.yaml
      sed -i 's/kind: RotationPlan/kind: RotationPlan\\nwrong: 1\\nmore: 2/' plans/one.yaml
      """)
    let all = try await folder.diff("HEAD", "plans", in: inner)
    #expect(all.comparison.isIncomplete)
    #expect(all.errors.contains("plans/one.yaml:"))
    let document = try all.json()
    #expect(document["plans"]?.array?.map { $0["name"] } == [.string("quickstart")])
    let invalid = try #require(document["invalid"]?.array?.first)
    #expect(invalid["path"] == .string("plans/one.yaml"))
    #expect(invalid["errors"] == .integer(2))
    #expect(invalid["countsAsNone"] == .bool(false))
    #expect(
      all.markdown.contains("- `plans/one.yaml` is not valid: 2 errors, see waltz plan validate\n")
    )
    #expect(all.markdown.contains("## Rotation plan `quickstart`"))
    #expect(all.text.contains("every wait passes at 90% instead of 95%"))
    #expect(!all.text.contains("one-server"))
    let alone = try await folder.diff("HEAD", "plans/one.yaml", in: inner)
    #expect(alone.comparison.isIncomplete)
    #expect(
      alone.markdown.hasPrefix("<!-- waltz:plan-diff -->\n## Rotation plans\n\n### ⚠ Not valid"))
  }

  @Test("In a folder a slip in `kind` lets no plan disappear, and what is no plan is passed over")
  func slips() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      printf 'kind: RotationPlanOverlay\\nwaits: { default: { adopted: 97%% } }\\n' >plans/over.yaml
      printf 'kind: ConfigMap\\nwrong: : 1\\n' > plans/other.yaml
      git add .; git commit -qm two
      sed -i 's/97%/96%/' plans/over.yaml
      """)
    let none = try await folder.diff("HEAD", "plans", in: inner)
    #expect(!none.comparison.differs && !none.comparison.isIncomplete)
    let edit = try await folder.shell(
      "sed -i 's/kind: RotationPlan$/kind: RotationPaln/' \"\(inner)/plans/quick.yaml\"")
    try #require(edit.status == 0)
    let slip = try await folder.diff("HEAD", "plans", in: inner)
    #expect(slip.comparison.isIncomplete)
    #expect(slip.errors.contains("plans/quick.yaml:"))
    #expect(!slip.text.contains("removed"))
  }

  @Test("git is started as often for a hundred plans as for one, and what is the same is read once")
  func batches() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      mkdir plans/empty; : > plans/empty/nothing.yaml
      for number in $(seq 100); do
        sed "s/name: quickstart/name: plan-$number/" plans/quick.yaml > "plans/plan $number.yaml"
      done
      git add .; git commit -qm two
      sed -i 's/clients: 900/clients: 950/' "plans/plan 57.yaml"
      sed -i 's/$/\\r/' "plans/plan 58.yaml"
      printf '#!/bin/sh\necho run >> "%s/runs"\nexec /usr/bin/git "$@"\n' '\(folder.path)' > ../git
      chmod +x ../git
      """)
    func starts(_ path: String) async throws -> (Compared, Int) {
      _ = try await folder.shell("rm -f runs")
      let compared = try await folder.diff(
        "HEAD", path, in: inner, path: "\(folder.path):/usr/bin:/bin")
      return (compared, try folder.text(of: "runs").split(separator: "\n").count)
    }
    let (one, few) = try await starts("plans/quick.yaml")
    #expect(!one.comparison.differs, "\(one.errors)")
    let (all, many) = try await starts("plans")
    #expect(all.comparison.differs, "\(all.errors)")
    #expect(many == few)
    let changes = try changes(all)
    #expect(changes.count == 101)
    #expect(changes.filter { $0.value != "unchanged" }.map(\.key) == ["plan-57"])
  }

  @Test("Overlays are merged onto both sides; in a revision as they were there")
  func overlays() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      printf 'waits: { default: { adopted: 91%% } }\\n' > test.yaml; git add .; git commit -qm two
      printf 'waits: { default: { adopted: 92%% } }\\n' > test.yaml
      """)
    let both = try await folder.diff("HEAD", "plans", in: inner, overlays: ["test.yaml"])
    #expect(both.text.contains("every wait: adopted 91% → 92%"), "\(both.errors)")
    let files = try await folder.comparison(
      of: .files(old: "plans/quick.yaml", new: "plans/quick.yaml"), overlays: ["test.yaml"],
      in: inner)
    #expect(!files.comparison.differs, "\(files.errors)")
    // The plan is the same, byte for byte; what is merged onto it is not.
    #expect(both.comparison.differs)
    let earlier = try await folder.diff("HEAD~1", "plans", in: inner, overlays: ["test.yaml"])
    #expect(earlier.text.contains("every wait: adopted 95% → 92%"), "\(earlier.errors)")
  }

  @Test("A plan of the revision that is not valid counts as no plan")
  func mended() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      sed -i 's/adopted: 95%/adopted: 195%/' plans/quick.yaml; git commit -qam broken
      sed -i 's/adopted: 195%/adopted: 95%/' plans/quick.yaml
      """)
    let outcome = try await folder.diff("HEAD", "plans", in: inner)
    #expect(outcome.comparison.differs && !outcome.comparison.isIncomplete)
    #expect(outcome.text.hasPrefix("new plan quickstart"))
    #expect(outcome.invalidRevision == ["plans/quick.yaml"])
  }

  @Test("Nothing to compare is no mistake in a plan")
  func nothing() async throws {
    let folder = try TestFolder()
    let inner = try await folder.makeRepository(
      """
      mkdir others; printf 'services: {}\n' > others/compose.yaml
      cp '\(Repository.scenarios[0])' others/scenario.yaml; git add .; git commit -qm two
      """)
    for sides in [
      .revision("HEAD", paths: ["others"], variables: ["PATH": "/usr/bin:/bin"]),
      .files(old: "others/scenario.yaml", new: "others/scenario.yaml"),
    ] as [PlanComparison.Sides] {
      await expectRefusal(.environment, "There is no rotation plan on either side.") {
        _ = try await folder.comparison(of: sides, in: inner)
      }
      await expectRefusal(.arguments, "Neither side holds a plan named `another`.") {
        _ = try await folder.comparison(of: sides, named: "another", in: inner)
      }
    }
  }
}
