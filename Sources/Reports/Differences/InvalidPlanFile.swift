/// A file whose plans could not be compared since they are not valid.
package struct InvalidPlanFile: Sendable, Equatable {
  /// The file.
  package let path: String

  /// How many errors it has.
  package let errors: Int

  /// Whether it is of a revision, where its plans count as if they had not been there.
  package let countsAsNone: Bool

  /// A file with errors.
  package init(path: String, errors: Int, countsAsNone: Bool) {
    self.path = path
    self.errors = errors
    self.countsAsNone = countsAsNone
  }

  var sentence: Phrase {
    countsAsNone
      ? "\(path) was not valid before and counts as no plan"
      : "\(path) is not valid: \(words: Wording.count(errors, "error")), see waltz plan validate"
  }
}
