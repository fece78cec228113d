internal import HeapModule

/// The steps that may start, lowest position first, within the limits on how many run at once.
///
/// Steps of a full site step back, each once, and come forward one by one as the site has room: a site
/// of any size costs the same a step. Of a site with room the lowest ready step is always in front.
struct ReadyQueue: Sendable {
  private var ready = Heap<Int>()
  /// For each site the ready steps that stepped back.
  private var keptBack: [Heap<Int>]
  private var runningPerSite: [Int]
  /// The steps that work now, so that giving a task up and its late answer count once.
  private var occupied: Set<Int> = []
  private let siteOfStep: [Int]
  private let stepsAtOnce: Int
  private let stepsAtOncePerSite: Int

  /// `siteOfStep` is -1 for steps of partnerships, which count only for the whole.
  init(siteOfStep: [Int], siteCount: Int, stepsAtOnce: Int, stepsAtOncePerSite: Int) {
    self.siteOfStep = siteOfStep
    keptBack = Array(repeating: Heap(), count: siteCount)
    runningPerSite = Array(repeating: 0, count: siteCount)
    self.stepsAtOnce = max(stepsAtOnce, 1)
    self.stepsAtOncePerSite = max(stepsAtOncePerSite, 1)
  }

  mutating func insert(_ step: Int) {
    ready.insert(step)
  }

  /// The next step that may start; nil where there is none or a limit is reached.
  mutating func next() -> Int? {
    guard occupied.count < stepsAtOnce else { return nil }
    while let step = ready.popMin() {
      let site = siteOfStep[step]
      guard site >= 0 else { return step }
      if runningPerSite[site] < stepsAtOncePerSite {
        // The step may turn out to take no room: the next one is to be in front by then.
        comeForward(from: site)
        return step
      }
      keptBack[site].insert(step)
    }
    return nil
  }

  /// Counts a step that works.
  mutating func occupy(_ step: Int) {
    guard occupied.insert(step).inserted else { return }
    if siteOfStep[step] >= 0 { runningPerSite[siteOfStep[step]] += 1 }
  }

  /// Counts it no more, and lets the next step of its site come forward.
  mutating func vacate(_ step: Int) {
    guard occupied.remove(step) != nil else { return }
    let site = siteOfStep[step]
    guard site >= 0 else { return }
    runningPerSite[site] -= 1
    comeForward(from: site)
  }

  private mutating func comeForward(from site: Int) {
    if let step = keptBack[site].popMin() { ready.insert(step) }
  }
}

/// The instants at which steps want to be looked at again, earliest first.
struct TimerQueue: Sendable {
  private struct Timer: Comparable {
    let at: Instant
    let step: Int

    static func < (left: Timer, right: Timer) -> Bool {
      (left.at, left.step) < (right.at, right.step)
    }
  }

  private var timers = Heap<Timer>()
  /// The one instant that holds for each step; timers for others are out of date.
  private var due: [Int: Instant] = [:]

  /// The earliest instant.
  var next: Instant? { timers.min?.at }

  /// Sets the one instant at which `step` wants to be looked at.
  mutating func set(_ step: Int, at instant: Instant) {
    due[step] = instant
    timers.insert(Timer(at: instant, step: step))
  }

  mutating func clear(_ step: Int) {
    due[step] = nil
    dropOutdated()
  }

  /// The steps that are due, earliest first; each is then no longer set.
  mutating func take(dueAt instant: Instant) -> [Int] {
    var steps: [Int] = []
    while let timer = timers.min, timer.at <= instant {
      timers.removeMin()
      if due[timer.step] == timer.at {
        due[timer.step] = nil
        steps.append(timer.step)
      }
    }
    dropOutdated()
    return steps
  }

  private mutating func dropOutdated() {
    while let timer = timers.min, due[timer.step] != timer.at { timers.removeMin() }
  }
}
