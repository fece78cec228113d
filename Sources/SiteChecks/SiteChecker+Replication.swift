import PlanModel
import PlanText

extension SiteChecker {
  /// Partners that the plan does not know, and partnerships that the site does not list.
  ///
  /// SEPM's names of sites are its own: what a site of the plan calls itself tells which one a partner is. A partner
  /// that no site owns up to may still be one that was not asked, so of these only the number is held against the plan.
  mutating func checkPartners(of site: Int, _ replication: SiteFacts.Replication) {
    let name = plan.sites[site].name
    let planned = plan.partnerships.compactMap { partnership in
      other(of: partnership, from: name.value).map { (partnership, site: $0) }
    }
    let partners = replication.partners.map { ($0, site: position(called: $0, besides: site)) }
    let known = Set(partners.compactMap(\.site))
    let unknown = partners.filter { $0.site == nil }.map(\.0)
    let missing = planned.filter { !known.contains($0.site) }
    let unasked = missing.filter { ownName(of: $0.site) == nil }
    var unplanned = known.subtracting(planned.map(\.site)).sorted().map {
      plan.sites[$0].name.value
    }
    if unknown.count > unasked.count { unplanned += unknown }
    if !unplanned.isEmpty {
      report(
        .unplannedPartner, at: name.span,
        "Site '\(name.value)' replicates with \(listed(unplanned)), and the plan has "
          + (unasked.isEmpty || unknown.count <= unasked.count
            ? "no partnership of the two."
            : "\(counted(unasked.count, "partnership")) of these."),
        help:
          "Add the partnerships to 'replication', and the sites to 'sites'. A partner that is left out receives "
          + "half-changed lists and certificates.")
    }
    for (partnership, other) in missing where unknown.isEmpty || ownName(of: other) != nil {
      let partners = replication.partners
      report(
        .partnerNotListed, at: partnership.span.isKnown ? partnership.span : name.span,
        "Site '\(name.value)' does not list the partner that '\(partnership.name)' gives it"
          + (partners.isEmpty ? ": it replicates with nobody." : ", but \(listed(partners))."),
        help:
          "Remove the partnership, unless an earlier run broke it and ended before it was restored."
      )
    }
  }

  /// The other site of a partnership; nil where the site is in none of its ends.
  private func other(of partnership: Partnership, from site: String) -> Int? {
    guard partnership.sites.contains(where: { $0.value == site }),
      let other = partnership.sites.first(where: { $0.value != site })
    else { return nil }
    return plan.sites.firstIndex { $0.name.value == other.value }
  }

  /// What a site calls itself; nil where nobody knows.
  private func ownName(of site: Int) -> String? {
    guard case .facts(let facts)? = answers[site] else { return nil }
    return facts.replication?.ownName
  }

  /// The site of the plan that SEPM calls so: by its own word, else by the plan's name where it said nothing.
  private func position(called name: String, besides site: Int) -> Int? {
    let wanted = name.lowercased()
    return plan.sites.indices.first { position in
      position != site
        && (ownName(of: position) ?? plan.sites[position].name.value).lowercased() == wanted
    }
  }
}
