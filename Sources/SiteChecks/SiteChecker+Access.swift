import PlanModel
import PlanText

extension SiteChecker {
  /// A skew beyond which times of sites cannot be compared, in milliseconds (`docs/SEPM.md`, "Times and ids").
  private static let longestSkew: Int64 = 300_000

  /// A site that said nothing.
  mutating func reportTrouble(_ trouble: SiteTrouble, of site: Int) {
    let (entry, place): (CatalogueEntry, SourceSpan?) =
      switch trouble.kind {
      case .unreachable: (.silentSite, nil)
      case .untrusted: (.untrustedSite, plan.sites[site].api?.trust.span)
      case .refused: (.refusedLogOn, plan.sites[site].api?.username.span)
      }
    report(
      entry, at: place.flatMap { $0.isKnown ? $0 : nil } ?? self.place(of: site),
      "Site \(name(of: site)): \(trouble.statement)", help: trouble.help)
  }

  /// Whether the account may do what a rotation needs, and whether times can be compared.
  mutating func checkAccess(to site: Int, _ facts: SiteFacts) {
    let account = facts.account
    let user = account.username.map { "'\($0)'" } ?? "The account"
    let place = plan.sites[site].api?.username.span ?? self.place(of: site)
    if account.isSystemAdministrator == false {
      report(
        .noSystemAdministrator, at: place,
        "\(user) is not a system administrator of site \(name(of: site)), but has the role "
          + "\(account.role.map { "'\($0)'" } ?? "of somebody else").",
        help:
          "Give the account the role of a system administrator in the console: Admin ▸ Administrators."
      )
    } else if !facts.refused.isEmpty {
      report(
        .noSystemAdministrator, at: place,
        "\(user) has no right to \(facts.refused.joined(separator: ", to ")) at site \(name(of: site)).",
        help:
          "Give the account the role of a system administrator in the console: Admin ▸ Administrators."
      )
    }
    if !facts.unread.isEmpty {
      report(
        .unreadParts, at: self.place(of: site),
        "Part of what site \(name(of: site)) says of itself was not read. "
          + facts.unread.joined(separator: " "),
        help: "Look what is wrong there and check again: what was not read was not checked.")
    }
    // What may be the length of the call is held against nobody.
    if let clock = facts.clock, abs(clock.ahead) - clock.accuracy > Self.longestSkew {
      let ahead = clock.ahead
      let length = Duration.milliseconds(abs(ahead) / 1_000 * 1_000).planNotation
      report(
        .otherClock, at: self.place(of: site),
        "The clock of site \(name(of: site)) is \(length) \(ahead > 0 ? "ahead of" : "behind") this machine's.",
        help:
          "Correct the clock that is wrong: `w32tm /query /status` on the server tells where it gets its time."
      )
    }
  }
}
