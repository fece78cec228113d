package import PlanModel
package import SEPMClient

/// Whose clients a census counts, and how.
package struct CensusScope: Sendable, Equatable {
  /// The names by which rows may call the site; a row of another site is a partner's machine, which replication brought
  /// here (`docs/SEPM.md`, "Replication"). Empty where the site has no partner: then every row is its own.
  package var siteNames: Set<String>

  /// The policy of the wait.
  package var policy: WaitPolicy

  /// After how many milliseconds without contact SEPM deletes a client by itself; nil where it does not, or where
  /// nobody knows.
  package var purgesAfter: Int64?

  /// The groups whose clients download no policies or connect to no server: they can never adopt.
  package var deafGroups: Set<SEPMID>

  /// A scope.
  package init(
    siteNames: Set<String>, policy: WaitPolicy, purgesAfter: Int64? = nil,
    deafGroups: Set<SEPMID> = []
  ) {
    self.siteNames = siteNames
    self.policy = policy
    self.purgesAfter = purgesAfter
    self.deafGroups = deafGroups
  }

  /// Whether a row is of a machine of this site; one that never had contact is.
  package func isOwn(_ row: Computer) -> Bool {
    siteNames.isEmpty || row.lastSite.isEmpty || siteNames.contains(row.lastSite)
  }
}

/// Exclusions and cohorts, decided once for each group and function.
struct ClientRules: Sendable {
  struct Rule: Sendable, Equatable {
    let isExcluded: Bool

    /// Positions of the policy's cohorts.
    let cohorts: [Int]
  }

  private struct Key: Hashable {
    let group: String
    let function: OSFunction
  }

  private let policy: WaitPolicy
  private var rules: [Key: Rule] = [:]

  init(_ policy: WaitPolicy) {
    self.policy = policy
  }

  mutating func rule(for row: Computer) -> Rule {
    let key = Key(group: row.groupPath, function: row.function)
    if let rule = rules[key] { return rule }
    let rule = Rule(
      isExcluded: policy.exclusions.contains {
        $0.selector.matches(group: row.groupPath, osFunction: row.function)
      },
      cohorts: policy.cohorts.indices.filter {
        policy.cohorts[$0].selector.matches(group: row.groupPath, osFunction: row.function)
      })
    rules[key] = rule
    return rule
  }
}
