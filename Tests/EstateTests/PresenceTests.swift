import PlanModel
import RotationEngine
import Testing

@testable import Estate

@Suite("Who is seen in the default profile")
struct PresenceTests {
  private static let day = PresenceModel.dayLength

  /// 6 000 clients of the default profile, none of them retired.
  private static func estate(_ change: (inout Scenario) -> Void = { _ in }) -> SimulatedEstate {
    var scenario = Scenario(retired: .percent(0))
    change(&scenario)
    return SimulatedEstate(plan: Plans.one(clients: 6_000), scenario: scenario, seed: 11)
  }

  private static func clients(_ kind: ClientKind, in estate: SimulatedEstate) -> [Int] {
    estate.sites[0].clients.filter { estate.clients.person[$0].kind == kind.rawValue }
  }

  /// The share of a kind that was seen in the days before the end of a Wednesday.
  private static func seen(
    _ kind: ClientKind, within days: Int64, in estate: SimulatedEstate
  ) -> Double {
    // The scenario starts on a Monday.
    let end = floorDivide(estate.startedAt, day) * day + 17 * day - 1
    let clients = clients(kind, in: estate)
    let count = clients.count { client in
      let last = estate.presence.lastContact(client, estate.clients.person[client], before: end)
      return last ?? ClientTable.never > end - days * day
    }
    return Double(count) / Double(clients.count)
  }

  private static func part(_ share: Share) -> Double { Double(share.millionths) / 1_000_000 }

  /// What the parameters say about a week of `working` working days and `free` others, for machines
  /// that are sure to come on one working day of five, or on none.
  private static func expected(_ habit: Scenario.Habit, working: Int, free: Int) -> Double {
    func power(_ base: Double, _ exponent: Int) -> Double {
      (0..<exponent).reduce(1) { product, _ in product * base }
    }
    let (occasional, rare) = (part(habit.occasional), part(habit.rare))
    let weekend = power(1 - part(habit.weekends), free)
    let missed =
      (1 - occasional - rare) * power(1 - part(habit.weekdays), working) * weekend
      + occasional * power(1 - part(habit.occasionalWeekdays), working) * weekend
      + rare * power(1 - part(habit.rareWeekdays), working) * weekend
    let sure = habit.isSeenEveryWeek ? Double(working) / 5 : 0
    let alwaysOn = part(habit.alwaysOn)
    let missedAlwaysOn = power(1 - max(part(habit.weekdays), 0.9), working)
    return alwaysOn * (1 - missedAlwaysOn) + (1 - alwaysOn) * (1 - (1 - sure) * missed)
  }

  @Test("The kinds have the shares that the parameters give them")
  func kinds() {
    let estate = Self.estate()
    for (kind, share) in [(ClientKind.server, 0.1), (.desktop, 0.5), (.laptop, 0.4)] {
      let found = Double(Self.clients(kind, in: estate).count) / 6_000
      #expect(abs(found - share) < 0.02, "\(kind) \(found)")
    }
    let retired = SimulatedEstate(plan: Plans.one(clients: 6_000), scenario: Scenario(), seed: 11)
    let gone = retired.sites[0].clients.count { retired.clients.retiredAt[$0] != Int64.max }
    #expect(abs(Double(gone) / 6_000 - 0.02) < 0.008)
  }

  @Test(
    "Within a working day as many are seen as the parameters say",
    arguments: [
      (ClientKind.server, 0.985...1.0), (.desktop, 0.85...0.95), (.laptop, 0.7...0.82),
    ])
  func day(kind: ClientKind, range: ClosedRange<Double>) {
    let estate = Self.estate()
    let found = Self.seen(kind, within: 1, in: estate)
    let expected = Self.expected(estate.scenario.habits[kind], working: 1, free: 0)
    #expect(range.contains(found), "\(found)")
    #expect(abs(found - expected) < 0.025, "\(found), expected \(expected)")
  }

  @Test("Within seven days every machine of the default profile is seen")
  func week() {
    let estate = Self.estate()
    for kind in [ClientKind.desktop, .laptop] {
      let found = Self.seen(kind, within: 7, in: estate)
      #expect(found > 0.9995, "\(kind) \(found)")
    }
  }

  @Test("Within seven days of chance alone a tail of the laptops is not seen")
  func weekOfChance() {
    let estate = Self.estate { $0.habits.laptops.isSeenEveryWeek = false }
    let found = Self.seen(.laptop, within: 7, in: estate)
    let expected = Self.expected(estate.scenario.habits.laptops, working: 5, free: 2)
    #expect((0.92...0.97).contains(found), "\(found)")
    #expect(abs(found - expected) < 0.02, "\(found), expected \(expected)")
  }
}
