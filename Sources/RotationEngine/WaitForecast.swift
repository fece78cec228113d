import CanonicalJSON
package import PlanModel

/// When and how a wait will end, as it was seen at one count: kept with that count, so that what was predicted can be held
/// against what came.
package struct WaitForecast: Sendable, Equatable {
  /// How many clients will have adopted at some time, in four of five cases.
  package struct Band: Sendable, Equatable {
    /// The time.
    package let at: Instant

    /// The least and the most.
    package let adopted: ClosedRange<Int>

    /// A band.
    package init(at: Instant, adopted: ClosedRange<Int>) {
      self.at = at
      self.adopted = adopted
    }
  }

  /// When the wait ends: in one, in five and in nine of ten cases not later. Nil where that is later than anything that
  /// was looked at.
  package struct Ends: Sendable, Equatable {
    package let early: Instant?
    package let median: Instant?
    package let late: Instant?

    /// The chance that the deadline is met.
    package let meetsDeadline: Share

    /// The clients of the count that will not have adopted when it ends, in the middle case; nil where it does not end.
    package let leavesBehind: Int?

    /// The clients that will have adopted a day later.
    package let tomorrow: Band

    /// Ends.
    package init(
      early: Instant?, median: Instant?, late: Instant?, meetsDeadline: Share, leavesBehind: Int?,
      tomorrow: Band
    ) {
      self.early = early
      self.median = median
      self.late = late
      self.meetsDeadline = meetsDeadline
      self.leavesBehind = leavesBehind
      self.tomorrow = tomorrow
    }
  }

  /// The first instant at which the plan lets it pass, whatever clients do.
  package let notBefore: Instant

  /// How many hours of contacts it rests on.
  package let historyHours: Int

  /// When it ends; nil where too little is known: less than seven days of contacts.
  package let ends: Ends?

  /// Since when far fewer clients come back than they used to, so that nothing can be concluded from how they used to; nil
  /// where they do.
  package let absentSince: Instant?

  /// Clients that made contact again and again since the change and have not adopted it.
  package let stuck: Int

  /// A forecast.
  package init(
    notBefore: Instant, historyHours: Int, ends: Ends?, absentSince: Instant? = nil,
    stuck: Int = 0
  ) {
    self.notBefore = notBefore
    self.historyHours = historyHours
    self.ends = ends
    self.absentSince = absentSince
    self.stuck = stuck
  }

  /// How many clients may be stuck until that has a reason of its own.
  package static func toleratedStuck(of denominator: Int) -> Int { max(3, denominator / 200) }
}

/// What became of the forecasts of a wait: whether the bands that are due held what came.
package struct ForecastRecord: Sendable, Equatable {
  /// How many of the last bands count, how many must be due, and how long after its time a count still tells of a band.
  private static let (remembered, least, patience) = (10, 5, Duration.hours(3))

  private var open: [WaitForecast.Band] = []

  /// Whether each of the last bands held what came, oldest first.
  package private(set) var hits: [Bool] = []

  /// Since when fewer than half of them did; nil while more do, and while too few are due.
  package private(set) var badSince: Instant?

  /// No forecast yet.
  package init() {}

  /// The record that ``write(_:)`` wrote.
  init(open: [JSONValue], hits: [JSONValue], badSince: Instant?) {
    self.open = open.compactMap { band in
      guard let numbers = band.array?.compactMap(\.integer), numbers.count == 3 else { return nil }
      return WaitForecast.Band(
        at: Instant(milliseconds: numbers[0]),
        adopted: Int(
          clamping: numbers[1])...max(Int(clamping: numbers[1]), Int(clamping: numbers[2])))
    }
    self.hits = hits.compactMap(\.bool)
    self.badSince = badSince
  }

  /// Its members, as a fold keeps them.
  func write(_ writer: inout JSONWriter) {
    writer.key("forecastBands")
    writer.array { writer in
      for band in open {
        writer.array { writer in
          writer.integer(band.at.milliseconds)
          writer.integer(band.adopted.lowerBound)
          writer.integer(band.adopted.upperBound)
        }
      }
    }
    writer.key("forecastHits")
    writer.array { writer in for hit in hits { writer.value(.bool(hit)) } }
    writer.member("forecastBadSince", orNull: badSince?.milliseconds)
  }

  /// Takes a count, and then the band of the forecast that was made with it.
  mutating func add(adopted: Int, at instant: Instant, next band: WaitForecast.Band?) {
    for due in open where due.at <= instant && instant - due.at <= Self.patience {
      hits.append(due.adopted.contains(adopted))
    }
    open.removeAll { $0.at <= instant }
    hits = hits.suffix(Self.remembered)
    let isBad = hits.count >= Self.least && hits.count(where: { $0 }) * 2 < hits.count
    badSince = isBad ? badSince ?? instant : nil
    if let band { open.append(band) }
  }
}
