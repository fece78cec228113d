import Forecasts
import PlanModel
import RotationEngine

/// The absences and returns of the clients of one site, hour by hour, as somebody sees them who looks at its list every few
/// minutes, from some time before the world began. Each hour is gone through once.
struct ReturnBook: Sendable {
  /// Of a large site every so many clients are followed, so that this many are: they tell as much of habits as all.
  private static let followed = 4_000

  private static let hoursOfDay = PresenceModel.dayLength / ContactHours.length
  private static let never = Int64.min

  private let site: Int
  private let clients: [Int]

  /// The hour of each client's last contact.
  private var last: [Int64]

  /// The first hour that was not gone through.
  private var next: Int64

  /// What was seen until then.
  private(set) var hours = ReturnHours()

  /// From which hour on nothing was handed out to be recorded.
  private var recordedUntil = Self.never

  /// A book of a site, whose clients were watched for so long when the world began.
  init(_ estate: SimulatedEstate, site: Int, observedFor observed: Duration) {
    self.site = site
    let all = estate.sites[site].clients
    clients = Array(
      stride(from: all.lowerBound, to: all.upperBound, by: all.count / Self.followed + 1))
    let began = estate.startedAt - observed.milliseconds
    next = ContactHours.hour(of: began)
    let first = next * ContactHours.length
    last = clients.map { client in
      guard estate.clients.createdAt[client] == ClientTable.never else { return Self.never }
      let retired = estate.clients.retiredAt[client]
      if retired < first { return ContactHours.hour(of: retired) }
      return estate.presence.lastContact(client, estate.clients.person[client], before: first - 1)
        .map { ContactHours.hour(of: $0) } ?? Self.never
    }
  }

  /// Goes through the hours that are over at the estate's present time.
  mutating func extend(in estate: SimulatedEstate) {
    let end = ContactHours.hour(of: estate.time)
    guard next < end else { return }
    let stretch = next..<end
    var tally = ReturnTally(stretch)
    let days = floorDivide(next, Self.hoursOfDay)...floorDivide(end - 1, Self.hoursOfDay)
    for (position, client) in clients.enumerated() {
      let failing = estate.clients.failingSince[client]
      var seen = last[position]
      if estate.clients.retiredAt[client] > next * ContactHours.length {
        for day in days {
          estate.eachHour(of: client, day: day) { hour, contact in
            guard stretch.contains(hour), failing == 0 || contact < failing else { return }
            if seen != Self.never { tally.add(seen: seen, then: hour) }
            seen = hour
          }
        }
      }
      last[position] = seen
      if seen != Self.never, !estate.clients.isDeleted[client] { tally.add(awaySince: seen) }
    }
    hours.merge(tally.result)
    next = end
  }

  /// What was not handed out before, to be kept with an event.
  mutating func unrecorded() -> ReturnHours {
    defer { recordedUntil = next }
    return hours.latest.from(recordedUntil)
  }
}

extension AdoptionCensus {
  /// The clients that count and have not adopted, by when they were last seen, and how many of them are stuck: they made
  /// contact since the change for two heartbeats and more.
  func waiting(in estate: SimulatedEstate) -> (pending: [WaitQuestion.Group: Int], stuck: Int) {
    let hour = ContactHours.hour(of: estate.time)
    let patience = 2 * estate.scenario.heartbeat.milliseconds + 60_000
    var (groups, stuck) = ([WaitQuestion.Group: Int](), 0)
    eachPending(in: estate) { client, cohorts, lastSeen in
      let person = estate.clients.person[client]
      var group = WaitQuestion.Group(lastHour: ContactHours.hour(of: lastSeen), cohorts: cohorts)
      if estate.lastSeen(client, at: estate.time) == nil {
        // It was installed and has not come by: as good as away for hours.
        group.lastHour -= 5
      } else if lastSeen > changedAt {
        let first = estate.presence.nextContact(client, person, after: changedAt) ?? lastSeen
        guard lastSeen - first < patience else {
          stuck += 1
          return
        }
        group.lastHour = hour
      }
      groups[group, default: 0] += 1
    }
    return (groups, stuck)
  }
}
