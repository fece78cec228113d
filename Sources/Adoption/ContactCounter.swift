package import CanonicalJSON
import Forecasts
package import RotationEngine
package import SEPMClient

/// Counts the contacts of each hour from looks at a site's list, which has the last contact of each client alone: an hour
/// counts as watched where no two looks were further apart than ``longestGap``.
package struct ContactCounter: Sendable, Equatable {
  /// The most milliseconds between two looks: about a heartbeat, so that nobody's contact hides another hour's.
  package static let longestGap: Int64 = 3_900_000

  /// Between which two hours a client was not seen.
  private struct Spell: Hashable {
    let last: Int64
    let next: Int64
  }

  /// Hours that are not over, or not yet known to be watched.
  private var open = ContactHours()

  /// The absences that ended in them, and how many clients had each.
  private var spells: [Spell: Int] = [:]

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
    guard let previous, previous > 0 else { return }
    spells[Spell(last: ContactHours.hour(of: previous), next: hour), default: 0] += 1
  }

  /// Begins to watch at this time by the server: what was open is lost, since nobody knows who was counted.
  package mutating func begin(at time: Int64) {
    open = ContactHours()
    spells = [:]
    watchedSince = time
    lookedAt = time
  }

  /// Ends a look as ``endLook(at:)`` does, and says also how long clients were away.
  ///
  /// - Parameters:
  ///   - time: The time by the server.
  ///   - contacts: The last contact of every client of the site, in the server's milliseconds.
  /// - Returns: What was watched in hours that are over.
  package mutating func endLook(at time: Int64, contacts: some Sequence<Int64>) -> WatchedHours {
    let finished = endLook(at: time)
    guard let bounds = finished.bounds else { return WatchedHours() }
    var tally = ReturnTally(bounds.lowerBound..<bounds.upperBound + 1)
    for (spell, clients) in spells {
      tally.add(seen: spell.last, then: spell.next, clients: clients)
    }
    for contact in contacts where contact > 0 {
      tally.add(awaySince: ContactHours.hour(of: contact))
    }
    spells = spells.filter { $0.key.next > bounds.upperBound }
    return WatchedHours(contacts: finished, returns: tally.result)
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

  /// The counter as it is kept between two stays: `{"open","watchedSince","lookedAt","spells":[[last,next,clients],…]}`.
  package var json: JSONValue {
    .object([
      .init("open", open.json), .init("watchedSince", watchedSince.map { .integer($0) } ?? .null),
      .init("lookedAt", lookedAt.map { .integer($0) } ?? .null),
      .init(
        "spells",
        .array(
          spells.sorted { ($0.key.last, $0.key.next) < ($1.key.last, $1.key.next) }.map {
            .array([.integer($0.key.last), .integer($0.key.next), .integer(Int64($0.value))])
          })),
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
    // One from before absences were counted has none.
    for spell in json["spells"]?.array ?? [] {
      guard let numbers = spell.array?.compactMap(\.integer), numbers.count == 3,
        numbers.prefix(2).allSatisfy({ abs($0 / 2) < 1 << 20 }), (1...1 << 31).contains(numbers[2])
      else { return nil }
      spells[Spell(last: numbers[0], next: numbers[1])] = Int(numbers[2])
    }
  }
}
