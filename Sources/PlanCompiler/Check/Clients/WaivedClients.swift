import PlanModel
import PlanText

/// The clients that exclusions waive, by group and function, so that the exclusion over a cohort is found
/// without going through all of them for each cohort.
struct WaivedClients {
  private struct Key: Hashable {
    let group: String?
    let osFunction: OSFunction?
  }

  /// The first exclusion that asks for just this.
  private var positions: [Key: Int] = [:]

  /// How long the groups are that are asked for, in bytes.
  private var lengths: Set<Int> = []

  /// What is asked for in the order of the plan; what asks for nothing waives nobody.
  init(_ selectors: [ClientSelector]) {
    for (position, selector) in selectors.enumerated() where !selector.isEmpty {
      let group = selector.group?.value
      if let group { lengths.insert(group.utf8.count) }
      let key = Key(group: group, osFunction: selector.osFunction?.value)
      if positions[key] == nil { positions[key] = position }
    }
  }

  /// The first that every client of the selector belongs to.
  func first(covering selector: ClientSelector) -> Int? {
    var groups: [String?] = [nil]
    if let group = selector.group?.value {
      groups += Self.prefixes(of: group).filter { lengths.contains($0.utf8.count) }.map(String.init)
    }
    let functions = [nil] + (selector.osFunction.map { [$0.value] } ?? [])
    return groups.flatMap { group in
      functions.compactMap { positions[Key(group: group, osFunction: $0)] }
    }.min()
  }

  /// The group and those that it is in: `My Company\Lab` and `My Company`.
  private static func prefixes(of group: String) -> [Substring] {
    let ends = group.utf8.indices.filter { group.utf8[$0] == "\\" } + [group.utf8.endIndex]
    return ends.map { group[..<$0] }
  }
}
