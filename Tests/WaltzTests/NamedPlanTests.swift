import TestSupport
import Testing

@Suite("A plan that is started, and one that is named")
struct NamedPlanTests {
  @Test("The starting plan says how to go on with the file that it is in")
  func startingPlan() async throws {
    let desk = try Desk()
    _ = try await desk.shell("mkdir 'my plans'")
    #expect(try await desk.waltz("plan", "init", "my plans/first.yaml").status == 0)
    let text = try Repository.text(desk.folder + "/my plans/first.yaml")
    for command in ["plan validate", "plan show", "run"] {
      #expect(text.contains("#   waltz \(command) 'my plans/first.yaml'"), "\(command)")
    }
    #expect(!text.contains(" rotation.yaml"))
    #expect(
      try await desk.waltz("plan", "init", "-").output.contains("waltz plan show rotation.yaml\n"))
  }

  @Test("A plan that is not there is a mistake of who named it")
  func noSuchPlan() async throws {
    let desk = try Desk()
    for arguments in [["show"], ["show", "--origin"], ["compile"]] {
      let refused = try await desk.waltz(
        ["plan"] + arguments + [Repository.oneServer, "--plan", "nosuch"])
      #expect(refused.status == 2 && refused.errors.contains("no plan named `nosuch`"))
    }
    let misplaced = try await desk.waltz("validate", "x.yaml")
    #expect(misplaced.status == 2 && misplaced.errors.contains("`waltz plan validate`"))
    let other = try await desk.waltz("inspect", "x.pem")
    #expect(other.status == 2 && other.errors.contains("`waltz certificate inspect`"))
  }
}
