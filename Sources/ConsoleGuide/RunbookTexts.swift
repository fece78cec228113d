/// What a runbook says around the instructions of its steps, as data. `{…}` are filled by who lays it out.
package struct RunbookTexts: Sendable {
  package let title: String
  package let introduction: [String]

  /// What the list of its parts is called.
  package let contents: String

  package let glance: String
  package let figures: Figures
  package let rotated: String
  package let rotatedColumns: [String]
  package let keeps: String
  package let certificates: String
  package let certificateColumns: [String]
  package let none: String

  package let before: String
  package let beforeLines: [String]

  package let steps: String
  package let stepsLines: [String]
  package let preparation: String
  package let wave: String

  package let id: String
  package let who: String
  package let person: String
  package let probe: String
  package let counting: String
  package let api: String
  package let command: String
  package let checkedBy: String
  package let after: String
  package let afterNothing: String
  package let takes: String
  package let openMeanwhile: String
  package let nothingOpen: String
  package let verificationOff: String
  package let clientsOnHTTP: String
  package let replicationBroken: String
  package let certificateUnproven: String
  package let noReturn: String

  package let whatToDo: String
  package let whatHappens: String
  package let byHand: String
  package let thenSay: String
  package let done: String

  package let trouble: String
  package let troubleLines: [Trouble]

  /// The console's own terms beside those of the text; nil where they are the same.
  package let terms: Terms?

  /// The names of figures.
  package struct Figures: Sendable {
    package let columns: [String]
    package let clients: String
    package let steps: String
    package let gates: String
    package let waits: String
    package let duration: String
    package let verificationOff: String
    package let replicationBroken: String
    package let noReturn: String

    /// `{expected}` and `{worst}`.
    package let estimate: String
  }

  /// Something that may go wrong.
  package struct Trouble: Sendable {
    package let what: String

    /// What is done then.
    package let help: String

    init(_ what: String, _ help: String) {
      self.what = what
      self.help = help
    }
  }

  /// A table of terms.
  package struct Terms: Sendable {
    package let heading: String
    package let introduction: String
    package let columns: [String]
    package let rows: [(own: String, english: String)]
  }
}

extension GuideLanguage {
  /// What a runbook says in the language.
  package var runbook: RunbookTexts {
    switch self {
    case .english: .english
    case .german: .german
    }
  }
}
