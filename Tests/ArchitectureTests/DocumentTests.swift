import Testing

@Suite("The documents keep up with the code")
struct DocumentTests {
  @Test(
    "docs/ARCHITECTURE.md has a section for every target", arguments: Layout.targets.map(\.name))
  func mapNamesTargets(target: String) throws {
    let lines = try SourceFile.read("docs/ARCHITECTURE.md").text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("### ") && $0.contains("`\(target)`") })
  }

  @Test("Every package that is depended on has a decision that says why")
  func dependenciesAreDecided() throws {
    let packages = Manifest(try SourceFile.read("Package.swift").text).packages
    try #require(packages.count > 3)
    let titles = try SourceFile.names(in: "docs/decisions").filter { $0.hasSuffix(".md") }.map {
      try SourceFile.read("docs/decisions/\($0)").text.prefix { $0 != "\n" }
    }
    for package in packages + ["libcrypto", "libyaml"] {
      #expect(titles.contains { $0.contains(package) }, "\(package)")
    }
  }

  @Test("Decisions are numbered without gaps and say the same number inside")
  func decisionsAreNumbered() throws {
    let names = try SourceFile.names(in: "docs/decisions").filter { $0.hasSuffix(".md") }
    for (index, name) in names.enumerated() {
      #expect(name.hasPrefix(String("000\(index + 1)".suffix(4)) + "-"), "\(name)")
      let text = try SourceFile.read("docs/decisions/\(name)").text
      #expect(text.hasPrefix("# \(index + 1). "), "\(name)")
    }
  }
}
