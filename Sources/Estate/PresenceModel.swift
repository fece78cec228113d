import PlanModel
import PlanText
import RotationEngine

/// When each client is connected and asks its server for news: a pure function of seed, client and time,
/// so that no heartbeat has to be simulated that changes nothing.
///
/// Times are milliseconds since the epoch.
struct PresenceModel: Sendable {
  /// A habit in the units that the arithmetic needs.
  private struct Rhythm: Sendable {
    let weekdays: [Int]
    let weekends: Int
    let begins: Int64
    let beginsWithin: Int64
    let lasts: Int64
    let lastsWithin: Int64
    let isSeenEveryWeek: Bool
  }

  static let dayLength: Int64 = 86_400_000

  /// Holidays of one client fall into periods of this many days, at most one in each.
  private static let holidayPeriod: Int64 = 182

  /// Far enough that only a machine that is gone has no contact.
  private static let searchDays = 150

  private let chance: Chance
  private let heartbeat: Int64
  private let rhythms: [Rhythm]
  private let absences: [(from: Int64, to: Int64)]

  /// What the plan says: who is away then is drawn for each of them anew.
  private let declared: [(from: Int64, to: Int64, share: Int)]
  private let patch: (share: Int, day: Int, every: Int)?
  private let holidayMillionths: Int
  private let holidayShortest: Int64
  private let holidayWithin: Int64

  init(scenario: Scenario, calendar: PlanCalendar? = nil, chance: Chance) {
    self.chance = chance
    heartbeat = max(scenario.heartbeat.milliseconds, 60_000)
    rhythms = ClientKind.allCases.map { kind in
      let habit = scenario.habits[kind]
      return Rhythm(
        weekdays: [
          habit.weekdays.millionths, habit.occasionalWeekdays.millionths,
          habit.rareWeekdays.millionths,
        ],
        weekends: habit.weekends.millionths, begins: habit.begins.milliseconds,
        beginsWithin: habit.beginsWithin.milliseconds, lasts: habit.lasts.milliseconds,
        lastsWithin: habit.lastsWithin.milliseconds, isSeenEveryWeek: habit.isSeenEveryWeek)
    }
    let start = scenario.start.milliseconds
    absences = scenario.absences.map {
      (start - $0.since.milliseconds, start + $0.back.milliseconds)
    }
    declared = (calendar?.absences ?? []).map { absence in
      let seconds = calendar?.seconds(of: absence) ?? 0..<0
      return (
        seconds.lowerBound * 1_000, seconds.upperBound * 1_000, absence.share.value.millionths
      )
    }
    patch = scenario.patchNights.map {
      (
        $0.share.millionths,
        Int(floorDivide(start + $0.first.milliseconds, Self.dayLength)), max($0.days, 1)
      )
    }
    let holidays = scenario.habits.holidays
    holidayShortest = holidays.shortest.milliseconds
    holidayWithin = max(holidays.longest.milliseconds - holidays.shortest.milliseconds, 0)
    let mean = holidayShortest + holidayWithin / 2
    // The chance of a holiday in a period, such that the wanted share is away at any moment.
    holidayMillionths =
      mean > 0
      ? Int(Int64(holidays.share.millionths) * Self.holidayPeriod * Self.dayLength / mean) : 0
  }

  /// The first contact after `time`; nil for a machine that never comes back.
  func nextContact(_ client: Int, _ person: Person, after time: Int64) -> Int64? {
    var day = Int(floorDivide(time, Self.dayLength))
    for _ in 0..<Self.searchDays {
      if let (start, end) = interval(client, person, day: day) {
        let first = firstContact(client, person, from: start)
        let step = period(client)
        let contact = time < first ? first : first + ((time - first) / step + 1) * step
        if contact < end { return contact }
      }
      day += 1
    }
    return nil
  }

  /// The last contact at or before `time`; nil where there was none for months.
  func lastContact(_ client: Int, _ person: Person, before time: Int64) -> Int64? {
    var day = Int(floorDivide(time, Self.dayLength))
    for _ in 0..<Self.searchDays {
      if let (start, end) = interval(client, person, day: day) {
        let first = firstContact(client, person, from: start)
        let limit = min(time, end - 1)
        if limit >= first {
          let step = period(client)
          return first + (limit - first) / step * step
        }
      }
      day -= 1
    }
    return nil
  }

  /// Whether the client is connected at `time`, and until when that surely stays so.
  func presence(_ client: Int, _ person: Person, at time: Int64) -> (isOnline: Bool, until: Int64) {
    let day = Int(floorDivide(time, Self.dayLength))
    let nextDay = Int64(day + 1) * Self.dayLength
    guard let (start, end) = interval(client, person, day: day) else { return (false, nextDay) }
    if time < start { return (false, start) }
    return time < end ? (true, end) : (false, nextDay)
  }

  /// The contacts of a day: the first, the time between two, and when they end; nil for none.
  func contacts(
    _ client: Int, _ person: Person, day: Int
  ) -> (first: Int64, step: Int64, end: Int64)? {
    guard let (start, end) = interval(client, person, day: day) else { return nil }
    return (firstContact(client, person, from: start), period(client), end)
  }

  /// When the client is connected on a day; nil for not at all.
  func interval(_ client: Int, _ person: Person, day: Int) -> (start: Int64, end: Int64)? {
    let midnight = Int64(day) * Self.dayLength
    let rhythm = rhythms[Int(person.kind)]
    let weekday = ((day + 3) % 7 + 7) % 7
    let bits = chance.bits(.day, client, day)
    let threshold = weekday < 5 ? rhythm.weekdays[Int(person.tier)] : rhythm.weekends
    if person.isAlwaysOn {
      guard Chance.happens(bits, millionths: max(threshold, 900_000)) else { return nil }
      return (midnight, midnight + Self.dayLength)
    }
    let isSure = rhythm.isSeenEveryWeek && weekday == Int(person.sureDay)
    var isPresent = isSure || Chance.happens(bits, millionths: threshold)
    // On the sure day the machine is switched on at its own fixed time, so that any seven days hold one
    // such moment.
    let timing = isSure ? chance.bits(.anchor, client) : chance.bits(.dayLength, client, day)
    var start = midnight + rhythm.begins + Chance.scaled(timing, below: rhythm.beginsWithin)
    var end =
      start + rhythm.lasts
      + Chance.scaled(timing &* 0x9E37_79B9_7F4A_7C15, below: rhythm.lastsWithin)
    if let patch, person.kind == ClientKind.desktop.rawValue,
      Int(floorDivide(Int64(day - patch.day), Int64(patch.every))) * patch.every == day - patch.day,
      Chance.happens(chance.bits(.dayLength, client, -day), millionths: patch.share)
    {
      // Woken in the evening, and there until then where it was on already.
      let evening = midnight + 72_000_000 + Chance.scaled(timing, below: 600_000)
      start = isPresent ? min(start, evening) : evening
      end = max(isPresent ? end : evening, evening + 7_200_000)
      isPresent = true
    }
    if person.absence > 0 {
      var away = absences[Int(person.absence) - 1]
      away.to += Chance.scaled(chance.bits(.absence, client, 1), below: 7_200_000)
      Self.clip(&isPresent, &start, &end, by: away, midnight: midnight)
    }
    for (index, absence) in declared.enumerated()
    where absence.from < midnight + Self.dayLength && absence.to > midnight
      && person.kind != ClientKind.server.rawValue
      && Chance.happens(chance.bits(.absence, client, 100 + index), millionths: absence.share)
    {
      // Back on the next day that it is there at all.
      Self.cut(&isPresent, &start, &end, from: absence.from, to: absence.to)
    }
    if holidayMillionths > 0 {
      Self.clip(
        &isPresent, &start, &end, by: holiday(client, day: Int64(day)), midnight: midnight)
    }
    guard isPresent, start < end else { return nil }
    return (start, min(end, midnight + Self.dayLength))
  }

  /// The client's holiday in the period that `day` belongs to; empty where it takes none.
  private func holiday(_ client: Int, day: Int64) -> (from: Int64, to: Int64) {
    let phase = Chance.scaled(chance.bits(.holiday, client), below: Self.holidayPeriod)
    let period = floorDivide(day + phase, Self.holidayPeriod)
    let bits = chance.bits(.holiday, client, Int(period) + 1_000_000)
    guard Chance.happens(bits, millionths: holidayMillionths) else { return (0, 0) }
    let length =
      holidayShortest + Chance.scaled(bits &* 0xD605_1A36_9C7F_4B85, below: holidayWithin)
    let room = Self.holidayPeriod * Self.dayLength - length
    let from =
      (period * Self.holidayPeriod - phase) * Self.dayLength
      + Chance.scaled(bits &* 0xA24B_AED4_963E_E407, below: room)
    return (from, from + length)
  }

  /// Takes an absence out of a day; the day of the return begins with it.
  private static func clip(
    _ isPresent: inout Bool, _ start: inout Int64, _ end: inout Int64,
    by away: (from: Int64, to: Int64), midnight: Int64
  ) {
    guard away.from < midnight + dayLength, away.to > midnight else { return }
    if away.to < midnight + dayLength {
      isPresent = true
      start = away.to
      end = max(end, away.to + 14_400_000)
    } else if start >= away.from {
      isPresent = false
    } else {
      end = min(end, away.from)
    }
  }

  /// Takes a stretch out of a day, at whichever end of it.
  private static func cut(
    _ isPresent: inout Bool, _ start: inout Int64, _ end: inout Int64, from: Int64, to: Int64
  ) {
    if start >= from {
      start = max(start, to)
    } else {
      end = min(end, from)
    }
    if start >= end { isPresent = false }
  }

  /// The first contact of a day: right after a start (`docs/SEPM.md`, "Heartbeat"), on a machine that
  /// is always on at its own phase.
  @inline(__always)
  private func firstContact(_ client: Int, _ person: Person, from start: Int64) -> Int64 {
    let bits = chance.bits(.boot, client)
    guard person.isAlwaysOn else { return start + 10_000 + Chance.scaled(bits, below: 60_000) }
    let step = period(client)
    let phase = Chance.scaled(bits, below: step)
    return phase + (max(start - phase, 0) + step - 1) / step * step
  }

  /// The client's own heartbeat: the group's ±10 %.
  @inline(__always)
  private func period(_ client: Int) -> Int64 {
    heartbeat * 9 / 10 + Chance.scaled(chance.bits(.heartbeat, client), below: heartbeat / 5 + 1)
  }
}

/// What kind of machine a client is.
enum ClientKind: UInt8, CaseIterable, Sendable {
  case server
  case desktop
  case laptop
}

/// What of a client decides when it is connected.
struct Person: Sendable {
  /// A ``ClientKind``.
  var kind: UInt8

  /// 0 regular, 1 occasional, 2 rare.
  var tier: UInt8

  /// The working day on which it surely comes, from Monday as 0.
  var sureDay: UInt8

  /// The absence it takes part in, from 1; 0 for none.
  var absence: UInt8

  /// Whether it is never switched off.
  var isAlwaysOn: Bool
}

extension Scenario.Habits {
  /// The habit of a kind.
  subscript(_ kind: ClientKind) -> Scenario.Habit {
    switch kind {
    case .server: servers
    case .desktop: desktops
    case .laptop: laptops
    }
  }
}

/// The quotient rounded towards negative infinity.
@inline(__always)
func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let quotient = dividend / divisor
  return dividend % divisor < 0 ? quotient - 1 : quotient
}
