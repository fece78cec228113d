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
  fileprivate static let window: Int64 = 6

  /// The least contacts that must be expected in them, for a site and for one of its groups: a handful of machines, or an
  /// office that is away for a day, is no fall.
  fileprivate static let (leastOfSite, leastOfGroup) = (20.0, 300.0)

  /// How many standard deviations are beyond chance. A run makes thousands of comparisons.
  private static let deviations = 5.0

  /// Contacts at a site where nothing was changed, in the same hours: what is missing there as well has another reason than a
  /// certificate.
  package struct Control: Sendable {
    /// From before the change elsewhere, and since.
    private let baseline: ContactHours
    private let seen: ContactHours

    /// A control.
    package init(baseline: ContactHours, seen: ContactHours) {
      self.baseline = baseline
      self.seen = seen
    }

    /// Which part of what was expected in the hours until this one made contact, at most all; nil where too little is known.
    fileprivate func share(until last: Int64) -> Double? {
      var (expected, found) = (0.0, 0.0)
      for hour in last - ContactHours.window + 1...last {
        guard let pair = baseline.compared(seen, nil, hour) else { continue }
        expected += pair.expected
        found += pair.seen
      }
      return expected >= ContactHours.leastOfSite ? min(found / expected, 1) : nil
    }
  }

  /// Compares hours with this baseline.
  ///
  /// A fall is: in two hours one after the other, two thirds of the contacts that were expected, or fewer, and so few that
  /// chance does not explain it. The site as a whole is looked at first, then each group.
  ///
  /// Where less came at every control as well, as on a public holiday, as much less is expected, and nothing is concluded of
  /// groups: desktops stay away where servers do not.
  ///
  /// - Parameters:
  ///   - seen: The contacts since the change.
  ///   - first: The first whole hour after it.
  ///   - controls: Sites where nothing was changed.
  /// - Returns: The fall; nil where there is none, and where the baseline has nothing to compare with.
  package func fall(
    in seen: ContactHours, since first: Int64, controls: [Control] = []
  ) -> ContactFall? {
    guard let last = seen.bounds?.upperBound, last > first else { return nil }
    let shares = controls.compactMap { control in
      control.share(until: last).map { max($0, control.share(until: last - 1) ?? $0) }
    }
    let share = shares.max() ?? 1
    // A group that the baseline does not have has nothing to miss.
    let groups = share * 3 > 2 ? groups.sorted() : []
    for group in [nil] + groups.map(Optional.some) {
      guard fall(in: seen, of: group, since: first, at: last - 1, share) != nil,
        let fall = fall(in: seen, of: group, since: first, at: last, share)
      else { continue }
      return fall
    }
    return nil
  }

  /// The fall as it stands at the end of one hour, where no more than a share of what the baseline has is expected.
  private func fall(
    in seen: ContactHours, of group: String?, since first: Int64, at last: Int64, _ share: Double
  ) -> ContactFall? {
    guard last >= first, let own = compared(seen, group, last),
      own.seen <= own.expected * share * 2 / 3
    else { return nil }
    var (expected, found, weeks, compared) = (0.0, 0.0, own.weeks, 0.0)
    let hours = max(first, last - Self.window + 1)...last
    for hour in hours {
      guard let pair = self.compared(seen, group, hour) else { continue }
      expected += pair.expected * share
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

  fileprivate func compared(
    _ seen: ContactHours, _ group: String?, _ hour: Int64
  ) -> (expected: Double, seen: Double, weeks: Double)? {
    guard let found = seen.contacts(in: hour, of: group),
      let (contacts, weeks) = expectation(of: hour, group: group)
    else { return nil }
    return (contacts, Double(found), Double(weeks))
  }
}
