import Testing

@Suite("What an action is stands in one table")
struct ProcedureTests {
  /// Where actions are told apart: the table, what makes steps, what proves them, what they do to an estate, and what
  /// carries them out and sees them on real servers.
  private static let rooms = [
    "Sources/PlanModel/Procedure/", "Sources/PlanCompiler/Lower/", "Sources/PlanCompiler/Verify/",
    "Sources/Estate/", "Sources/ConsoleGuide/", "Sources/Drivers/API/", "Sources/Drivers/Real/",
  ]

  /// How many actions a file elsewhere may name: it may be about one, or about one and its counterpart.
  private static let most = 2

  @Test("Elsewhere nothing tells more than two actions apart")
  func noListsElsewhere() throws {
    let actions = try Self.actions
    for file in try SourceFile.swiftFiles(below: "Sources")
    where !Self.rooms.contains(where: file.path.hasPrefix) {
      let named = Self.named(in: SwiftCode(file.text), of: actions)
      #expect(
        named.count <= Self.most,
        "\(file.path) names \(named.sorted().joined(separator: ", ")): ask the table instead")
    }
  }

  @Test("The rooms are still where actions are told apart", arguments: rooms)
  func roomsAreNeeded(room: String) throws {
    let actions = try Self.actions
    let files = try SourceFile.swiftFiles(below: "Sources").filter { $0.path.hasPrefix(room) }
    #expect(files.contains { Self.named(in: SwiftCode($0.text), of: actions).count > Self.most })
  }

  @Test("A switch, a list and a comparison are seen, a word of the same name is not")
  func reading() {
    let code = SwiftCode(
      """
      switch action { case .one, .two: true }
      let list: [Action] = [
        .three,
      ]
      if action == Action.four {}
      let five = five(of: "x.six") // .seven
      """)
    #expect(
      Self.named(in: code, of: ["one", "two", "three", "four", "five", "six", "seven"]) == [
        "one", "two", "three", "four",
      ])
  }

  /// The names of the cases, as their declaration has them.
  private static var actions: Set<String> {
    get throws {
      let code = SwiftCode(
        try SourceFile.read("Sources/PlanModel/Procedure/Action.swift").text)
      var names: Set<String> = []
      for line in code.lines {
        let words = line.split(whereSeparator: \.isWhitespace)
        if words.count > 2, words[0] == "case", words[2] == "=" { names.insert(String(words[1])) }
      }
      try #require(names.count > 20)
      return names
    }
  }

  private static func named(in code: SwiftCode, of actions: Set<String>) -> Set<String> {
    Set(code.words.filter { $0.before == "." }.map { String($0.text) }).intersection(actions)
  }
}
