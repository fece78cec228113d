import Testing

@Suite("The verifier shares nothing with the lowering")
struct VerifierTests {
  private static let lowering = "Sources/PlanCompiler/Lower"
  private static let verifier = "Sources/PlanCompiler/Verify"

  /// What others read of a plan for anybody: the lowering asks it, so the verifier must not.
  private static let shared: Set<Substring> = [
    "RotationOutline", "RuleTable", "isRotating", "partnerSites",
  ]

  @Test("It names no type and no function of the lowering, nor what that reads plans with")
  func names() throws {
    var forbidden = Self.shared
    for file in try SourceFile.swiftFiles(below: Self.lowering) {
      forbidden.formUnion(Self.declared(in: SwiftCode(file.text)))
    }
    // Else nothing was found that could be forbidden.
    try #require(forbidden.isSuperset(of: ["LoweringRules", "ChannelRules", "lower", "lowering"]))
    let files = try SourceFile.swiftFiles(below: Self.verifier)
    try #require(files.count > 10)
    for file in files {
      for word in SwiftCode(file.text).words where forbidden.contains(word.text) {
        Issue.record("\(file.path):\(word.line): \(word.text) belongs to the lowering")
      }
      for word in SwiftCode(file.text).words
      where word.text == "method" && word.after.hasPrefix("(of") {
        Issue.record("\(file.path):\(word.line): the lowering asks the plan for methods")
      }
    }
  }

  /// The types that a file declares, and its functions and properties that are no word of everybody's.
  private static func declared(in code: SwiftCode) -> Set<Substring> {
    let types: Set<Substring> = ["struct", "enum", "class", "actor", "protocol"]
    var names: Set<Substring> = []
    for (keyword, name) in zip(code.words, code.words.dropFirst()) {
      let isType = types.contains(keyword.text)
      if isType || name.text == "lower" || name.text == "lowering" { names.insert(name.text) }
    }
    return names
  }
}
