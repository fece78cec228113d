package import CertificateChecks
package import Drivers
import PlanModel
import PlanText

/// The plan for the sites that were found, before it is text: names, addresses and partnerships.
package struct PlanDraft: Sendable {
  /// The sites that were asked, in their order; then partners of theirs that were not.
  let sites: [DraftSite]

  /// Pairs of positions in ``sites`` that replicate with each other.
  let partnerships: [(Int, Int)]

  /// What each listener presents, of those that were looked at.
  package var sights: [TLSProbe.Endpoint: ServerEvidence.Answer] = [:]

  /// A draft.
  package init(_ found: [FoundSite]) {
    var names = NameSource()
    var hosts = HostSource(apis: found.compactMap { URLParts($0.api.url.value)?.host })
    var sites: [DraftSite] = []
    var positions: [String: Int] = [:]
    for (position, site) in found.enumerated() {
      let foundName = site.inventory.name
      if let foundName { positions[foundName] = position }
      sites.append(
        DraftSite(
          name: names.name(for: foundName ?? "", else: "site-\(position + 1)"),
          foundName: foundName, found: site, servers: site.inventory.servers.map(\.name),
          &hosts))
    }
    var pairs: Set<[Int]> = []
    var partnerships: [(Int, Int)] = []
    for (position, site) in found.enumerated() {
      for partner in site.inventory.partners.prefix(Self.mostPartners) {
        let other: Int
        if let known = positions[partner.name] {
          other = known
        } else {
          other = sites.count
          positions[partner.name] = other
          sites.append(
            DraftSite(
              name: names.name(for: partner.name, else: "site-\(other + 1)"),
              foundName: partner.name, found: nil, servers: partner.servers.map(\.name),
              &hosts))
        }
        guard other != position, pairs.insert([position, other].sorted()).inserted else {
          continue
        }
        partnerships.append((min(position, other), max(position, other)))
      }
    }
    self.sites = sites
    self.partnerships = partnerships
  }

  /// More partners than any site has; the vendor advises fewer than five sites.
  private static let mostPartners = 64

  /// Every listener that is worth a look, each once.
  package var endpoints: [TLSProbe.Endpoint] {
    var seen: Set<TLSProbe.Endpoint> = []
    return sites.flatMap(\.servers).flatMap(\.endpoints).filter { seen.insert($0).inserted }
  }

  /// The positions of two sites that were asked and are one, by what they call themselves; nil where there are none.
  package var sameSites: (Int, Int)? {
    let asked = sites.filter { $0.found != nil }
    for (position, site) in asked.enumerated() {
      guard let name = site.foundName else { continue }
      for earlier in asked.indices.prefix(position) where asked[earlier].foundName == name {
        return (earlier, position)
      }
    }
    return nil
  }
}
