import Foundation
import Testing

@Suite("Files that a plan names")
struct PlanNamedFilesTests {
  private let desk: Desk
  private let manager = FileManager.default

  /// A repository with a plan in `plans`, whose certificate is at `path`.
  init() throws {
    desk = try Desk()
    for folder in [".git", "plans/certs", "certs"] {
      try manager.createDirectory(
        atPath: "\(desk.folder)/\(folder)", withIntermediateDirectories: true)
    }
    for file in ["berlin.pem", "berlin.key"] {
      for folder in ["certs", "plans/certs"] {
        try manager.copyItem(
          atPath: "\(Repository.root)/plans/certs/\(file)",
          toPath: "\(desk.folder)/\(folder)/\(file)")
      }
    }
  }

  private func validate(_ certificate: String, _ more: String...) async throws -> Desk.Outcome {
    try await validate(certificate, more)
  }

  private func validate(_ certificate: String, _ more: [String]) async throws -> Desk.Outcome {
    let plan = try desk.write(
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: example }
      certificates:
        berlin: { pem: { certificate: \(certificate), key: certs/berlin.key } }
      sites:
        berlin:
          api: { url: 'https://sepm-ber-01.example.net:8446', username: r, password: { env: P } }
          servers:
            sepm-ber-01: { address: sepm-ber-01.example.net, certificate: berlin }
      """, as: "plans/plan.yaml")
    return try await desk.waltz(
      ["plan", "validate", plan, "--format", "json", "--at", "2026-06-01"] + more)
  }

  private func link(_ name: String, to target: String) throws {
    try manager.createSymbolicLink(
      atPath: "\(desk.folder)/plans/certs/\(name)", withDestinationPath: target)
  }

  @Test("Links within the repository are followed, whatever way they take")
  func inside() async throws {
    try link("over", to: "../../certs/berlin.pem")
    try link("folder", to: "../../certs")
    try link("again", to: "./folder/../certs/./berlin.pem")
    try link("absolute", to: "\(desk.folder)/certs/berlin.pem")
    for path in [
      "certs/berlin.pem", "certs/over", "certs/folder/berlin.pem", "certs/again", "certs/absolute",
      "./certs//berlin.pem", "certs/../certs/berlin.pem",
    ] {
      #expect(try await validate(path).codes() == [], "\(path)")
    }
  }

  @Test("Nothing outside the repository is opened through a link")
  func outside() async throws {
    let other = try Desk()
    let secret = try other.write("the secret of another", as: "secret.pem")
    try link("file", to: secret)
    try link("folder", to: other.folder)
    try link("up", to: String(repeating: "../", count: 40) + secret.dropFirst())
    try link("twice", to: "file")
    try link("proc", to: "/proc/self/root\(secret)")
    for path in ["certs/file", "certs/folder/secret.pem", "certs/up", "certs/twice", "certs/proc"] {
      let outcome = try await validate(path)
      #expect(try outcome.codes() == ["C003"], "\(path)")
      #expect(!outcome.output.contains("the secret"))
    }
    // Admitted, it is read, and found to be no certificate.
    #expect(try await validate("certs/file", "--allow-outside", other.folder).codes() == ["C006"])
  }

  @Test("What git keeps for itself is no certificate, whatever way leads to it")
  func ofGit() async throws {
    _ = try desk.write("\ttoken = the secret", as: ".git/config")
    try manager.createDirectory(
      atPath: "\(desk.folder)/plans/certs/.git", withIntermediateDirectories: true)
    _ = try desk.write("\ttoken = the secret", as: "plans/certs/.git/config")
    try link("config", to: "../../.git/config")
    try link("git", to: "../../.git")
    for path in ["certs/config", "certs/git/config", "certs/.git/config"] {
      for folders in [[], ["--allow-outside", desk.folder]] {
        let outcome = try await validate(path, folders)
        #expect(try outcome.codes() == ["C002"], "\(path)")
        #expect(outcome.output.contains("'.git'"), "\(path)")
      }
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

  @Test("A pattern passes over pipes and what is not there, and a name can not forge a line")
  func names() async throws {
    let made = try await desk.shell(
      "mkfifo '\(desk.folder)/plans/pipe.yaml' && mkdir '\(desk.folder)/plans/empty'")
    #expect(made.status == 0)
    let plan = try desk.write(
      "apiVersion: waltz/v1\nkind:   RotationPlan\n", as: "plans/a\n::error::b.yaml")
    for pattern in ["plans/*.yaml", "**/**/*error*b.yaml"] {
      let outcome = try await desk.waltz("plan", "fmt", "--check", "\(desk.folder)/\(pattern)")
      #expect(outcome.status == 1, "\(pattern)")
      #expect(outcome.output.split(separator: "\n").count == 1, "\(pattern)")
    }
    try manager.removeItem(atPath: plan)
    let missing = try await desk.waltz("plan", "show", plan)
    #expect(missing.status == 3 && missing.errors.split(separator: "\n").count == 1)
    let none = try await desk.waltz("plan", "validate", "\(desk.folder)/plans/*/plan.yaml")
    #expect(none.errors.contains("No file matches the pattern"))
  }

  @Test("A path out of the plan's folder needs its folder to be admitted")
  func beside() async throws {
    let path = "../certs/berlin.pem"
    #expect(try await validate(path).codes() == ["M044"])
    let folder = "\(desk.folder)/certs"
    #expect(try await validate(path, "--allow-outside", folder).codes() == [])
    #expect(try await validate("\(folder)/berlin.pem", "--allow-outside", folder).codes() == [])
    #expect(
      try await validate("../certs/../x.pem", "--allow-outside", folder).codes() == ["M044"])
    #expect(try await validate(path, "--allow-outside", "\(folder)/no").status == 2)
    let plan = "\(desk.folder)/plans/plan.yaml"
    _ = try await validate(path)
    #expect(try await desk.waltz("plan", "show", plan).status == 1)
    #expect(try await desk.waltz("plan", "show", plan, "--allow-outside", folder).status == 0)
  }

  @Test("Pipes, devices, folders, circles and giants are named and never waited for")
  func hostile() async throws {
    let made = try await desk.shell(
      "mkfifo plans/certs/pipe && truncate -s 3G plans/certs/giant && mkdir plans/certs/folder")
    #expect(made.status == 0)
    try link("zero", to: "/dev/zero")
    try link("circle", to: "circle")
    try link("to-pipe", to: "pipe")
    for (path, code) in [
      ("certs/pipe", "C002"), ("certs/to-pipe", "C002"), ("certs/giant", "C002"),
      ("certs/folder", "C002"), ("certs", "C002"), ("certs/circle", "C002"), ("certs/zero", "C003"),
      ("certs/berlin.pem/x", "C001"), ("certs/Berlin.pem", "C001"), ("no/berlin.pem", "C001"),
    ] {
      #expect(try await validate(path).codes() == [code], "\(path)")
    }
    #expect(
      try await validate("certs/zero", "--allow-outside", "/dev").codes() == ["C002"])
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

  @Test("Certificates that could not be opened are counted once, and not with --no-files")
  func unopened() async throws {
    let plan = Repository.quickstart
    let outcome = try await desk.waltz("plan", "validate", plan, "--at", "2026-06-01")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasSuffix("its password is asked for with --live only.\n"))
    let quiet = try await desk.waltz("plan", "validate", plan, "--no-files")
    #expect(quiet.status == 0 && !quiet.output.contains("--live"))
  }

  @Test("A suppression of what files would show is called unused once all of it was seen")
  func unusedSuppressions() async throws {
    // Offline the keystores stay closed and no server is asked; the files in the clear are all seen.
    let open = "certs/berlin.pem # waltz:ignore C028 nothing to see"
    #expect(try await validate("\(open)\n     ").codes() == ["S033"])
    #expect(try await validate("\(open)\n     ", "--no-files").codes() == [])
    for code in ["C005", "C014", "C034", "C036"] {
      let unseen = open.replacing("C028", with: code)
      #expect(try await validate("\(unseen)\n     ").codes() == [], "\(code)")
    }
    let closed = try desk.write(
      Repository.text(Repository.quickstart).replacing(
        "certificates:\n", with: "certificates: # waltz:ignore C028 nothing to see\n"),
      as: "plans/closed.yaml")
    try manager.copyItem(
      atPath: "\(Repository.root)/plans/certs/paris.p12",
      toPath: "\(desk.folder)/plans/certs/paris.p12")
    let outcome = try await desk.waltz(
      "plan", "validate", closed, "--format", "json", "--at", "2026-06-01")
    #expect(try outcome.codes() == [])
  }
}
