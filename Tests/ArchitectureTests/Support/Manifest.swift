/// What `Package.swift` says of targets, read as text.
struct Manifest {
  struct Target: Equatable {
    let kind: String
    let name: String
    /// Targets and products alike.
    let dependencies: Set<String>
    /// Whether it is where SwiftPM looks for it, and not at a path of its own.
    var isInSources = true
  }

  let targets: [Target]

  /// What Waltz is made of: no test, and nothing that only tests and measurements need.
  var shipped: [Target] { targets.filter { $0.kind != "testTarget" && $0.isInSources } }

  /// The names of the packages it depends on: `GRDB.swift`.
  let packages: [String]

  init(_ text: String) {
    targets = text.matches(of: /\.(target|executableTarget|testTarget|systemLibrary)\(/).compactMap
    {
      match in
      let body = Self.balanced(text[match.range.upperBound...], close: ")")
      guard let name = body.firstMatch(of: /name: "([^"]+)"/)?.output.1 else { return nil }
      var dependencies: Set<String> = []
      if let start = body.firstRange(of: "dependencies: [") {
        let list = Self.balanced(body[start.upperBound...], close: "]")
          .replacing(/package: "[^"]*"/, with: "")
        dependencies = Set(list.matches(of: /"([^"]+)"/).map { String($0.output.1) })
      }
      return Target(
        kind: String(match.output.1), name: String(name), dependencies: dependencies,
        isInSources: !body.contains("path: \""))
    }
    packages = text.matches(of: /\.package\(url: "[^"]*\/([^"\/]+)"/).map { String($0.output.1) }
  }

  /// The text up to the bracket that closes the one before it.
  private static func balanced(_ text: Substring, close: Character) -> Substring {
    let open: Character = close == ")" ? "(" : "["
    var depth = 0
    for index in text.indices {
      if text[index] == open { depth += 1 }
      if text[index] == close {
        if depth == 0 { return text[..<index] }
        depth -= 1
      }
    }
    return text
  }
}
