import Testing

@Suite("Below the command line nothing touches the process it runs in")
struct HabitTests {
  @Test("No terminal, environment, clock, working directory, randomness or exit")
  func noEffects() throws {
    for file in try SourceFile.swiftFiles(below: "Sources") where file.target != "waltz" {
      let code = SwiftCode(file.text)
      for habit in Habit.all where !isExcepted(file, habit) {
        for line in habit.lines(in: code) {
          Issue.record("\(file.path):\(line): \(habit.rule).")
        }
      }
    }
  }

  @Test("The command line prints through its terminal alone, and a document as it is in one place")
  func printing() throws {
    let habits =
      Habit.all.filter { $0.rule.hasPrefix("prints") }
      + [.names(["FileHandle", "stdout", "stderr"], "writes to a stream beside the terminal")]
    #expect(habits.count == 2)
    for file in try SourceFile.swiftFiles(below: "Sources") {
      if file.target == "waltz" {
        for habit in habits {
          for line in habit.lines(in: SwiftCode(file.text)) {
            Issue.record("\(file.path):\(line): \(habit.rule).")
          }
        }
      }
      let isFormatter = file.path.hasSuffix("/PlanFormatter.swift")
      #expect(file.text.contains("Printout(document:") == isFormatter, "\(file.path)")
    }
  }

  @Test("No exception outlives its reason", arguments: HabitException.all.map(\.path))
  func exceptionsAreNeeded(path: String) throws {
    // A file that is not there yet needs no exception either.
    let code = SwiftCode(try SourceFile.read(path).text)
    for exception in HabitException.all where exception.path == path {
      let habits = Habit.all.filter { $0.rule == exception.rule }
      #expect(!habits.isEmpty, "\(exception.rule)")
      #expect(habits.contains { !$0.lines(in: code).isEmpty }, "\(exception.reason)")
    }
  }

  @Test("A source file is read in one sitting: 400 lines at most")
  func fileLength() throws {
    for file in try SourceFile.swiftFiles(below: "Sources") {
      #expect(file.text.utf8.count { $0 == UInt8(ascii: "\n") } <= 400, "\(file.path)")
    }
  }

  @Test("Nothing is left for later in a comment")
  func noReminders() throws {
    let reminders = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    for folder in ["Sources", "Tests"] {
      for file in try SourceFile.swiftFiles(below: folder) {
        let words = file.text.split { !$0.isLetter }
        #expect(!words.contains { reminders.contains(String($0)) }, "\(file.path)")
      }
    }
  }

  private func isExcepted(_ file: SourceFile, _ habit: Habit) -> Bool {
    HabitException.all.contains { $0.path == file.path && $0.rule == habit.rule }
  }
}
