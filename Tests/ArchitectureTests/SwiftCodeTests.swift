import Testing

@Suite("Swift is read well enough to judge it")
struct SwiftCodeTests {
  @Test(
    "Imports are found however they are written",
    arguments: [
      ("import GRDB", ["GRDB"]),
      ("public import PlanModel", ["PlanModel"]),
      ("@testable import RunStore", ["RunStore"]),
      ("@preconcurrency internal import CYAML", ["CYAML"]),
      ("#if os(Linux)\n  internal import Glibc\n#endif", ["Glibc"]),
      ("import struct Foundation.Date", ["Foundation"]),
      ("import A; import B", ["A", "B"]),
      ("// import GRDB\n/* import\nimport GRDB\n*/", []),
      ("let text = \"\"\"\n  import GRDB\n  \"\"\"", []),
      ("let important = 1", []),
    ])
  func imports(text: String, modules: [String]) {
    #expect(SwiftCode(text).imports.map(\.module) == modules)
  }

  @Test("A line number is that of the source")
  func lineNumbers() {
    let text = "/* one\n two */\nlet a = \"\"\"\n  x\n  \"\"\"\nimport B\n"
    #expect(SwiftCode(text).imports == [SwiftCode.Import(module: "B", line: 6)])
  }

  @Test(
    "Bad habits are found",
    arguments: [
      "print(\"x\")", "  exit(3)", "let home = getenv(\"HOME\")",
      "let now = Date()", "let now = Date.now", "ProcessInfo.processInfo.environment",
      "CommandLine.arguments", "FileManager.default.currentDirectoryPath",
      "var g = SystemRandomNumberGenerator()", "Task.detached { }", "fatalError(\"no\")",
      "let text = \"at \\(Date())\"", "let text = #\"at \\#(Date())\"#", "ContinuousClock().now",
    ])
  func badHabits(text: String) {
    let code = SwiftCode(text)
    #expect(Habit.all.flatMap { $0.lines(in: code) } == [1])
  }

  @Test(
    "What only looks like a bad habit is none",
    arguments: [
      "// print(x)", "let fingerprint = fingerprint(of: leaf)", "printer.print(x)",
      "case exit(code: Int)".replacing("exit(", with: "exits("), "let text = \"print(1) exit(2)\"",
      "let date = Date(timeIntervalSince1970: 0)", "/* /* exit(1) */ getenv(\"A\") */ let a = 1",
      "let text = #\"a \" print(1)\"#", "let a = \"\\\"\"; let b = \"exit(1)\"",
    ])
  func goodHabits(text: String) {
    let code = SwiftCode(text)
    #expect(Habit.all.flatMap { $0.lines(in: code) }.isEmpty)
  }

  @Test("The manifest's targets are read with their dependencies")
  func manifest() {
    let manifest = Manifest(
      """
      dependencies: [.package(url: "https://example.net/groue/GRDB.swift", from: "7.0.0")],
      targets: [
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
        .target(name: "A"),
        .executableTarget(
          name: "b", dependencies: ["A", .product(name: "GRDB", package: "GRDB.swift")]),
        .target(name: "Support", path: "Tests/Support"),
        .testTarget(name: "ATests", dependencies: ["A"]),
      ]
      """)
    #expect(
      manifest.targets == [
        .init(kind: "systemLibrary", name: "CYAML", dependencies: []),
        .init(kind: "target", name: "A", dependencies: []),
        .init(kind: "executableTarget", name: "b", dependencies: ["A", "GRDB"]),
        .init(kind: "target", name: "Support", dependencies: [], isInSources: false),
        .init(kind: "testTarget", name: "ATests", dependencies: ["A"]),
      ])
    #expect(manifest.shipped.map(\.name) == ["CYAML", "A", "b"])
    #expect(manifest.packages == ["GRDB.swift"])
  }

  @Test("What a target reaches includes what others import for it")
  func reach() {
    let imports: [String: Set<String>] = ["A": ["Yams"], "B": ["A"], "C": ["B"]]
    #expect(Layout.reach(of: "C", in: imports) == ["A", "B", "Yams"])
    #expect(Layout.reach(of: "A", in: imports) == ["Yams"])
  }
}
