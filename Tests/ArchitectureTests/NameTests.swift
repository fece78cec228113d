import Testing

@Suite("A name means one thing")
struct NameTests {
  @Test("No two files of Sources have one name, and none is named in three parts")
  func fileNames() throws {
    var paths: [Substring: String] = [:]
    for file in try SourceFile.swiftFiles(below: "Sources") {
      let name = file.path.split(separator: "/").last ?? ""
      #expect(name.count { $0 == "+" } < 2, "\(file.path): a folder says the third part")
      if let other = paths.updateValue(file.path, forKey: name) {
        Issue.record("\(other) and \(file.path) have one name.")
      }
    }
    try #require(paths.count > 300)
  }

  @Test("No two types at the top of a file have one name")
  func typeNames() throws {
    var paths: [Substring: String] = [:]
    for file in try SourceFile.swiftFiles(below: "Sources") {
      for name in Self.topLevelTypes(in: SwiftCode(file.text)) {
        if let other = paths.updateValue(file.path, forKey: name) {
          Issue.record("\(other) and \(file.path) both declare \(name).")
        }
      }
    }
    try #require(paths.count > 300)
  }

  @Test("A declaration is found whatever stands before its keyword, a member is not")
  func reading() {
    let code = SwiftCode(
      """
      /// struct Comment {}
      package final class One {
        struct Member {}
      }
      @available(*, deprecated) private enum Two: Int { case three }
      @Wrapped
      indirect enum Four {
      }
      extension One { struct Five {} }
      func six() { struct Seven {} }
      typealias Eight = One
      """)
    #expect(Self.topLevelTypes(in: code) == ["One", "Two", "Four", "Eight"])
  }

  /// The types that are declared at the top of a file, in order: what a formatted file begins a line with.
  private static func topLevelTypes(in code: SwiftCode) -> [Substring] {
    let keywords: Set<Substring> = ["struct", "enum", "class", "actor", "protocol", "typealias"]
    let others: Set<Substring> = ["extension", "func", "var", "let", "import"]
    return code.lines.compactMap { line in
      guard let first = line.first, !first.isWhitespace else { return nil }
      let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      let place = words.firstIndex { keywords.contains($0) || others.contains($0) }
      guard let place, keywords.contains(words[place]) else { return nil }
      return words.dropFirst(place + 1).first
    }
  }
}
