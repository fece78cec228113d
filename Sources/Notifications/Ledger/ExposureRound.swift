import RotationEngine

/// What a check of exposures is told of the sites that have it: that verification went off at the first of them, and that
/// it is on again at the last one.
///
/// What is open by what was told stands in the ledger of the check, in ``NewsLedger/Position/told`` of each run:
/// `open/SITE`, or `left/SITE` once the run is over, and `start/SEQ/NAME` for the event that the check of the name was told as the start.
package enum ExposureRound {
  /// A call that is due.
  package struct Call: Sendable, Equatable {
    /// Whether an exposure began; else it ended.
    package let hasBegun: Bool

    /// The event that it is about, the same for each attempt: `emea-2026-1/12`.
    package let id: String

    /// The event that the check was told as the start of the same exposure.
    package let start: String

    /// The site of the event.
    package let site: String

    /// The name of the check; empty where all sites have the same.
    package let check: String
  }

  /// Something that happened and was not told.
  package struct Due: Sendable, Equatable {
    package let run: String
    package let change: ExposureChange
  }

  /// A site whose verification is off, by what was told.
  package struct OpenSite: Sendable, Equatable {
    package let site: String

    /// The run that switched it off.
    package let run: String

    /// Whether that run is over.
    package let isLeft: Bool
  }

  private static let (open, left, start) = ("open/", "left/", "start/")

  /// What happened behind the positions, in the order in which it did.
  package static func due(
    _ changes: [String: [ExposureChange]], behind positions: [String: NewsLedger.Position]
  ) -> [Due] {
    changes.flatMap { run, changes in
      let position = positions[run]?.settled ?? 0
      return changes.filter { $0.sequence > position }.map { Due(run: run, change: $0) }
    }.sorted {
      ($0.change.at, $0.run, $0.change.sequence) < ($1.change.at, $1.run, $1.change.sequence)
    }
  }

  /// Takes into account what happened.
  ///
  /// What a run left behind that is over holds no start back: nobody would hear of a new exposure where the old one was
  /// ended by hand. It holds the success back all the same.
  ///
  /// - Parameters:
  ///   - due: What happened, the first that was not told.
  ///   - positions: The ledger's; afterwards as they are once the call was taken.
  ///   - check: Which check a site has.
  /// - Returns: What the check is told of it; nil for nothing.
  package static func take(
    _ due: Due, _ positions: inout [String: NewsLedger.Position], for check: NewsSettings.Check
  ) -> Call? {
    let (run, change) = (due.run, due.change)
    var position = positions[run] ?? .init()
    position.settle(through: change.sequence)
    let id = "\(run)/\(change.sequence)"
    switch change.kind {
    case .began:
      let name = check.name(for: change.site)
      let isFirst = !sites(in: positions).contains {
        !$0.isLeft && check.name(for: $0.site) == name
      }
      position.told.insert(open + change.site)
      positions[run] = position
      guard isFirst else { return nil }
      _ = takeStart(of: name, &positions)
      positions[run]?.told.insert("\(start)\(change.sequence)/\(name)")
      return Call(hasBegun: true, id: id, start: id, site: change.site, check: name)
    case .left:
      position.told.remove(open + change.site)
      position.told.insert(left + change.site)
      positions[run] = position
      return nil
    case .ended:
      positions[run] = position
      return close(change.site, by: id, &positions, for: check)
    }
  }

  /// Takes a site off what is open, whichever run opened it: a site's verification is on or off.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - id: What is told of it is known by this.
  ///   - positions: The ledger's; afterwards as they are once the call was taken.
  ///   - check: Which check a site has.
  /// - Returns: What the check is told; nil where the site was not open, or another one with the same check still is.
  package static func close(
    _ site: String, by id: String, _ positions: inout [String: NewsLedger.Position],
    for check: NewsSettings.Check
  ) -> Call? {
    guard sites(in: positions).contains(where: { $0.site == site }) else { return nil }
    for run in positions.keys {
      positions[run]?.told.subtract([open + site, left + site])
    }
    let name = check.name(for: site)
    guard !sites(in: positions).contains(where: { check.name(for: $0.site) == name }) else {
      return nil
    }
    return Call(
      hasBegun: false, id: id, start: takeStart(of: name, &positions) ?? id, site: site,
      check: name)
  }

  /// Where verification is off by what was told, by site.
  package static func sites(in positions: [String: NewsLedger.Position]) -> [OpenSite] {
    positions.flatMap { run, position in
      position.told.compactMap { mark in
        if mark.hasPrefix(open) {
          return OpenSite(site: String(mark.dropFirst(open.count)), run: run, isLeft: false)
        }
        guard mark.hasPrefix(left) else { return nil }
        return OpenSite(site: String(mark.dropFirst(left.count)), run: run, isLeft: true)
      }
    }.sorted { ($0.site, $0.run) < ($1.site, $1.run) }
  }

  /// Where a check begins in a journal that was there before it: what is open now is told, and what was is not.
  package static func beginning(
    _ changes: [ExposureChange], through sequence: Int
  ) -> NewsLedger.Position {
    var (open, since): (Set<String>, Int) = ([], 0)
    for change in changes {
      switch change.kind {
      case .began:
        if open.isEmpty { since = change.sequence }
        open.insert(change.site)
      case .ended, .left: open.remove(change.site)
      }
    }
    return NewsLedger.Position(at: open.isEmpty ? sequence : since - 1)
  }

  /// The event that a check was told as the start, which is forgotten.
  private static func takeStart(
    of name: String, _ positions: inout [String: NewsLedger.Position]
  ) -> String? {
    var found: String?
    for (run, position) in positions {
      let mark = position.told.first { $0.hasPrefix(start) && $0.hasSuffix("/\(name)") }
      guard let mark else { continue }
      positions[run]?.told.remove(mark)
      found = "\(run)/\(mark.dropFirst(start.count).prefix { $0 != "/" })"
    }
    return found
  }
}
