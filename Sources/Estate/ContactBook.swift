import PlanModel
import RotationEngine

/// The contacts of each hour at one site, and whether they fell since its certificates changed: what somebody sees who
/// looked at its list every few minutes since the world began.
///
/// Presence says when a client comes, what it holds whether it is served: who is refused since some time made no
/// contact since. A day is gone through once.
struct ContactBook: Sendable {
  /// When the first certificate of the site changed, and since when all its services run with what they have now.
  struct Change: Sendable, Equatable {
    let at: Int64
    let since: Int64
  }

  private static let hoursOfDay = PresenceModel.dayLength / ContactHours.length

  private let site: Int
  private let change: Change
  private let groups: [String]
  private let firstHour: Int64
  private var baseline = ContactHours()
  private var seen = ContactHours()

  /// What is missing at the end of the last hour.
  private var latest: ContactFall?

  /// For each day, hour and group the clients that come, served or not.
  private var days: [Int64: [Int]] = [:]

  /// A book of one site since a change; `earlier` is one since an earlier change of the same certificates, whose baseline is
  /// the same.
  init(_ estate: SimulatedEstate, site: Int, change: Change, after earlier: ContactBook? = nil) {
    self.site = site
    self.change = change
    groups = estate.sites[site].groups.map(\.path)
    firstHour = ContactHours.hour(of: change.since) + 1
    if let earlier, earlier.change.at == change.at {
      baseline = earlier.baseline
      return
    }
    let began = ContactHours.hour(of: estate.startedAt) + 1
    note(began..<max(ContactHours.hour(of: change.at), began), estate, in: \.baseline)
    days = [:]
  }

  /// Whether the book is about this change.
  func isAbout(_ change: Change) -> Bool { self.change == change }

  /// What is missing at the estate's present time; nil for nothing.
  mutating func fall(in estate: SimulatedEstate) -> ContactFall? {
    let next = (seen.bounds?.upperBound ?? firstHour - 1) + 1
    let current = ContactHours.hour(of: estate.time)
    if next < current {
      note(next..<current, estate, in: \.seen)
      latest = baseline.fall(in: seen, since: firstHour)
    }
    return latest
  }

  private mutating func note(
    _ hours: Range<Int64>, _ estate: SimulatedEstate,
    in book: WritableKeyPath<ContactBook, ContactHours>
  ) {
    guard let last = hours.last else { return }
    let missing = missing(hours, estate)
    for hour in hours {
      let day = floorDivide(hour, Self.hoursOfDay)
      let counts = days[day] ?? presence(estate, day: day)
      days[day] = counts
      var named: [String: Int] = [:]
      for (group, path) in groups.enumerated() {
        let position = Int(hour - day * Self.hoursOfDay) * groups.count + group
        let count = counts[position] - (missing[hour]?[group] ?? 0)
        if count > 0 { named[path, default: 0] += count }
      }
      self[keyPath: book].add(hour, named)
    }
    days = days.filter { $0.key >= floorDivide(last, Self.hoursOfDay) }
  }

  /// The clients that come on a day, hour by hour.
  private func presence(_ estate: SimulatedEstate, day: Int64) -> [Int] {
    var counts = [Int](repeating: 0, count: Int(Self.hoursOfDay) * groups.count)
    for client in estate.sites[site].clients {
      let group = Int(estate.clients.group[client])
      estate.eachHour(of: client, day: day) { hour, _ in
        counts[Int(hour - day * Self.hoursOfDay) * groups.count + group] += 1
      }
    }
    return counts
  }

  /// For each hour and group the clients that come and are refused.
  private func missing(_ hours: Range<Int64>, _ estate: SimulatedEstate) -> [Int64: [Int: Int]] {
    var result: [Int64: [Int: Int]] = [:]
    for client in estate.sites[site].clients {
      let failing = estate.clients.failingSince[client]
      guard failing != 0 else { continue }
      let group = Int(estate.clients.group[client])
      let begin = max(hours.lowerBound, ContactHours.hour(of: failing))
      guard begin < hours.upperBound else { continue }
      let days =
        floorDivide(begin, Self.hoursOfDay)...floorDivide(hours.upperBound - 1, Self.hoursOfDay)
      for day in days {
        estate.eachHour(of: client, day: day) { hour, contact in
          guard hours.contains(hour), contact >= failing else { return }
          result[hour, default: [:]][group, default: 0] += 1
        }
      }
    }
    return result
  }
}

extension SimulatedEstate {
  /// The change of a site's certificates that contacts are held against; nil before it and while a service is down.
  func contactChange(of site: Int) -> ContactBook.Change? {
    let servers = sites[site].servers
    guard let first = servers.compactMap(\.certificateUpdatedAt).min(),
      servers.allSatisfy({ $0.services.allSatisfy(\.isRunning) })
    else { return nil }
    let latest = servers.compactMap(\.certificateUpdatedAt).max() ?? first
    let started = servers.flatMap(\.services).map(\.startedAt).max() ?? latest
    // Put in and not loaded yet: nobody has met it.
    guard started >= latest else { return nil }
    return ContactBook.Change(at: first, since: started)
  }

  /// The hours of a day in which a client comes, each with its first contact in it.
  func eachHour(of client: Int, day: Int64, _ body: (Int64, Int64) -> Void) {
    guard
      let times = presence.contacts(client, clients.person[client], day: Int(day))
    else { return }
    let end = min(times.end, clients.retiredAt[client])
    var contact = times.first
    while contact < end {
      let hour = ContactHours.hour(of: contact)
      if contact > clients.createdAt[client] { body(hour, contact) }
      let left = (hour + 1) * ContactHours.length - contact
      contact += (left + times.step - 1) / times.step * times.step
    }
  }
}
