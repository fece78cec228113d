import Foundation
import TestSupport
import Testing

@Suite("Files that a plan names")
struct PlanNamedFilesTests {
  private let desk: Desk
  private let manager = FileManager.default

  /// A repository with a folder for plans.
  init() throws {
    desk = try Desk()
    for folder in [".git", "plans"] {
      try manager.createDirectory(
        atPath: "\(desk.folder)/\(folder)", withIntermediateDirectories: true)
    }
  }

  @Test("No command reads a plan or an overlay through a link out of its repository, or into .git")
  func linkedPlans() async throws {
    let other = try Desk()
    _ = try other.write("the secret: : of another", as: "host.txt")
    _ = try desk.write("\ttoken: : the secret", as: ".git/config")
    let plan = try desk.write("apiVersion: waltz/v1\nkind: RotationPlan\n", as: "plans/plan.yaml")
    for (name, target) in [
      ("host.yaml", "\(other.folder)/host.txt"), ("git.yaml", "../.git/config"),
    ] {
      let link = "\(desk.folder)/plans/\(name)"
      try manager.createSymbolicLink(atPath: link, withDestinationPath: target)
      for arguments in [
        ["validate", link], ["show", link], ["show", "--origin", link], ["explain", link, "x"],
        ["compile", link, "-o", "\(desk.folder)/graph.json"], ["fmt", "--diff", link],
        ["diff", plan, link], ["validate", plan, "--overlay", link],
        ["show", plan, "--overlay", link], ["show", "--origin", plan, "--overlay", link],
      ] {
        let outcome = try await desk.waltz(["plan"] + arguments)
        #expect(outcome.status == 2, "\(arguments)")
        #expect(!(outcome.output + outcome.errors).contains("the secret"), "\(arguments)")
      }
    }
    let admitted = try await desk.waltz(
      "plan", "validate", "\(desk.folder)/plans/host.yaml", "--allow-outside", other.folder)
    #expect(admitted.status == 1)
  }

  @Test(
    "No command reads or writes anything else through a link out of the repository, or into .git")
  func links() async throws {
    let other = try Desk()
    _ = try other.write("the secret: : of another", as: "host.txt")
    _ = try desk.write("\ttoken: : the secret", as: ".git/config")
    let plan = "'\(Repository.oneServer)'"
    for target in ["\(other.folder)/host.txt", "../.git/config"] {
      _ = try await desk.shell(
        "rm -f plans/*; ln -s '\(target)' plans/link; cp \(plan) plans/p.yaml")
      for arguments in [
        "run plans/p.yaml --simulate --scenario plans/link",
        "certificate inspect plans/link", "certificate inspect plans/p.yaml --key plans/link",
        "certificate inspect plans/p.yaml --password file:plans/link",
        "plan compile plans/p.yaml -o plans/link",
        "plan validate plans/p.yaml --format sarif=plans/link",
      ] {
        let outcome = try await desk.shell("\"$WALTZ\" \(arguments)")
        #expect(outcome.status == 2, "\(arguments) \(outcome.errors)")
        let said = outcome.output + outcome.errors
        #expect(said.contains("is a link that leads") || said.contains("leads through a link"))
        #expect(!said.contains("the secret"), "\(arguments)")
      }
    }
    #expect(try other.place.text(of: "host.txt") == "the secret: : of another")
    let folder = try await desk.shell(
      "ln -s '\(other.folder)' out; \"$WALTZ\" plan init out/new.yaml")
    #expect(folder.status == 2 && !other.place.holds("new.yaml"), "\(folder.errors)")
    let admitted = try await desk.shell(
      "\"$WALTZ\" run plans/p.yaml --simulate --scenario out/host.txt --allow-outside '\(other.folder)'"
    )
    #expect(admitted.status == 1 && admitted.errors.contains("the secret"), "\(admitted.errors)")
  }

  @Test("A name cannot forge a line of what is said about it")
  func names() async throws {
    let missing = try await desk.waltz("plan", "show", "plans/a\n::error::b.yaml")
    #expect(missing.status == 3 && missing.errors.split(separator: "\n").count == 1)
  }

  @Test("Without --live no program runs, no secret is read and nobody is asked")
  func inert() async throws {
    // A program of that name first on the PATH, and one that the plan names by its path.
    let trap = try desk.write(
      "#!/bin/sh\ntouch '\(desk.folder)/sprung'\necho x\n", as: "plans/trap")
    try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: trap)
    let path = "\(desk.folder)/plans:/usr/bin:/bin"
    _ = try await desk.shell("mkfifo plans/secret")
    let plan = try desk.write(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: example }
      certificates:
        one: { pkcs12: certs/one.p12, password: { command: [trap] } }
        two: { jks: certs/two.jks, password: { file: secret } }
      sites:
        berlin:
          api: { url: 'https://127.0.0.1:8446', username: r, password: { command: [./trap] } }
          servers:
            one: { address: 127.0.0.1, certificate: one }
            two: { address: localhost, certificate: two }
      automation:
        restart-services: { command: [trap, '{server.address}'], check: [trap] }
      """, as: "plans/trapped.yaml")
    for command in [
      ["validate"], ["show"], ["compile"], ["explain"], ["diff"], ["fmt", "--check"],
    ] {
      var arguments = ["plan"] + command + [plan]
      if command == ["explain"] { arguments.append("check-server/berlin/one") }
      if command == ["diff"] { arguments.append(plan) }
      let outcome = try await desk.waltz(arguments, environment: ["PATH": path])
      #expect(outcome.status != 2, "\(command): \(outcome.errors)")
      #expect(!manager.fileExists(atPath: desk.folder + "/sprung"), "\(command)")
    }
    // The trap works.
    let live = try await desk.waltz(
      ["plan", "validate", plan, "--live", "--patience", "1"], environment: ["PATH": path])
    #expect(live.status == 1)
    #expect(manager.fileExists(atPath: desk.folder + "/sprung"))
  }
}
