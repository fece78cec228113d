package import PlanModel

extension Scenario {
  /// How the machines of each kind come and go (`docs/SEPM.md`, "How soon clients come"; the numbers
  /// are invented there and are parameters here).
  package struct Habits: Sendable, Equatable {
    /// Always on but for a day of maintenance now and then.
    package var servers: Habit

    /// Office hours, five days a week; some are never switched off.
    package var desktops: Habit

    /// Most of them daily, some twice a week, a few nearly never.
    package var laptops: Habit

    /// Absences of single people, spread over the year.
    package var holidays: Holidays

    /// The three kinds; shares that do not add up to 100 % leave the rest to the laptops.
    package init(
      servers: Habit = .servers, desktops: Habit = .desktops, laptops: Habit = .laptops,
      holidays: Holidays = Holidays()
    ) {
      self.servers = servers
      self.desktops = desktops
      self.laptops = laptops
      self.holidays = holidays
    }
  }

  /// How machines of one kind come and go.
  package struct Habit: Sendable, Equatable {
    /// Of the machines that still exist.
    package var share: Share

    /// The part of them that is never switched off.
    package var alwaysOn: Share

    /// The chance that a machine is connected on a working day.
    package var weekdays: Share

    /// The same on a Saturday or Sunday.
    package var weekends: Share

    /// The part that comes only now and then.
    package var occasional: Share

    /// Their chance on a working day.
    package var occasionalWeekdays: Share

    /// The part that nearly never comes.
    package var rare: Share

    /// Their chance on a working day.
    package var rareWeekdays: Share

    /// The earliest that a day begins, since midnight UTC.
    package var begins: Duration

    /// By how much later it may begin.
    package var beginsWithin: Duration

    /// The shortest day.
    package var lasts: Duration

    /// By how much longer it may last.
    package var lastsWithin: Duration

    /// Whether every machine has one working day a week on which it is surely connected, holidays
    /// apart.
    package var isSeenEveryWeek: Bool

    /// Servers: 99 % within one or two heartbeats.
    package static let servers = Habit(
      share: .percent(10), alwaysOn: .percent(100), weekdays: Share(millionths: 997_000),
      weekends: Share(millionths: 997_000), occasional: .percent(0), rare: .percent(0))

    /// Desktops: 85 to 95 % within a day.
    package static let desktops = Habit(
      share: .percent(50), alwaysOn: .percent(15), weekdays: .percent(92), weekends: .percent(3),
      occasional: .percent(2), rare: .percent(0))

    /// Laptops: 70 to 80 % within a day, 92 to 95 % within a week of chance alone, and a long tail.
    package static let laptops = Habit(
      share: .percent(40), alwaysOn: .percent(0), weekdays: .percent(88), weekends: .percent(15),
      occasional: .percent(18), rare: .percent(6), begins: .hours(6), beginsWithin: .hours(5),
      lasts: .hours(3), lastsWithin: .hours(8))

    /// A habit.
    package init(
      share: Share, alwaysOn: Share, weekdays: Share, weekends: Share, occasional: Share,
      occasionalWeekdays: Share = .percent(35), rare: Share,
      rareWeekdays: Share = .percent(6), begins: Duration = .minutes(390),
      beginsWithin: Duration = .minutes(150), lasts: Duration = .hours(7),
      lastsWithin: Duration = .hours(4), isSeenEveryWeek: Bool = true
    ) {
      self.share = share
      self.alwaysOn = alwaysOn
      self.weekdays = weekdays
      self.weekends = weekends
      self.occasional = occasional
      self.occasionalWeekdays = occasionalWeekdays
      self.rare = rare
      self.rareWeekdays = rareWeekdays
      self.begins = begins
      self.beginsWithin = beginsWithin
      self.lasts = lasts
      self.lastsWithin = lastsWithin
      self.isSeenEveryWeek = isSeenEveryWeek
    }
  }

  /// Absences of single people.
  package struct Holidays: Sendable, Equatable {
    /// Of desktops and laptops, away at any moment.
    package var share: Share

    /// The shortest holiday.
    package var shortest: Duration

    /// The longest holiday; at most 60 days.
    package var longest: Duration

    /// Holidays; none unless `share` says so.
    package init(
      share: Share = .percent(0), shortest: Duration = .days(7), longest: Duration = .days(21)
    ) {
      self.share = share
      self.shortest = shortest
      self.longest = longest
    }
  }
}
