import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("A repository that a stranger has prepared")
struct HostileFolderTests {
  private static let untidy = "apiVersion: waltz/v1\nkind:   RotationPlan\n"

  /// A repository, and a file outside of it that nobody may touch.
  private func repository() async throws -> (desk: Desk, victim: String, outside: Desk) {
    let desk = try Desk()
    let outside = try Desk()
    let victim = try outside.write("precious", as: "victim")
    _ = try await desk.shell("mkdir -p .git plans")
    _ = try desk.write(Repository.text(Repository.oneServer), as: "plans/a.yaml")
    return (desk, victim, outside)
  }

  @Test("What is written beside a file goes through no link that lies there")
  func drafts() async throws {
    let (desk, victim, outside) = try await repository()
    for command in ["plan fmt p.yaml", "plan validate --no-files --fix p.yaml"] {
      _ = try desk.write(
        Self.untidy.replacing("RotationPlan", with: "rotation-plan"), as: "p.yaml")
      // The process keeps its number, so the names that it could be guessed from are all there.
      let run = try await desk.shell(
        """
        for name in p.yaml.$$.new p.yaml.new p.yaml.tmp p.yaml~ .p.yaml.$$; do
          ln -sf '\(victim)' $name; done
        exec "$WALTZ" \(command)
        """)
      #expect(run.status < 2, "\(run.errors)")
      #expect(try Repository.text(victim) == "precious", "\(command)")
      #expect(try Repository.text(desk.folder + "/p.yaml").contains("kind: "))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.folder) == ["victim"])
    // Nothing of it stays.
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.folder)
    let links = names.filter { $0.contains("p.yaml") && $0 != "p.yaml" }
    for link in links {
      let kind =
        try FileManager.default.attributesOfItem(atPath: "\(desk.folder)/\(link)")[.type]
        as? FileAttributeType
      #expect(kind == .typeSymbolicLink, "\(link)")
    }
  }

  @Test("A file that only its owner may read stays so while it is rewritten")
  func mode() async throws {
    let desk = try Desk()
    _ = try desk.write(Self.untidy, as: "p.yaml")
    // A limit on sizes ends the program while it writes, so that what it has made by then can be looked at.
    let ended = try await desk.shell(
      """
      chmod 600 p.yaml; umask 0; (ulimit -c 0; ulimit -f 0; "$WALTZ" plan fmt p.yaml)
      stat -c %a p.yaml.*
      """)
    #expect(ended.output == "600\n", "\(ended.errors)")
    let run = try await desk.shell(
      "umask 077; \"$WALTZ\" plan fmt p.yaml && chmod 664 p.yaml && echo '# x' >> p.yaml "
        + "&& \"$WALTZ\" plan fmt p.yaml; stat -c %a p.yaml")
    #expect(run.output.hasSuffix("664\n"), "\(run.errors)")
  }

  @Test("No output goes through a link out of the repository, or to where nothing is")
  func outputs() async throws {
    let (desk, victim, outside) = try await repository()
    _ = try await desk.shell(
      """
      ln -s '\(victim)' out; ln -s '\(outside.folder)/new' dangling; ln -s '\(outside.folder)' folder
      ln -s .git/config git; touch .git/config
      """)
    for path in ["out", "dangling", "folder/new", "git"] {
      for arguments in [
        ["validate", "--no-files", "plans", "--format", "sarif=\(path)"],
        ["validate", "--no-files", "plans", "--format", "text=\(path)"],
        ["compile", "plans/a.yaml", "-o", path], ["init", path],
      ] {
        let refused = try await desk.waltz(["plan"] + arguments)
        // A starting plan takes the place of nothing at all.
        let isThere = arguments[0] == "init" && path != "folder/new"
        #expect(refused.status == (isThere ? 3 : 2), "\(arguments): \(refused.errors)")
        #expect(refused.errors.contains(path), "\(arguments)")
      }
      let summary = try await desk.waltz(
        ["plan", "validate", "--no-files", "plans", "--format", "github"],
        environment: ["GITHUB_STEP_SUMMARY": path])
      #expect(summary.status == 2, "\(path)")
    }
    #expect(try Repository.text(victim) == "precious")
    #expect(try Repository.text(desk.folder + "/.git/config") == "")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: outside.folder).contains("new") == false)
    // A link within the repository, and what the user's own shell has opened.
    let inner = try await desk.shell(
      """
      echo old > inner && ln -s inner link && "$WALTZ" plan compile plans/a.yaml -o link && test -L link \
        && "$WALTZ" plan compile plans/a.yaml -o /dev/stdout | cmp - inner
      """)
    #expect(inner.status == 0, "\(inner.output)\(inner.errors)")
  }

  @Test("What the shell has opened is read to its end")
  func descriptors() async throws {
    let desk = try Desk()
    let plan = Repository.oneServer
    for line in [
      "cat '\(plan)' | \"$WALTZ\" plan validate --no-files /dev/stdin",
      "cat '\(plan)' | \"$WALTZ\" plan validate --no-files /dev/fd/3 3<&0",
      "cat '\(plan)' | \"$WALTZ\" plan validate --no-files /proc/self/fd/0",
      "\"$WALTZ\" plan validate --no-files /dev/stdin < '\(plan)'",
    ] {
      let run = try await desk.shell(line)
      #expect(run.status == 0 && run.output.contains("1 file is valid"), "\(line): \(run.errors)")
    }
    let process = try await desk.shell(
      "bash -c '\"$WALTZ\" plan validate --no-files <(cat \"\(plan)\")'")
    #expect(process.status == 0, "\(process.errors)")
  }
}
