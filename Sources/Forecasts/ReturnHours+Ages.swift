import RotationEngine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ReturnHours {
  /// What one look at a site tells of how soon clients come: who was seen in the last three days comes in the next three.
  /// Given as a week of hours for clients that were all seen right before it, at any hour alike.
  ///
  /// - Parameters:
  ///   - ages: For each bin the clients whose last contact was so long before the look; those of the last bin are not
  ///     expected.
  ///   - hour: The hour of the look, counted from 1970.
  package init(ages: [Int], before hour: Int64) {
    self.init()
    let hours = Double(ReturnRates.leastHours)
    var rest = Double(ages.dropLast().reduce(0, +))
    var rates: [(away: Double, returned: Double)] = []
    for bin in 0..<Self.binCount - 1 {
      let (came, before) = (Double(ages[bin]), rest)
      rest -= came
      let width = Double(Self.bounds[bin + 1] - Self.bounds[bin])
      // Of the last ones a few never come.
      let chance = before > 0 ? 1 - pow(max(rest / before, 0.02), 1 / width) : 0
      rates.append(chance > 0 ? (came / chance / hours, came / hours) : (10, 0))
    }
    rates.append((10, 0))
    func part(_ all: Double, _ step: Int64) -> Int {
      Int(all * Double(step + 1)) - Int(all * Double(step))
    }
    for step in 0..<Int64(ReturnRates.leastHours) {
      set(
        hour - 1 - step,
        Counts(
          away: rates.map { part($0.away, step) }, returned: rates.map { part($0.returned, step) }))
    }
  }
}
