package import PlanModel

/// What a person is told who puts back by hand what a run left open.
package struct PutBackWords: Sendable {
  /// What to do about something that is open, `{name}`: the beginning of a sentence, which the condition and the rest end.
  let openings: [Opening: (task: String, rest: String)]

  /// Where something may be open, and is not known to be: after the task.
  package let ifItIs: String

  /// When clients may verify again.
  package let nothingChanged: String
  package let clientsHaveIt: String
  package let notBefore: String

  /// That all of it belongs back before another run.
  package let record: String

  /// The sentence about something that is open.
  package func sentence(for opening: Opening, of name: String, isCertain: Bool) -> String {
    let words = openings[opening] ?? ("", "")
    return words.task.replacing("{name}", with: name) + (isCertain ? "" : ifItIs) + words.rest
  }
}

extension GuideLanguage {
  /// What a person is told who puts back by hand what a run left open.
  package var putBack: PutBackWords {
    switch self {
    case .english: .english
    case .german: .german
    }
  }
}
