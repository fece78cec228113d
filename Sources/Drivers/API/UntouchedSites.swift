import PlanModel
import RotationEngine
import RotationGraph

/// The sites of a run whose turn has not come, watched while clients of others are waited for: what they have now is the
/// baseline of their own change, and tells a holiday from a fall elsewhere.
actor UntouchedSites {
  /// How long a site is left alone, by the run's clock: an hour must not pass without a look.
  private static let pause: Duration = .minutes(30)

  /// How many sites are looked at side by side.
  private static let atOnce = 8

  private let sight: SiteSight
  private let shelf: ObservationShelf
  private var sites: [Int: (site: ObservedSite, lookedAt: Instant)] = [:]

  /// The sites of a run.
  init(_ sight: SiteSight, _ shelf: ObservationShelf) {
    self.sight = sight
    self.shelf = shelf
  }

  /// Looks at those that are due, beside one whose clients are counted now. What keeps a site from answering is no matter of
  /// the step that is under way; its own steps will say so.
  func look(besides counted: Int, at now: Instant) async {
    guard let others = try? await sight.untouchedSites(besides: counted) else { return }
    let sight = sight
    _ = await others.compactMap { due($0, at: now) }.mapSideBySide(atOnce: Self.atOnce) {
      position, site in
      guard (try? await sight.isAwaited(position)) == false,
        let reading = try? await sight.reading(position)
      else { return }
      _ = try? await site.look(by: reading)
    }
  }

  /// The site, if it is time to look at it; that it is looked at now is noted.
  private func due(_ position: Int, at now: Instant) -> (Int, ObservedSite)? {
    let plan = sight.graph.plan
    guard plan.sites[position].api != nil else { return nil }
    if let known = sites[position], now < known.lookedAt + Self.pause { return nil }
    let site =
      sites[position]?.site ?? ObservedSite(plan.sites[position], of: plan, shelf, naming: 0)
    sites[position] = (site, now)
    return (position, site)
  }
}

extension SiteSight {
  /// Whether a wait counts the clients of a site already.
  fileprivate func isAwaited(_ site: Int) async throws -> Bool {
    try await beginning(of: .awaitVerificationDisabled, on: .site(site)) != nil
  }
}
