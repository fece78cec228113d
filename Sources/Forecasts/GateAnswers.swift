import RotationEngine

/// How long people take to do what a gate asks for. Most are there in working hours, and a gate that opens at night waits
/// for the morning; whoever answered at night before is there at night.
struct GateAnswers {
  /// From how many answers on those of the run itself are what it takes.
  private static let least = 5

  /// Where too few are known: between these, in milliseconds.
  private static let assumed = (shortest: 20 * 60_000.0, longest: 120 * 60_000.0)

  /// Monday to Friday, by the clocks of the site.
  private static let workingHours = 8..<17

  private let calendar: ForecastCalendar

  /// How long people of this run took, from when they were there, in milliseconds; none where too few are known.
  private let own: [Int64]

  /// Whether answers come at any hour.
  private let isAroundTheClock: Bool

  /// Answers as a run had them so far: when each gate opened, and when it was answered.
  init(_ answers: [Range<Instant>], _ calendar: ForecastCalendar) {
    self.calendar = calendar
    guard answers.count >= Self.least else {
      own = []
      isAroundTheClock = false
      return
    }
    let times = answers.map { ($0.lowerBound.milliseconds, $0.upperBound.milliseconds) }
    let outside = times.filter { Self.morning($0.0, calendar) > $0.0 }
    let early = outside.count { $0.1 < Self.morning($0.0, calendar) }
    let isAroundTheClock = early * 2 > outside.count
    self.isAroundTheClock = isAroundTheClock
    own = times.map { opened, answered in
      let begin = isAroundTheClock ? opened : Self.morning(opened, calendar)
      // Who came before the morning took it up at once.
      return answered > begin ? answered - begin : min(answered - opened, 3_600_000)
    }
  }

  /// How many answers are known, where they are enough.
  var count: Int { own.count }

  /// When a gate is answered that is open since a time, both in milliseconds since 1970, and was not until now.
  func closing(openSince: Int64, now: Int64, _ draws: inout RandomDraws) -> Int64 {
    let closed = closing(from: openSince, &draws)
    return closed > now ? closed : closing(from: now, &draws)
  }

  private func closing(from opened: Int64, _ draws: inout RandomDraws) -> Int64 {
    let begin = isAroundTheClock ? opened : Self.morning(opened, calendar)
    guard !own.isEmpty else {
      let (shortest, longest) = Self.assumed
      return begin + Int64(shortest + draws.uniform() * (longest - shortest))
    }
    let answer = own[Int(draws.uniform() * Double(own.count))]
    return begin + Int64(Double(answer) * (0.75 + draws.uniform() / 2))
  }

  /// The time itself in working hours, else when they begin again.
  private static func morning(_ time: Int64, _ calendar: ForecastCalendar) -> Int64 {
    var hour = ContactHours.hour(of: time)
    var begin = time
    // Somebody is there within three days. The first 24 kinds of hours are those of working days.
    for _ in 0..<96 where !workingHours.contains(calendar.slot(of: hour)) {
      hour += 1
      begin = hour * ContactHours.length
    }
    return begin
  }
}
