/// Why an answer cannot be understood.
struct MalformedAnswer: Error, Equatable {
  /// What is wrong, as the end of a sentence: "the member `id` is missing".
  let what: String

  /// The byte at which reading stopped, from 0; nil where it is no matter of one byte.
  var offset: Int?

  /// The same with its place, as the end of a sentence.
  var words: String { offset.map { "\(what), at byte \($0)" } ?? what }
}

extension Optional {
  /// The value of a member that an answer must have.
  func needed(_ name: StaticString) throws(MalformedAnswer) -> Wrapped {
    guard let self else { throw MalformedAnswer(what: "the member `\(name)` is missing") }
    return self
  }
}
