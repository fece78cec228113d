import Foundation
import PlanWorkspace
import TestSupport
import Testing
import WorkingTree

@Suite("A repository that a stranger has prepared")
struct HostileFolderTests {
  private static let untidy = "apiVersion: waltz/v1\nkind:   RotationPlan\n"

  /// A repository, and a folder outside of it.
  private func repository() async throws -> (folder: TestFolder, outside: TestFolder) {
    let folder = try TestFolder()
    _ = try await folder.shell("mkdir -p .git plans")
    _ = try folder.write(Repository.text(Repository.oneServer), as: "plans/a.yaml")
    return (folder, try TestFolder())
  }

  @Test("No folder behind a link out of the repository is listed")
  func folders() async throws {
    let (folder, outside) = try await repository()
    // A file that would be found, and a name that only a listing tells.
    _ = try outside.write(Self.untidy, as: "hidden-name.yaml")
    _ = try await folder.shell(
      "mkdir -p \(outside.path)/deep; ln -s '\(outside.path)' plans/link; ln -s / plans/root")
    for path in [
      "plans/link", "plans/link/", "plans/root", "plans/link/deep", "plans/link/*.yaml",
      "plans/li*/*.yaml", "plans/lin?", "plans/link/**/*.yaml", "plans/link/*.nothing",
      "plans/root/**/none-such.yaml",
    ] {
      do {
        _ = try PlanPaths(in: folder.working()).files([path])
        Issue.record("\(path)")
      } catch {
        let refusal = WorkspaceError(error)
        #expect(refusal.kind == .arguments, "\(path)")
        #expect(refusal.message.contains("out of the repository"), "\(path)")
        #expect(!refusal.message.contains("hidden-name"), "\(path)")
      }
    }
    let admitted = try PlanPaths(in: folder.working(admitting: [outside.path]))
      .files(["plans/link"])
    #expect(admitted.map(\.path) == ["plans/link/hidden-name.yaml"])
    // Walks leave links alone.
    #expect(try await folder.validation(of: "plans").isGood)
    #expect(try await folder.validation(of: "plans/**/*.yaml").isGood)
  }

  @Test("No report goes through a link out of the repository, or to where nothing is")
  func outputs() async throws {
    let (folder, outside) = try await repository()
    _ = try outside.write("precious", as: "victim")
    _ = try await folder.shell(
      """
      ln -s '\(outside.path)/victim' out; ln -s '\(outside.path)/new' dangling
      ln -s '\(outside.path)' folder; ln -s .git/config git; touch .git/config
      """)
    for path in ["out", "dangling", "folder/new", "git"] {
      var request = Validation.Request(["plans"])
      request.outputs = [path]
      await expectRefusal(.arguments, path) {
        _ = try await Validation(request, in: folder.working())
      }
    }
  }

  @Test("A pipe in the folder keeps nobody waiting")
  func pipes() async throws {
    let (folder, _) = try await repository()
    _ = try await folder.shell("mkfifo pipe.yaml; ln -s /dev/stdin plans/stdin.yaml")
    let words = "pipe.yaml is a pipe, not a file."
    let validation = try await folder.validation(of: "pipe.yaml")
    #expect(validation.files.failures == [WorkspaceError(.environment, words)])
    await expectRefusal(.environment, words) { _ = try folder.formatted(["pipe.yaml"]) }
    await expectRefusal(.environment, words) { _ = try folder.plan("pipe.yaml") }
    await expectRefusal(.environment, words) {
      _ = try await folder.comparison(of: .files(old: "plans/a.yaml", new: "pipe.yaml"))
    }
    await expectRefusal(.environment, words) {
      _ = try await folder.validation(of: ["plans/a.yaml"], overlays: ["pipe.yaml"])
    }
    let device = try await folder.validation(of: "/dev/zero")
    #expect(device.files.failures.map(\.kind) == [.environment])
  }
}
