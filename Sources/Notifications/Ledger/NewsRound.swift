import RotationEngine

/// What is to be told to a destination of a run, now.
package enum NewsRound {
  /// News that is due, and what is so once it was told.
  package struct Due: Sendable, Equatable {
    package let news: News
    fileprivate let lane: Lane

    /// Reminders of the same that need not be told beside it.
    fileprivate var covered: [String] = []

    /// The position once it was told.
    package func told(_ position: NewsLedger.Position) -> NewsLedger.Position {
      var position = position
      switch lane {
      case .urgent: position.urgent = max(position.urgent, news.sequence)
      case .ordinary: position.ordinary = max(position.ordinary, news.sequence)
      case .clock: position.told.insert(news.key)
      }
      position.told.formUnion(covered)
      return position
    }
  }

  fileprivate enum Lane: Sendable {
    case urgent
    case ordinary
    case clock
  }

  /// What is due, in the order in which it is told: what breaks through first.
  ///
  /// - Parameters:
  ///   - events: The news of events from the destination's position on, in their order.
  ///   - standing: What the clock makes news.
  ///   - destination: Who is told.
  ///   - position: How far it is.
  ///   - isQuiet: Whether only what breaks through is told.
  /// - Returns: The news.
  package static func due(
    _ events: [News], _ standing: [News], to destination: NewsSettings.Destination,
    from position: NewsLedger.Position, isQuiet: Bool
  ) -> [Due] {
    func isTold(_ news: News) -> Bool { destination.newsClass(of: news.kind) == .now }
    let told = events.filter(isTold)
    var due = told.filter { $0.kind.isUrgent && $0.sequence > position.urgent }
      .map { Due(news: $0, lane: .urgent) }
    if !isQuiet {
      due += told.filter { !$0.kind.isUrgent && $0.sequence > position.ordinary }
        .map { Due(news: $0, lane: .ordinary) }
    }
    for news in standing where isTold(news) && !position.told.contains(news.key) {
      // Told late, it is no reminder of itself.
      if let index = due.firstIndex(where: { $0.news.sequence == news.sequence }) {
        due[index].covered.append(news.key)
      } else if !isQuiet || news.breaksThrough {
        due.append(Due(news: news, lane: .clock))
      }
    }
    return due
  }

  /// The position once all that is due was told, up to the last event that was read.
  package static func settled(
    _ position: NewsLedger.Position, through sequence: Int, hasEnded: Bool, isQuiet: Bool
  ) -> NewsLedger.Position {
    var position = position
    position.urgent = max(position.urgent, sequence)
    // What waits for the end of quiet hours is not settled.
    if !isQuiet { position.ordinary = max(position.ordinary, sequence) }
    // The clock makes no news of a run that has ended.
    if hasEnded { position.told = [] }
    return position
  }

  /// The day whose digest is due; nil where none is.
  package static func digest(
    at seconds: Int64, _ settings: NewsSettings, last: Int64?
  ) -> Int64? {
    let moment = settings.zone.moment(at: seconds)
    guard moment.time >= settings.digestAt, moment.day > last ?? .min,
      !settings.isQuiet(at: seconds)
    else { return nil }
    return moment.day
  }

  /// The day before the first digest: one is due at the next time of the day, not at once.
  package static func dayBeforeFirstDigest(at seconds: Int64, _ settings: NewsSettings) -> Int64 {
    let moment = settings.zone.moment(at: seconds)
    return moment.time >= settings.digestAt ? moment.day : moment.day - 1
  }
}
