/// What a reader found in one file, before the parts are put together.
struct ContainerContents {
  /// A certificate as it was found.
  struct Certificate {
    let der: ArraySlice<UInt8>
    var alias: String?
    var line: Int?
  }

  var certificates: [Certificate] = []
  var keys: [PrivateKeyFacts] = []
  var problems: [SourceProblem] = []
  var encryptions: [ContainerReading.Protection] = []
  var integrity: ContainerReading.Protection?

  /// Whether everything in it could be looked at.
  var isOpen = true

  /// How many keys are in it, the ones that could not be opened included.
  var keyCount = 0
}

/// What may still be spent on hashing passwords.
struct WorkBudget {
  let limit: Int
  private(set) var spent = 0

  init(_ limits: SourceLimits) {
    limit = limits.iterations
  }

  /// Takes iterations from the budget.
  ///
  /// - Throws: ``SourceProblem/tooManyIterations(_:limit:)`` before any of them was done.
  mutating func spend(_ iterations: Int) throws(SourceProblem) {
    let (sum, overflow) = spent.addingReportingOverflow(iterations)
    guard !overflow, sum <= limit else {
      throw .tooManyIterations(overflow ? iterations : sum, limit: limit)
    }
    spent = sum
  }
}
