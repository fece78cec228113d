/// What one step asks of a person, with every name filled in.
package struct StepGuide: Sendable, Equatable {
  /// What is done to what.
  package let title: String

  /// What to do, one thing a line.
  package let actions: [String]

  /// What the screen shows then.
  package let look: [String]

  /// How to tell that it worked.
  package let proof: [String]

  /// What to do if it did not.
  package let trouble: [String]

  /// The lines of a gate: what to do, and behind it, introduced by their own words, the rest.
  func lines(_ words: GuideWords) -> [String] {
    actions + look.map { words.look($0) } + proof.map { words.proof($0) }
      + trouble.map { words.trouble($0) }
  }
}
