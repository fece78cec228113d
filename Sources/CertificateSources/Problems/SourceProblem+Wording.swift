extension SourceProblem {
  /// A name for programs, in lower case with dashes: `password-wrong`. It never changes.
  public var identifier: String { "" }

  /// How much it matters.
  public var severity: Severity { .error }

  /// What is wrong, in one full sentence.
  public var summary: String { "" }

  /// The way out, in full sentences.
  public var help: String { "" }
}
