package import PlanModel
package import RotationEngine

/// What kind of world a plan is tried in: who the clients are, who sits at the console, what goes wrong.
///
/// The default is an ordinary week: nothing fails, and every machine that still exists is seen at least
/// once in any seven days.
public struct Scenario: Sendable, Equatable {
  /// The name that reports print.
  package var name: String

  /// When the run starts; the default is a Monday morning.
  package var start: Instant

  /// The clients of a site for which the plan gives no number.
  package var clientsPerSite: Int

  /// How often a connected client asks its server for news; ±10 % by client.
  package var heartbeat: Duration

  /// The share of records whose machine is gone for good.
  package var retired: Share

  /// How often machines of each kind are connected; shares are of the machines that still exist.
  package var habits: Habits

  /// Parts of the desktops and laptops that are away together, as over a company holiday.
  package var absences: [Absence]

  /// Nights on which desktops are woken to be patched.
  package var patchNights: PatchNights?

  /// For how long the contacts of clients were watched when the run starts, as by `waltz observe`. It changes nothing in
  /// the world.
  package var observed: Duration

  /// The person at the console.
  package var `operator`: OperatorHabits

  /// What goes wrong.
  package var faults: Faults

  /// The event of the journal at which the executor is killed; nil for never.
  package var crashAtEvent: Int?

  /// An ordinary week, changed as the caller says.
  package init(
    name: String = "default",
    start: Instant = Instant(milliseconds: 1_767_600_000_000),
    clientsPerSite: Int = 200,
    heartbeat: Duration = .hours(1),
    retired: Share = .percent(2),
    habits: Habits = Habits(),
    absences: [Absence] = [],
    patchNights: PatchNights? = nil,
    observed: Duration = .days(14),
    operator: OperatorHabits = OperatorHabits(),
    faults: Faults = Faults(),
    crashAtEvent: Int? = nil
  ) {
    self.name = name
    self.start = start
    self.clientsPerSite = clientsPerSite
    self.heartbeat = heartbeat
    self.retired = retired
    self.habits = habits
    self.absences = absences
    self.patchNights = patchNights
    self.observed = observed
    self.operator = `operator`
    self.faults = faults
    self.crashAtEvent = crashAtEvent
  }

  /// A part of the people who are away at the same time.
  package struct Absence: Sendable, Equatable {
    /// Of desktops and laptops.
    package var share: Share

    /// How long before the start of the run they left.
    package var since: Duration

    /// How long after the start of the run they are back: each machine is switched on within the two
    /// hours after it.
    package var back: Duration

    /// An absence.
    package init(share: Share, since: Duration, back: Duration) {
      self.share = share
      self.since = since
      self.back = back
    }
  }

  /// Nights on which desktops are woken for two hours, from 20:00 UTC on.
  package struct PatchNights: Sendable, Equatable {
    /// Of the desktops.
    package var share: Share

    /// The first of them, after the start of the run; there were others before.
    package var first: Duration

    /// Whole days between two of them.
    package var days: Int

    /// Nights.
    package init(share: Share = .percent(80), first: Duration = .days(2), days: Int = 14) {
      self.share = share
      self.first = first
      self.days = days
    }
  }

  /// How the person at the console works.
  package struct OperatorHabits: Sendable, Equatable {
    /// The quickest answer to a gate, in working time.
    package var quickest: Duration

    /// The slowest answer to a gate.
    package var slowest: Duration

    /// The start of the working day, since midnight UTC.
    package var opens: Duration

    /// The end of the working day, since midnight UTC.
    package var closes: Duration

    /// Whether nobody is there: gates then wait for `waltz approve`.
    package var isAbsent: Bool

    /// Somebody who answers within 20 to 90 minutes, Monday to Friday from 7 to 18.
    package init(
      quickest: Duration = .minutes(20), slowest: Duration = .minutes(90),
      opens: Duration = .hours(7), closes: Duration = .hours(18), isAbsent: Bool = false
    ) {
      self.quickest = quickest
      self.slowest = slowest
      self.opens = opens
      self.closes = closes
      self.isAbsent = isAbsent
    }
  }
}
