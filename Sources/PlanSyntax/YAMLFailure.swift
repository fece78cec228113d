internal import PlanText

/// What libyaml says when it can not go on, to be said in the user's words.
struct YAMLFailure {
  let problem: String
  let context: String
  let at: Int
  let contextAt: Int

  /// The diagnostic for it.
  func diagnostic(in text: YAMLText) -> Diagnostic {
    Diagnostic(.unreadable, at: text.span(at, at + 1), "\(context) \(problem)")
  }
}
