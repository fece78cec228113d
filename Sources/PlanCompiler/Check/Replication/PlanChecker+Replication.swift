import PlanModel
import PlanText

extension PlanChecker {
  /// Partnerships by themselves and the farms that they make.
  mutating func checkReplication() {
    var seen: [Pair: Int] = [:]
    for (index, partnership) in plan.partnerships.enumerated() {
      guard let pair = resolvedPair(index, partnership) else { continue }
      if let first = seen[pair] {
        report(
          .partnershipTwice, at: partnership.headSpan,
          "The sites '\(partnership.sites[0].value)' and '\(partnership.sites[1].value)' already "
            + "have a partnership.",
          help: "Remove one of the two.",
          related: [.init("It is declared here.", at: plan.partnerships[first].headSpan)])
        continue
      }
      seen[pair] = index
      pairs.append((index, pair.first, pair.second))
      checkAuthority(of: partnership)
      let sites = [plan.sites[pair.first], plan.sites[pair.second]]
      if hasRotation, !sites.contains(where: { $0.isRotating || doubts.touches($0) }) {
        report(
          .idlePartnership, at: partnership.headSpan,
          "Neither '\(partnership.sites[0].value)' nor '\(partnership.sites[1].value)' rotates, so their "
            + "partnership is left alone.",
          help: "Remove the partnership, or name certificates at the servers of one of the sites.")
      }
    }
    checkFarms()
    checkAuthorities()
  }

  /// Sites that lose to two others which do not replicate with each other.
  private mutating func checkAuthorities() {
    var first: [Int: (winner: Int, partnership: Int)] = [:]
    var joined: Set<Pair>?
    for pair in pairs {
      let partnership = plan.partnerships[pair.partnership]
      guard partnership.breaking.value == .delete, let authority = partnership.authority,
        let winner = siteByName[authority.value], winner == pair.first || winner == pair.second,
        plan.sites[pair.first].isRotating || plan.sites[pair.second].isRotating
      else { continue }
      let loser = winner == pair.first ? pair.second : pair.first
      guard let other = first[loser] else {
        first[loser] = (winner, pair.partnership)
        continue
      }
      let partners = joined ?? Set(pairs.map { Pair(first: $0.first, second: $0.second) })
      joined = partners
      let winners = Pair(first: min(winner, other.winner), second: max(winner, other.winner))
      guard !partners.contains(winners) else { continue }
      let names = (plan.sites[loser].name.value, plan.sites[other.winner].name.value)
      report(
        .overwrittenTwice, at: authority.span,
        "Site '\(names.0)' would be overwritten with the data of '\(names.1)' and then with that of "
          + "'\(authority.value)'.",
        help: "Make '\(names.0)' the authority of one of the partnerships.",
        related: plan.partnerships[other.partnership].authority.map {
          [.init("The other authority over '\(names.0)'.", at: $0.span)]
        } ?? [])
    }
  }

  /// The two different sites of a partnership; reports anything else.
  private mutating func resolvedPair(_ index: Int, _ partnership: Partnership) -> Pair? {
    let resolved = partnership.sites.map { resolve(site: $0) }
    // The form takes exactly two; one that has a mistake of its own has been left out.
    guard resolved.count == 2 else { return nil }
    guard let first = resolved[0], let second = resolved[1] else { return nil }
    guard first != second else {
      report(
        .partnershipWithItself, at: partnership.sites[1].span,
        "Site '\(partnership.sites[0].value)' cannot replicate with itself.",
        help: "Name the other site.",
        related: [.init("It is already named here.", at: partnership.sites[0].span)])
      return nil
    }
    return Pair(first: min(first, second), second: max(first, second))
  }

  private mutating func checkAuthority(of partnership: Partnership) {
    let names = partnership.sites.map { "'\($0.value)'" }.joined(separator: " or ")
    guard let authority = partnership.authority else {
      if partnership.breaking.value == .delete, !doubts.touches(partnership) {
        let breaking = partnership.breaking.span
        report(
          .deleteWithoutAuthority, at: breaking.isKnown ? breaking : partnership.headSpan,
          "The partnership is deleted, but the plan does not say whose data wins when it is "
            + "restored.",
          help: "Add 'authority' with \(names).")
      }
      return
    }
    guard partnership.sites.contains(authority) else {
      report(
        .authorityOutside, at: authority.span,
        "'\(authority.value)' is not one of the two sites of this partnership.",
        help: "Write \(names).",
        related: partnership.sites.map { .init("A site of the partnership.", at: $0.span) })
      return
    }
    if partnership.breaking.value == .reschedule, !doubts.touches(partnership) {
      report(
        .authorityWithoutDelete, at: authority.span,
        "A rescheduled partnership keeps its data, so 'authority' has no effect.",
        help: "Remove 'authority', or write 'break: delete' if the partner is to be deleted.")
    }
  }

  /// Sites that are joined directly or through others.
  private mutating func checkFarms() {
    var parent = Array(plan.sites.indices)
    var size = [Int](repeating: 1, count: plan.sites.count)
    func root(_ site: Int) -> Int {
      var site = site
      while parent[site] != site {
        parent[site] = parent[parent[site]]
        site = parent[site]
      }
      return site
    }
    for pair in pairs {
      var (left, right) = (root(pair.first), root(pair.second))
      guard left != right else { continue }
      if size[left] < size[right] { swap(&left, &right) }
      parent[right] = left
      size[left] += size[right]
    }
    var reported: Set<Int> = []
    for pair in pairs {
      let farm = root(pair.first)
      guard size[farm] >= 5, reported.insert(farm).inserted else { continue }
      report(
        .manySitesReplicate, at: plan.partnerships[pair.partnership].headSpan,
        "\(size[farm]) sites replicate with each other, directly or through others; the vendor "
          + "recommends fewer than five.",
        help: "Rotate in waves and check that replication has caught up between them.")
    }
  }
}

/// Two sites, the smaller position first.
private struct Pair: Hashable {
  var first: Int
  var second: Int
}

extension Partnership {
  /// The sites of the partnership, or all of it where it lists none.
  var headSpan: SourceSpan {
    guard let first = sites.first, let last = sites.last, first.span.isKnown else { return span }
    return SourceSpan(
      source: first.span.source, start: Int(first.span.start),
      end: Int(max(last.span.end, first.span.end)))
  }
}
