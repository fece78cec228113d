import Testing
import WorkingTree

@Suite("Patterns of file names")
struct GlobTests {
  /// A tree that is only names: folders end with `/`.
  private static let tree = [
    "a.yaml", "b.yml", ".hidden.yaml", "[x].yaml", "deep/", "deep/c.yaml", "deep/er/",
    "deep/er/d.yaml", ".git/", ".git/e.yaml", "é.yaml",
  ]

  private func files(_ pattern: String) -> [String] {
    func isFolder(_ path: String) -> Bool { Self.tree.contains(path + "/") }
    func names(_ folder: String) -> [String] {
      let prefix = folder.isEmpty ? "" : folder + "/"
      return Self.tree.compactMap { path in
        guard path.hasPrefix(prefix) else { return nil }
        let rest = path.dropFirst(prefix.count)
        let name = rest.hasSuffix("/") ? rest.dropLast() : rest
        return name.isEmpty || name.contains("/") ? nil : String(name)
      }
    }
    return Glob(pattern).files(
      names: names, isFolder: { path, _ in isFolder(path) },
      yamlFiles: { folder in
        Self.tree.filter { !$0.hasSuffix("/") && (folder == "." || $0.hasPrefix(folder + "/")) }
      })
  }

  @Test(
    "match as a shell's do",
    arguments: [
      ("*.yaml", ["[x].yaml", "a.yaml", "é.yaml"]), ("?.yaml", ["a.yaml", "é.yaml"]),
      ("[a-b].y*ml", ["a.yaml", "b.yml"]), ("[!a].yml", ["b.yml"]), (".*.yaml", [".hidden.yaml"]),
      ("[[]x].yaml", ["[x].yaml"]), ("**/d.yaml", ["d.yaml", "deep/d.yaml", "deep/er/d.yaml"]),
      ("deep/*", ["deep/c.yaml", "deep/er/d.yaml"]),
      ("**/**/c.yaml", ["c.yaml", "deep/c.yaml", "deep/er/c.yaml"]),
      ("./deep/c.yaml", ["deep/c.yaml"]), ("[a.yaml", []),
      ("d*p/e?/*.yaml", ["deep/er/d.yaml"]),
    ])
  func matches(pattern: String, found: [String]) {
    // A part without a pattern is a name, whether it is there or not.
    #expect(files(pattern) == found.sorted())
  }

  @Test("A pattern of many stars takes no time") func stars() {
    let name = Array(String(repeating: "a", count: 200).unicodeScalars)
    let pattern = Array((String(repeating: "*a", count: 100) + "b").unicodeScalars)
    #expect(!Glob.matches(name[...], pattern[...]))
  }
}
