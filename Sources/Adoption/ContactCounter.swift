package import CanonicalJSON
package import RotationEngine
package import SEPMClient

/// Counts the contacts of each hour from looks at a site's list, which has the last contact of each client alone: an hour
/// counts as watched where no two looks were further apart than ``longestGap``.
package struct ContactCounter: Sendable, Equatable {
  /// The most milliseconds between two looks: about a heartbeat, so that nobody's contact hides another hour's.
  package static let longestGap: Int64 = 3_900_000

  /// Hours that are not over, or not yet known to be watched.
  private var open = ContactHours()

  /// Since when every look was near enough to the one before, and when the last was; nil before the first.
  private var watchedSince: Int64?
  package private(set) var lookedAt: Int64?

  /// A counter that has seen nothing.
  package init() {}

  /// Takes a row whose last contact was `previous` at the look before; nil for one that is new.
  package mutating func take(_ row: Computer, previous: Int64?) {
    guard row.contact > 0, !row.isDeleted else { return }
    let hour = ContactHours.hour(of: row.contact)
    if let previous, ContactHours.hour(of: previous) >= hour { return }
    guard let watchedSince, hour >= ContactHours.hour(of: watchedSince) else { return }
    open.count(row.groupPath, in: hour)
  }

  /// Begins to watch at this time by the server: what was open is lost, since nobody knows who was counted.
  package mutating func begin(at time: Int64) {
    open = ContactHours()
    watchedSince = time
    lookedAt = time
  }

  /// Ends a look at this time by the server, at which every row was taken that changed since the one before.
  ///
  /// - Returns: The hours that are over since, and were watched as a whole.
  package mutating func endLook(at time: Int64) -> ContactHours {
    guard let lookedAt, let watchedSince, time >= lookedAt, time - lookedAt <= Self.longestGap
    else {
      begin(at: time)
      return ContactHours()
    }
    var finished = ContactHours()
    let current = ContactHours.hour(of: time)
    let first = max(
      ContactHours.hour(of: watchedSince - 1) + 1, ContactHours.hour(of: lookedAt))
    for hour in first..<max(current, first) { finished.add(hour, open.counts[hour] ?? [:]) }
    // What a wrong clock put into the future would never be over.
    var left = ContactHours()
    for hour in current...current + 1 {
      if let groups = open.counts[hour] { left.add(hour, groups) }
    }
    open = left
    self.lookedAt = time
    return finished
  }

  /// The counter as it is kept between two stays: `{"open","watchedSince","lookedAt"}`.
  package var json: JSONValue {
    .object([
      .init("open", open.json), .init("watchedSince", watchedSince.map { .integer($0) } ?? .null),
      .init("lookedAt", lookedAt.map { .integer($0) } ?? .null),
    ])
  }

  /// The counter that ``json`` was made of; nil where it is none.
  package init?(_ json: JSONValue) {
    guard let open = json["open"].flatMap({ ContactHours($0) }) else { return nil }
    for time in [json["watchedSince"], json["lookedAt"]].compactMap({ $0?.integer })
    where abs(time / 2) >= 1 << 52 { return nil }
    self.open = open
    watchedSince = json["watchedSince"]?.integer
    lookedAt = json["lookedAt"]?.integer
  }
}
