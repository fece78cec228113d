/// Contacts that are missing against the baseline, in the hours that were compared (`docs/SEPM.md`, "Proofs from
/// outside").
package struct ContactFall: Sendable, Equatable {
  /// The group; nil where the site as a whole is meant.
  package let group: String?

  /// The begin of the first hour that was compared and the end of the last, by the site's server.
  package let from: Instant
  package let until: Instant

  /// The contacts that the baseline has for them.
  package let expected: Int

  /// The contacts that there were.
  package let seen: Int

  /// A fall.
  package init(group: String?, from: Instant, until: Instant, expected: Int, seen: Int) {
    self.group = group
    self.from = from
    self.until = until
    self.expected = expected
    self.seen = seen
  }
}

extension ContactHours {
  /// How many hours are looked at together: enough for a night's few clients, few enough for a morning.
  private static let window: Int64 = 6

  /// The least contacts that must be expected in them, for a site and for one of its groups: a handful of machines, or an
  /// office that is away for a day, is no fall.
  private static let (leastOfSite, leastOfGroup) = (20.0, 300.0)

  /// How many standard deviations are beyond chance. A run makes thousands of comparisons.
  private static let deviations = 5.0

  /// Compares hours with this baseline.
  ///
  /// A fall is: in two hours one after the other, two thirds of the contacts that were expected, or fewer, and so few that
  /// chance does not explain it. The site as a whole is looked at first, then each group.
  ///
  /// - Parameters:
  ///   - seen: The contacts since the change.
  ///   - first: The first whole hour after it.
  /// - Returns: The fall; nil where there is none, and where the baseline has nothing to compare with.
  package func fall(in seen: ContactHours, since first: Int64) -> ContactFall? {
    guard let last = seen.bounds?.upperBound, last > first else { return nil }
    // A group that the baseline does not have has nothing to miss.
    let groups = Set(counts.values.flatMap(\.keys))
    for group in [nil] + groups.sorted().map(Optional.some) {
      guard fall(in: seen, of: group, since: first, at: last - 1) != nil,
        let fall = fall(in: seen, of: group, since: first, at: last)
      else { continue }
      return fall
    }
    return nil
  }

  /// The fall as it stands at the end of one hour.
  private func fall(
    in seen: ContactHours, of group: String?, since first: Int64, at last: Int64
  ) -> ContactFall? {
    guard last >= first, let own = compared(seen, group, last), own.seen <= own.expected * 2 / 3
    else { return nil }
    var (expected, found, weeks, compared) = (0.0, 0.0, own.weeks, 0.0)
    let hours = max(first, last - Self.window + 1)...last
    for hour in hours {
      guard let pair = self.compared(seen, group, hour) else { continue }
      expected += pair.expected
      found += pair.seen
      weeks = min(weeks, pair.weeks)
      compared += 1
    }
    guard expected >= (group == nil ? Self.leastOfSite : Self.leastOfGroup),
      found <= expected * 2 / 3
    else { return nil }
    // A client that is there in one hour is there in the next: chance decides on clients, not on contacts. The root of a
    // number of clients varies by a half, whatever the number; and the baseline is a sample as well.
    let distance = (expected / compared).squareRoot() - (found / compared + 0.375).squareRoot()
    guard 2 * distance >= Self.deviations * (1 + 1 / weeks).squareRoot() else { return nil }
    return ContactFall(
      group: group, from: Self.begin(of: hours.lowerBound),
      until: Self.begin(of: hours.upperBound + 1),
      expected: Int(expected), seen: Int(found))
  }

  private func compared(
    _ seen: ContactHours, _ group: String?, _ hour: Int64
  ) -> (expected: Double, seen: Double, weeks: Double)? {
    guard let found = seen.contacts(in: hour, of: group),
      let (contacts, weeks) = expectation(of: hour, group: group)
    else { return nil }
    return (contacts, Double(found), Double(weeks))
  }
}
