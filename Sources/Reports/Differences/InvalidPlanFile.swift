/// A file whose plans could not be compared since they are not valid.
public struct InvalidPlanFile: Sendable, Equatable {
  /// The file.
  public let path: String

  /// How many errors it has.
  public let errors: Int

  /// Whether it is of a revision, where its plans count as if they had not been there.
  public let countsAsNone: Bool

  /// A file with errors.
  public init(path: String, errors: Int, countsAsNone: Bool) {
    self.path = path
    self.errors = errors
    self.countsAsNone = countsAsNone
  }

  var sentence: Phrase {
    countsAsNone
      ? "\(path) was not valid before and counts as none"
      : "\(path) is not valid: \(words: Wording.count(errors, "error")), see waltz plan validate"
  }
}
