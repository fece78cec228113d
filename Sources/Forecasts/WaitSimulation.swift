import PlanModel
import PlanText
import RotationEngine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Draws how a wait may go on: who is pending comes back by the rates, each day is as good as days are, and the rest is
/// chance.
///
/// A day is drawn at once for all clients of a group. Only the day on which the thresholds are reached is gone through hour
/// by hour.
struct WaitSimulation {
  /// One way that it may go.
  struct Course {
    /// When the wait passes, in milliseconds since 1970; nil for later than is looked.
    var passes: Int64?

    /// The clients that have not adopted then.
    var left = 0

    /// The clients that have adopted after a day.
    var tomorrow = 0
  }

  /// Some hours of one day, from the hour of the question.
  private struct Block {
    let hours: Range<Int>
    let day: Int

    /// Working day, Saturday or Sunday.
    let kind: Int
  }

  /// What a group adds up in a block while it is in a bin.
  private struct Part {
    let bin: Int
    let hazard: Double
  }

  /// Who is away together with others, and when they are back.
  private struct Away {
    let absence: ForecastCalendar.Absence
    let begins: Int
    let ends: Int
    let isRunning: Bool
  }

  /// How far is looked.
  private static let horizon = 60 * 24

  /// How long people are taken to have been away when an absence is over, in hours: they come as after a weekend.
  private static let afterAbsence: Int64 = 16

  /// How long a new client is taken to have been away before its first contact, in hours: it has begun no working day.
  private static let beforeContact: Int64 = 5

  private let question: WaitQuestion
  private let rates: ReturnRates
  private let calendar: ForecastCalendar
  private let hour: Int64

  /// Which part of the question's own hour is still to come.
  private let rest: Double
  private var blocks: [Block] = []
  private var groups: [WaitQuestion.Group] = []
  private var counts: [Int] = []

  /// For each group the first hour in which it may come back.
  private var presentFrom: [Int] = []
  private var parts: [Part] = []

  /// For each block that was prepared, and each group, the first of its parts.
  private var firstPart: [Int32] = []

  /// For each hour, and one more, and each bin what the bin adds up until then.
  private var sums: [Double] = []
  private var aways: [Away] = []

  /// The group of those who are installed in the first block; those of the others follow.
  private var firstNewcomers = 0

  /// For each absence and group where its people come back to.
  private var returners: [[Int]] = []

  init(_ question: WaitQuestion, _ rates: ReturnRates, _ calendar: ForecastCalendar) {
    self.question = question
    self.rates = rates
    self.calendar = calendar
    hour = ContactHours.hour(of: question.now.milliseconds)
    rest =
      1 - Double(question.now.milliseconds - hour * ContactHours.length)
      / Double(ContactHours.length)
    for absence in calendar.absences where absence.hours.upperBound > hour {
      let begins = Int(clamping: absence.hours.lowerBound - hour)
      guard begins < Self.horizon else { continue }
      aways.append(
        Away(
          absence: absence, begins: max(begins, 0),
          ends: Int(clamping: absence.hours.upperBound - hour), isRunning: begins <= 0))
    }
    var merged: [WaitQuestion.Group: Int] = [:]
    for (group, clients) in question.pending where clients > 0 {
      merged[rounded(group), default: 0] += clients
    }
    let sorted = merged.sorted {
      ($0.key.lastHour, $0.key.cohorts) < ($1.key.lastHour, $1.key.cohorts)
    }
    groups = sorted.map(\.key)
    counts = sorted.map(\.value)
    presentFrom = Array(repeating: 0, count: groups.count)
    addReturners()
    makeBlocks()
    addNewcomers()
    makeSums()
  }

  /// Who is away for days is taken together with those who left in about the same hour, or on the same day.
  private func rounded(_ group: WaitQuestion.Group) -> WaitQuestion.Group {
    let age = hour - group.lastHour
    let unit: Int64 = age < 168 ? 1 : age < 336 ? 4 : 24
    var rounded = group
    rounded.lastHour = hour - (age / unit * unit + unit / 2)
    return rounded
  }

  private mutating func addReturners() {
    let masks = Set(groups.map(\.cohorts)).sorted()
    let pending = groups.count
    for away in aways {
      var places: [UInt32: Int] = [:]
      for mask in masks {
        places[mask] = groups.count
        groups.append(
          WaitQuestion.Group(
            lastHour: hour + Int64(away.ends) - Self.afterAbsence, cohorts: mask))
        counts.append(0)
        presentFrom.append(away.ends)
      }
      returners.append(groups[..<pending].map { places[$0.cohorts] ?? 0 })
    }
  }

  /// Who will be installed on a day has no contact yet.
  private mutating func addNewcomers() {
    firstNewcomers = groups.count
    for block in blocks {
      groups.append(
        WaitQuestion.Group(
          lastHour: hour + Int64(block.hours.lowerBound) - Self.beforeContact, cohorts: 0))
      counts.append(0)
      presentFrom.append(block.hours.lowerBound)
    }
  }

  /// Days, cut where something begins or ends.
  private mutating func makeBlocks() {
    var cuts: Set<Int> = [24]
    for away in aways { cuts.formUnion([away.begins, away.ends]) }
    let today = calendar.day(of: hour)
    var (first, day) = (0, 0)
    for offset in 1...Self.horizon {
      let next = Int(calendar.day(of: hour + Int64(offset)) - today)
      guard next != day || cuts.contains(offset) || offset == Self.horizon else { continue }
      blocks.append(
        Block(
          hours: first..<offset, day: day, kind: calendar.slot(of: hour + Int64(first)) / 24))
      (first, day) = (offset, next)
    }
  }

  /// Sums up what each bin adds from hour to hour, so that a stretch of hours is a difference.
  private mutating func makeSums() {
    sums.reserveCapacity((Self.horizon + 1) * ReturnHours.binCount)
    sums += repeatElement(0, count: ReturnHours.binCount)
    for offset in 0..<Self.horizon {
      let slot = calendar.slot(of: hour + Int64(offset))
      let part = offset == 0 ? rest : 1
      for bin in 0..<ReturnHours.binCount {
        sums.append(
          sums[offset * ReturnHours.binCount + bin] + part * rates.hazard(bin, slot: slot))
      }
    }
  }

  /// What each group adds up in the next block.
  private mutating func prepareBlock() {
    let block = blocks[firstPart.count / groups.count]
    for group in groups.indices {
      firstPart.append(Int32(parts.count))
      let last = groups[group].lastHour
      var first = max(block.hours.lowerBound, presentFrom[group], Int(last + 1 - hour))
      while first < block.hours.upperBound {
        let bin = ReturnHours.bin(since: last, in: hour + Int64(first))
        let next = min(
          ReturnHours.end(of: bin, since: last).map { Int($0 - hour) } ?? block.hours.upperBound,
          block.hours.upperBound)
        parts.append(
          Part(
            bin: bin,
            hazard: sums[next * ReturnHours.binCount + bin]
              - sums[first * ReturnHours.binCount + bin]))
        first = next
      }
    }
  }

  // MARK: - Courses

  /// What changes from draw to draw.
  private struct State {
    var pending: [Int]
    var denominator: Int
    var adopted: Int
    var cohorts: [(counted: Int, adopted: Int)]

    /// Who came back in the block that is drawn, by group.
    var returned: [Int]
  }

  /// One course.
  mutating func course(_ draws: inout RandomDraws) -> Course {
    var state = State(
      pending: counts, denominator: question.denominator, adopted: question.adopted,
      cohorts: question.cohorts, returned: Array(repeating: 0, count: counts.count))
    let shape = 1 / (0.3 * rates.spread)
    let levels = rates.drawnLevels(&draws)
    var (day, factor) = (-1, 1.0)
    var course = Course()
    var first: Int64?
    if holds(state) { first = (question.holdsSince ?? question.now).milliseconds }
    var passes = first.map { passing($0, polledAfter: 0) }
    let joins = question.joinRate(&draws)
    for (position, block) in blocks.enumerated() {
      if let passes, passes <= end(of: position - 1), block.hours.lowerBound >= 24 { break }
      if firstPart.count <= position * groups.count, !groups.isEmpty { prepareBlock() }
      if block.day != day {
        day = block.day
        factor = draws.gamma(shape: shape) / shape
      }
      moveAbsent(at: block.hours.lowerBound, &state, &draws)
      leave(at: block.hours.lowerBound, &state)
      join(at: position, joins, &state, &draws)
      let before = state
      for group in state.pending.indices {
        state.returned[group] = 0
        guard state.pending[group] > 0 else { continue }
        let hazard = hazard(group, position, levels) * factor
        let came = draws.binomial(state.pending[group], 1 - exp(-hazard))
        if came > 0 { take(came, of: group, &state) }
      }
      if block.hours.upperBound == 24 { course.tomorrow = state.adopted }
      if first == nil, holds(state) {
        let hour = crossing(
          position, from: before, returned: state.returned, levels, factor, &draws)
        let at = time(of: hour, &draws)
        first = at
        passes = passing(at, polledAfter: draws.uniform())
      }
      if course.passes == nil, let passes, passes <= end(of: position) {
        course.passes = passes
        course.left = left(at: passes, position, before, state)
      }
    }
    return course
  }

  /// Clients join, half of them before the middle of a day.
  private func join(
    at position: Int, _ rate: Double, _ state: inout State, _ draws: inout RandomDraws
  ) {
    let before = position > 0 ? blocks[position - 1].hours.count : 0
    let joined = draws.poisson(rate * Double(before + blocks[position].hours.count) / 2)
    state.denominator += joined
    state.pending[firstNewcomers + position] += joined
  }

  private func holds(_ state: State) -> Bool {
    question.holds(
      adopted: state.adopted, of: state.denominator, cohorts: state.cohorts)
  }

  private func passing(_ first: Int64, polledAfter part: Double) -> Int64 {
    max(
      first + question.policy.holdFor.value.milliseconds
        + Int64(part * Double(question.policy.every.value.milliseconds)),
      question.startedAt.milliseconds + question.policy.minimum.value.milliseconds)
  }

  private func hazard(_ group: Int, _ block: Int, _ levels: [Double]) -> Double {
    let place = block * groups.count + group
    let end = place + 1 < firstPart.count ? Int(firstPart[place + 1]) : parts.count
    var sum = 0.0
    for part in Int(firstPart[place])..<end {
      sum += parts[part].hazard * levels[parts[part].bin * 3 + blocks[block].kind]
    }
    return sum
  }

  private func take(_ came: Int, of group: Int, _ state: inout State) {
    state.returned[group] = came
    state.pending[group] -= came
    state.adopted += came
    for cohort in state.cohorts.indices where groups[group].cohorts & (1 << UInt32(cohort)) != 0 {
      state.cohorts[cohort].adopted += came
    }
  }

  /// Who was not seen for too long counts no more.
  private func leave(at offset: Int, _ state: inout State) {
    let limit =
      hour + Int64(offset)
      - question.policy.activeWithin.value.milliseconds / ContactHours.length
    for group in state.pending.indices {
      guard groups[group].lastHour < limit else { return }
      let gone = state.pending[group]
      guard gone > 0 else { continue }
      state.pending[group] = 0
      state.denominator -= gone
      for cohort in state.cohorts.indices where groups[group].cohorts & (1 << UInt32(cohort)) != 0 {
        state.cohorts[cohort].counted -= gone
      }
    }
  }

  /// People leave together and come back together.
  private func moveAbsent(at offset: Int, _ state: inout State, _ draws: inout RandomDraws) {
    for (position, away) in aways.enumerated() where away.begins == offset {
      // Whoever leaves waits in the group of those who come back, where nobody returns before its time.
      for group in returners[position].indices where state.pending[group] > 0 {
        let share =
          away.isRunning
          ? rates.chanceAway(since: groups[group].lastHour, in: away.absence, at: hour)
          : away.absence.share
        let gone = draws.binomial(state.pending[group], share)
        state.pending[group] -= gone
        state.pending[returners[position][group]] += gone
      }
    }
  }

  /// The hour of a block in which the thresholds are reached, from its end, at which they are.
  private func crossing(
    _ block: Int, from state: State, returned: [Int], _ levels: [Double], _ factor: Double,
    _ draws: inout RandomDraws
  ) -> Int {
    let hours = blocks[block].hours
    var arrivals = [[(group: Int, clients: Int)]](repeating: [], count: hours.count)
    for group in returned.indices where returned[group] > 0 {
      var (left, ahead) = (returned[group], hazard(group, block, levels) * factor)
      for offset in hours where left > 0 && offset >= presentFrom[group] {
        guard hour + Int64(offset) > groups[group].lastHour else { continue }
        let bin = ReturnHours.bin(since: groups[group].lastHour, in: hour + Int64(offset))
        let now =
          rates.hazard(bin, hour + Int64(offset)) * levels[bin * 3 + blocks[block].kind] * factor
          * (offset == 0 ? rest : 1)
        // Of those who come in what is left of the block, the part that comes in this hour.
        let share = offset == hours.upperBound - 1 ? 1 : (1 - exp(-now)) / (1 - exp(-ahead))
        let came = draws.binomial(left, share)
        if came > 0 { arrivals[offset - hours.lowerBound].append((group, came)) }
        left -= came
        ahead -= now
      }
    }
    var state = state
    for offset in hours {
      for (group, clients) in arrivals[offset - hours.lowerBound] {
        take(clients, of: group, &state)
      }
      if holds(state) { return offset }
    }
    return hours.upperBound - 1
  }

  /// Some time within an hour, or within what is left of the first.
  private func time(of offset: Int, _ draws: inout RandomDraws) -> Int64 {
    let length = Double(ContactHours.length)
    if offset == 0 {
      return question.now.milliseconds + Int64(rest * length * draws.uniform())
    }
    return (hour + Int64(offset)) * ContactHours.length + Int64(length * draws.uniform())
  }

  private func end(of block: Int) -> Int64 {
    guard block >= 0 else { return question.now.milliseconds }
    return (hour + Int64(blocks[block].hours.upperBound)) * ContactHours.length
  }

  /// The clients of today's count that have not adopted at a time within a block, as if they came evenly.
  private func left(at time: Int64, _ block: Int, _ before: State, _ after: State) -> Int {
    let start = end(of: block - 1)
    let part = Double(time - start) / Double(max(end(of: block) - start, 1))
    let adopted =
      Double(before.adopted) + Double(after.adopted - before.adopted) * min(max(part, 0), 1)
    return max(question.denominator - Int(adopted.rounded()), 0)
  }
}
