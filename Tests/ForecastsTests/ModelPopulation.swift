import Forecasts
import PlanModel
import PlanText
import RotationEngine

/// Clients whose habits are known: in each hour of a working day somebody who is away comes back with one chance, at night
/// and on weekends with another, and whoever is there stays for the hour.
struct ModelPopulation {
  /// Monday, 2026-01-05, midnight.
  static let monday: Int64 = 20_458 * 24

  private var draws: RandomDraws
  private var last: [Int64]
  private let chance: @Sendable (Int, Int64) -> Double
  private(set) var hours = ReturnHours()
  private(set) var hour: Int64

  /// So many clients, from an hour on; `chance` is that of a client to make contact in an hour.
  init(
    _ clients: Int, seed: UInt64, from hour: Int64 = Self.monday - 14 * 24,
    chance: @escaping @Sendable (Int, Int64) -> Double = Self.office
  ) {
    var draws = RandomDraws(seed: seed)
    last = (0..<clients).map { client in
      // Who comes rarely was seen at any time.
      hour - 1 - (client % 20 == 0 ? Int64(draws.uniform() * 500) : 0)
    }
    self.draws = draws
    self.chance = chance
    self.hour = hour
  }

  /// Office hours; every twentieth client comes rarely.
  static let office: @Sendable (Int, Int64) -> Double = { client, hour in
    let day = (hour / 24 + 3) % 7
    let isOpen = day < 5 && (7..<17).contains(hour % 24)
    return (isOpen ? 0.3 : 0.01) * (client % 20 == 0 ? 0.05 : 1)
  }

  /// Lets an hour pass.
  mutating func live() {
    var tally = ReturnTally(hour..<hour + 1)
    for client in last.indices {
      if draws.uniform() < chance(client, hour) {
        tally.add(seen: last[client], then: hour)
        last[client] = hour
      } else {
        tally.add(awaySince: last[client])
      }
    }
    hours.merge(tally.result)
    hour += 1
  }

  /// Lets hours pass until one.
  mutating func live(until end: Int64) {
    while hour < end { live() }
  }

  /// A wait that began at an hour, now.
  func question(since began: Int64, _ policy: WaitPolicy) -> WaitQuestion {
    var pending: [WaitQuestion.Group: Int] = [:]
    for seen in last where seen < began {
      pending[WaitQuestion.Group(lastHour: seen, cohorts: 0), default: 0] += 1
    }
    return WaitQuestion(
      now: ContactHours.begin(of: hour), startedAt: ContactHours.begin(of: began), policy: policy,
      denominator: last.count, adopted: last.count { $0 >= began }, pending: pending)
  }

  /// When the wait passes in the end.
  mutating func outcome(since began: Int64, _ policy: WaitPolicy) -> Instant {
    while true {
      let question = question(since: began, policy)
      if policy.adopted.value.isReached(by: question.adopted, of: question.denominator) {
        return max(
          question.now + policy.holdFor.value, question.startedAt + policy.minimum.value)
      }
      live()
    }
  }
}

extension WaitPolicy {
  static func reaching(_ percent: Int, minimum: Duration = .hours(1)) -> WaitPolicy {
    WaitPolicy(adopted: Located(.percent(percent)), minimum: Located(minimum))
  }
}
