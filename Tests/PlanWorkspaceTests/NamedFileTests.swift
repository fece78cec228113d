import Foundation
import PlanText
import PlanWorkspace
import Reports
import TestSupport
import Testing
import WorkingTree

@Suite("Files that a plan names")
struct NamedFileTests {
  private let folder: TestFolder
  private let manager = FileManager.default

  /// A repository with a plan in `plans`, whose certificate is at `path`.
  init() throws {
    folder = try TestFolder()
    for name in [".git", "plans/certs", "certs"] {
      try manager.createDirectory(
        atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    for file in ["berlin.pem", "berlin.key"] {
      for name in ["certs", "plans/certs"] {
        try manager.copyItem(
          atPath: "\(Repository.root)/plans/certs/\(file)",
          toPath: "\(folder.path)/\(name)/\(file)")
      }
    }
  }

  private func validate(
    _ certificate: String, admitting admitted: String? = nil, files: Bool = true
  ) async throws -> Validation {
    let plan = try folder.write(
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
    return try await folder.validation(
      of: [plan], certificates: files ? .files : nil,
      admitting: admitted.map { [$0] } ?? [])
  }

  private func codes(
    _ certificate: String, admitting admitted: String? = nil, files: Bool = true
  ) async throws -> [String] {
    try await validate(certificate, admitting: admitted, files: files).codes()
  }

  private func link(_ name: String, to target: String) throws {
    try manager.createSymbolicLink(
      atPath: "\(folder.path)/plans/certs/\(name)", withDestinationPath: target)
  }

  @Test("Links within the repository are followed, whatever way they take")
  func inside() async throws {
    try link("over", to: "../../certs/berlin.pem")
    try link("folder", to: "../../certs")
    try link("again", to: "./folder/../certs/./berlin.pem")
    try link("absolute", to: "\(folder.path)/certs/berlin.pem")
    for path in [
      "certs/berlin.pem", "certs/over", "certs/folder/berlin.pem", "certs/again", "certs/absolute",
      "./certs//berlin.pem", "certs/../certs/berlin.pem",
    ] {
      #expect(try await codes(path) == [], "\(path)")
    }
  }

  @Test("Nothing outside the repository is opened through a link")
  func outside() async throws {
    let other = try TestFolder()
    let secret = try other.write("the secret of another", as: "secret.pem")
    try link("file", to: secret)
    try link("folder", to: other.path)
    try link("up", to: String(repeating: "../", count: 40) + secret.dropFirst())
    try link("twice", to: "file")
    try link("proc", to: "/proc/self/root\(secret)")
    for path in ["certs/file", "certs/folder/secret.pem", "certs/up", "certs/twice", "certs/proc"] {
      let found = try await validate(path)
      #expect(found.codes() == ["C003"], "\(path)")
      #expect(!found.printed(.json).contains("the secret"))
    }
    // Admitted, it is read, and found to be no certificate.
    #expect(try await codes("certs/file", admitting: other.path) == ["C006"])
  }

  @Test("What git keeps for itself is no certificate, whatever way leads to it")
  func ofGit() async throws {
    _ = try folder.write("\ttoken = the secret", as: ".git/config")
    try manager.createDirectory(
      atPath: "\(folder.path)/plans/certs/.git", withIntermediateDirectories: true)
    _ = try folder.write("\ttoken = the secret", as: "plans/certs/.git/config")
    try link("config", to: "../../.git/config")
    try link("git", to: "../../.git")
    for path in ["certs/config", "certs/git/config", "certs/.git/config"] {
      for found in [
        try await validate(path), try await validate(path, admitting: folder.path),
      ] {
        #expect(found.codes() == ["C002"], "\(path)")
        #expect(found.printed(.json).contains("'.git'"), "\(path)")
      }
    }
  }

  @Test("A pattern passes over pipes and what is not there, and a name cannot forge a line")
  func names() async throws {
    let made = try await folder.shell("mkfifo plans/pipe.yaml && mkdir plans/empty")
    #expect(made.status == 0)
    _ = try folder.write(
      "apiVersion: waltz/v1\nkind:   RotationPlan\n", as: "plans/a\n::error::b.yaml")
    for pattern in ["plans/*.yaml", "**/**/*error*b.yaml"] {
      let formatted = try folder.formatted([pattern], check: true)
      #expect(formatted.map(\.isFinding) == [true], "\(pattern)")
      #expect(formatted[0].output.split(separator: "\n").count == 1, "\(pattern)")
    }
    await expectRefusal(.environment, "No file matches the pattern") {
      _ = try await folder.validation(of: "plans/*/plan.yaml")
    }
  }

  @Test("A path out of the plan's folder needs its folder to be admitted")
  func beside() async throws {
    let path = "../certs/berlin.pem"
    #expect(try await codes(path) == ["M044"])
    let certs = "\(folder.path)/certs"
    #expect(try await codes(path, admitting: certs) == [])
    #expect(try await codes("\(certs)/berlin.pem", admitting: certs) == [])
    #expect(try await codes("../certs/../x.pem", admitting: certs) == ["M044"])
    _ = try await validate(path)
    #expect(try folder.plan("plans/plan.yaml").files.diagnostics.hasErrors)
    #expect(!(try folder.plan("plans/plan.yaml", admitting: [certs]).files.diagnostics.hasErrors))
  }

  @Test("Pipes, devices, folders, circles and giants are named and never waited for")
  func hostile() async throws {
    let made = try await folder.shell(
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
      #expect(try await codes(path) == [code], "\(path)")
    }
    #expect(try await codes("certs/zero", admitting: "/dev") == ["C002"])
  }

  @Test("Certificates that could not be opened are counted once, and not where nobody looks")
  func unopened() async throws {
    let plan = Repository.quickstart
    let found = try await folder.validation(of: [plan], certificates: .files)
    #expect(found.isGood)
    #expect(found.summary.hasSuffix("only --live asks for its password.\n"))
    let quiet = try await folder.validation(of: plan)
    #expect(quiet.isGood && !quiet.summary.contains("--live"))
  }

  @Test("A suppression of what files would show is called unused once all of it was seen")
  func unusedSuppressions() async throws {
    // Offline the keystores stay closed and no server is asked; the files in the clear are all seen.
    let open = "certs/berlin.pem # waltz:ignore C028 nothing to see"
    #expect(try await codes("\(open)\n     ") == ["S033"])
    #expect(try await codes("\(open)\n     ", files: false) == [])
    for code in ["C005", "C014", "C034", "C036"] {
      let unseen = open.replacing("C028", with: code)
      #expect(try await codes("\(unseen)\n     ") == [], "\(code)")
    }
    _ = try folder.write(
      Repository.text(Repository.quickstart).replacing(
        "certificates:\n", with: "certificates: # waltz:ignore C028 nothing to see\n"),
      as: "plans/closed.yaml")
    try manager.copyItem(
      atPath: "\(Repository.root)/plans/certs/paris.p12",
      toPath: "\(folder.path)/plans/certs/paris.p12")
    let found = try await folder.validation(of: ["plans/closed.yaml"], certificates: .files)
    #expect(found.codes() == [])
  }
}
