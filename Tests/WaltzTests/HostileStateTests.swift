import Foundation
import TestSupport
import Testing

@Suite("A state directory that a repository brings")
struct HostileStateTests {
  /// A repository with a plan, and a file outside of it that nobody may touch.
  private func repository() async throws -> (desk: Desk, outside: Desk) {
    let desk = try Desk()
    let outside = try Desk()
    _ = try outside.write("precious, and no line end", as: "victim")
    _ = try desk.write(Repository.text(Repository.oneServer), as: "a.yaml")
    return (desk, outside)
  }

  @Test("No link in it leads a run out of it")
  func links() async throws {
    let (desk, outside) = try await repository()
    let simulate = "\"$WALTZ\" run a.yaml --simulate --state .waltz"
    for line in [
      // The log of the world that the first run of the plan will have.
      "mkdir -p -m 700 .waltz/estates; ln -s '\(outside.folder)/victim' .waltz/estates/one-server-1.log",
      "mkdir -p -m 700 .waltz/estates; ln -s '\(outside.folder)/new' .waltz/estates/one-server-1.log",
      "mkdir -m 700 .waltz; ln -s '\(outside.folder)' .waltz/estates",
      "mkdir -m 700 .waltz; ln -s '\(outside.folder)/new' .waltz/estates",
      "mkdir -p -m 700 .waltz/estates; mkfifo .waltz/estates/one-server-1.log",
      "mkdir -p -m 700 .waltz/estates; ln -s /dev/zero .waltz/estates/one-server-1.log",
      "mkdir -m 700 .waltz; ln -s '\(outside.folder)/new' .waltz/state.db",
      "mkdir -m 700 .waltz; ln -s '\(outside.folder)/new' .waltz/state.db-journal",
      "mkdir -m 700 .waltz; mkfifo .waltz/state.db-journal", "ln -s '\(outside.folder)' .waltz",
      "ln -s '\(outside.folder)/new' .waltz",
    ] {
      let run = try await desk.shell(
        "rm -rf .waltz; \(line); timeout 30 \(simulate) || exit $?")
      #expect(run.status == 3, "\(line): \(run.status) \(run.errors)")
      #expect(run.errors.contains("is a link") || run.errors.contains("is a pipe"), "\(run.errors)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: outside.folder)
    #expect(names == ["victim"])
    #expect(try Repository.text(outside.folder + "/victim") == "precious, and no line end")
  }

  @Test("A directory that everybody can write to is refused, and goes on after the printed command")
  func modes() async throws {
    let (desk, _) = try await repository()
    let run = try await desk.shell(
      "mkdir -m 777 .waltz; \"$WALTZ\" run a.yaml --simulate --state .waltz")
    #expect(run.status == 3)
    let command = try #require(run.errors.split(separator: "`").first { $0.hasPrefix("chmod ") })
    let again = try await desk.shell("\(command); \"$WALTZ\" run a.yaml --simulate --state .waltz")
    #expect(again.status == 0, "\(again.errors)")
  }

  @Test("The name of a directory is a name, never a URI")
  func names() async throws {
    let (desk, _) = try await repository()
    for name in ["file:x", "file:y?mode=memory", ":memory:"] {
      let run = try await desk.waltz("run", "a.yaml", "--simulate", "--state", name)
      #expect(run.status == 0, "\(name): \(run.errors)")
      let found = try FileManager.default.contentsOfDirectory(atPath: desk.folder + "/" + name)
      #expect(found.sorted() == ["estates", "folds", "heads", "state.db"])
      #expect(try await desk.waltz("verify", "--state", name).status == 0)
    }
  }
}
