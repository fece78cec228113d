/// What may still be spent on hashing passwords; one can be handed through the examination of many sources.
public struct WorkBudget: Sendable {
  /// How many hashes there are in all.
  public let limit: Int

  /// How many of them were asked for.
  public private(set) var spent = 0

  /// How many are left.
  public var rest: Int { limit - spent }

  /// A budget of so many hashes.
  public init(limit: Int) {
    self.limit = max(limit, 0)
  }

  /// Takes iterations from the budget.
  ///
  /// - Throws: ``SourceProblem/tooManyIterations(_:limit:)`` before any of them was done.
  mutating func spend(_ iterations: Int) throws(SourceProblem) {
    guard iterations <= rest else {
      let (sum, overflow) = spent.addingReportingOverflow(iterations)
      throw .tooManyIterations(overflow ? iterations : sum, limit: limit)
    }
    spent += max(iterations, 0)
  }

  /// Takes what was spent elsewhere.
  mutating func take(_ iterations: Int) {
    spent += min(iterations, rest)
  }
}
