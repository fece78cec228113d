import Foundation
import Testing

@Suite("What is named is there")
struct ReferenceTests {
  @Test("Comments, pages, documents and scripts name files and headings that exist")
  func referencesResolve() throws {
    let files = try SourceFile.all()
    try #require(files.count > 300)
    let documents = try files.filter { $0.hasSuffix(".md") }.map(SourceFile.read)
    let check = ReferenceCheck(
      files: Set(files), documents: documents,
      packages: Manifest(try SourceFile.read("Package.swift").text).packages)
    for file in documents { report(check.problems(in: file)) }
    for path in files
    where !path.hasSuffix(".md") && ReferenceCheck.kind(of: path) != nil && path != Self.here {
      report(check.problems(in: try SourceFile.read(path)))
    }
  }

  /// This file, whose texts are to be wrong.
  private static let here = "Tests/ArchitectureTests/ReferenceTests.swift"

  private func report(_ problems: [String]) {
    for problem in problems { Issue.record("\(problem).") }
  }

  /// A repository of three documents and a file of code.
  private static let check = ReferenceCheck(
    files: ["README.md", "docs/FACTS.md", "docs/how/0001-why.md", "Sources/A/Sun.swift"],
    documents: [
      SourceFile(path: "README.md", text: "# A\n## Exit status\n"),
      SourceFile(
        path: "docs/FACTS.md",
        text: "# Facts\n\n## The waits\n```\n# no heading\n```\n### `A` and B: 2\n## The waits\n"),
    ], packages: ["Moon.swift"])

  @Test(
    "What is wrong is found, with its line",
    arguments: [
      ("Sources/A/Sun.swift", "/// (`docs/GONE.md`)", "1: there is no docs/GONE.md"),
      (
        "Sources/A/Sun.swift", "\n// See Sources/B/Sun.swift.", "2: there is no Sources/B/Sun.swift"
      ),
      ("Sources/A/Sun.swift", "/// See Earth.swift.", "1: there is no Earth.swift"),
      (
        "Sources/A/Sun.swift", "/// (`FACTS.md` §1)",
        "1: there is no FACTS.md here; name it with its folder"
      ),
      (
        "Sources/A/Sun.swift", "/// (`docs/FACTS.md`, \"The\n  /// weights\")",
        "1: docs/FACTS.md has no heading \"The weights\""
      ),
      (
        "Sources/A/Sun.swift", "/// `docs/FACTS.md`, \"The waits\" and \"No heading\".",
        "1: docs/FACTS.md has no heading \"No heading\""
      ),
      (
        "Sources/A/Sun.swift", "let a = \"\"\"\n  as `docs/FACTS.md`, \"The \\\n  weights\" says",
        "2: docs/FACTS.md has no heading \"The weights\""
      ),
      (
        "Sources/A/Sun.swift", "let a = \"as docs/FACTS.md, \\\"Waits\\\"\"",
        "1: docs/FACTS.md has no heading \"Waits\""
      ),
      (
        "docs/FACTS.md", "as `docs/FACTS.md`,\n\"no heading\"",
        "1: docs/FACTS.md has no heading \"no heading\""
      ),
      ("docs/FACTS.md", "[a](GONE.md)", "1: the link to GONE.md leads nowhere"),
      ("docs/FACTS.md", "a\n[a](../FACTS.md#facts)", "2: the link to ../FACTS.md leads nowhere"),
      ("README.md", "[a](docs/FACTS.md#waits)", "1: docs/FACTS.md has no heading for #waits"),
      ("README.md", "[a](#exit)", "1: README.md has no heading for #exit"),
      ("Makefile", "x:\n\t@Tests/gone.py", "2: there is no Tests/gone.py"),
      (".ci/run", "# see docs/GONE.md", "1: there is no docs/GONE.md"),
    ])
  func bad(path: String, text: String, problem: String) {
    #expect(
      Self.check.problems(in: SourceFile(path: path, text: text)).contains("\(path):\(problem)"))
  }

  @Test(
    "What is right is left alone",
    arguments: [
      (
        "Sources/A/Sun.swift",
        "/// (`docs/FACTS.md`, \"The waits\" and \"Facts\"), `Sources/A`, Moon.swift"
      ),
      (
        "Sources/A/Sun.swift", "/// It is said (`docs/FACTS.md`,\n  /// \"The waits\"), \"or not\"."
      ),
      ("Sources/A/Sun.swift", "let path = \"Sources/B/\" + name + \".swift\""),
      ("Sources/A/Sun.swift", "let all = [\"README.md\", \"docs/FACTS.md\"]"),
      (
        "docs/FACTS.md",
        "[a](how/0001-why.md) [b](../README.md#exit-status) [c](#a-and-b-2) [d](#the-waits-1)"
      ),
      ("docs/FACTS.md", "[a](https://example.net/docs/GONE.md) `README.md`, \"Exit status\""),
      ("docs/FACTS.md", "`docs/FACTS.md`, \"A and B: 2\""),
      ("Makefile", "x:\n\t@cat docs/*.md Sources/A/"),
      ("plans/a.yaml", "# docs/GONE.md"),
    ])
  func good(path: String, text: String) {
    #expect(Self.check.problems(in: SourceFile(path: path, text: text)) == [])
  }
}
