import PlanModel
import PlanText
import RotationEngine

/// How a wait may go that has not begun: clients are then away by as long as they were at the same hour of the last week
/// that was watched.
struct FreshWait {
  /// One way that it may go.
  struct Course {
    /// How long it lasts, in milliseconds; nil for longer than is looked.
    var lasts: Int64?

    /// The clients that have not adopted then.
    var left: Int
  }

  /// Beginnings within so many hours are taken together.
  private static let together: Int64 = 3
  private static let week: Int64 = 168

  private let rates: ReturnRates
  private let seen: ReturnHours
  private let calendar: ForecastCalendar
  private let policy: WaitPolicy
  private let clients: Int?

  /// Whether clients are taken to be seen right before it, as rates of one look have it.
  private let isJustSeen: Bool

  /// For each hour of the week the last one that was watched and no absence.
  private let models: [Int64?]
  private var simulations: [Int64: WaitSimulation] = [:]

  /// A wait for the clients of a site; nil for as many as were watched.
  init(
    _ policy: WaitPolicy, clients: Int?, _ rates: ReturnRates, _ seen: ReturnHours,
    _ calendar: ForecastCalendar, isJustSeen: Bool = false
  ) {
    self.isJustSeen = isJustSeen
    self.rates = rates
    self.seen = seen
    self.calendar = calendar
    self.clients = clients
    // Nobody knows who of the watched belongs to a cohort.
    var policy = policy
    policy.cohorts = []
    self.policy = policy
    var models = [Int64?](repeating: nil, count: Int(Self.week))
    for hour in seen.counts.keys.sorted() where !calendar.isAbsence(hour) {
      models[Int(hour.flooredDivision(by: Self.week).remainder)] = hour
    }
    self.models = models
  }

  /// One course of the wait that begins at a time, in milliseconds since 1970.
  mutating func course(from start: Int64, _ draws: inout RandomDraws) -> Course {
    let first =
      ContactHours.hour(of: start).flooredDivision(by: Self.together).quotient * Self.together
    let begin = first * ContactHours.length
    // Taken out while it is worked on, so that what it prepares is changed in place.
    var simulation =
      simulations.removeValue(forKey: first)
      ?? WaitSimulation(question(at: first), rates, calendar)
    let course = simulation.course(&draws)
    simulations[first] = simulation
    return Course(lasts: course.passes.map { max($0 - begin, 0) }, left: course.left)
  }

  private func question(at hour: Int64) -> WaitQuestion {
    let now = Instant(milliseconds: hour * ContactHours.length)
    var pending: [WaitQuestion.Group: Int] = [:]
    var counted = 0
    for (lastHour, clients) in population(at: hour)
    where hour - lastHour <= policy.activeWithin.value.milliseconds / ContactHours.length {
      pending[WaitQuestion.Group(lastHour: lastHour, cohorts: 0), default: 0] += clients
      counted += clients
    }
    return WaitQuestion(
      now: now, startedAt: now, policy: policy, denominator: counted, adopted: 0,
      pending: pending)
  }

  /// The clients by their last contact. In an absence those who are away were there when it began.
  private func population(at hour: Int64) -> [(lastHour: Int64, clients: Int)] {
    let present = ages(at: hour)
    guard let absence = calendar.absences.first(where: { $0.hours.contains(hour) }) else {
      return present
    }
    func part(
      _ share: Double, of clients: [(lastHour: Int64, clients: Int)]
    ) -> [(lastHour: Int64, clients: Int)] {
      clients.map { ($0.lastHour, Int((Double($0.clients) * share).rounded())) }
    }
    return part(1 - absence.share, of: present)
      + part(absence.share, of: ages(at: absence.hours.lowerBound))
  }

  /// The clients by their last contact before an hour, as if it were an ordinary one.
  private func ages(at hour: Int64) -> [(lastHour: Int64, clients: Int)] {
    if isJustSeen, let clients { return [(hour - 1, clients)] }
    let phase = Int(hour.flooredDivision(by: Self.week).remainder)
    guard let model = models[phase] ?? models.lazy.compactMap(\.self).last,
      let away = seen.counts[model]?.away
    else { return [] }
    let watched = away.reduce(0, +)
    guard watched > 0 else { return [] }
    // Of a large site not everybody is watched. Rounded as a running sum, so that nobody gets lost.
    let all = clients ?? watched
    var (before, result) = (0, [(lastHour: Int64, clients: Int)]())
    for bin in 0..<ReturnHours.binCount {
      let until = before + away[bin]
      let number = until * all / watched - before * all / watched
      before = until
      if number > 0 { result.append((Self.lastHour(of: bin, in: hour), number)) }
    }
    return result
  }

  /// When a client was last seen that is in the middle of a bin; of the last one, a little behind its bound.
  private static func lastHour(of bin: Int, in hour: Int64) -> Int64 {
    let first = ReturnHours.bounds[bin] + 1
    let middle =
      bin + 1 < ReturnHours.binCount ? (first + ReturnHours.bounds[bin + 1]) / 2 : first + 24
    var last = hour - middle
    // Weekends do not count.
    while ReturnHours.bin(since: last, in: hour) < bin { last -= 24 }
    return last
  }
}
