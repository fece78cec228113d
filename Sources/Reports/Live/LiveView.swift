import PlanModel
package import RotationEngine

/// A run on a terminal that is redrawn in place: the lines of one frame.
///
/// No line is wider than the layout, none holds a line feed, and there are at most as many as asked for;
/// what had to give way is counted (`… and 12 more`).
package struct LiveView: Sendable {
  private let run: String
  private let layout: TextLayout
  private let maximumLines: Int
  private let surroundings: RunSurroundings

  /// A view for a terminal; `maximumLines` is its height less what the shell needs, at least 8.
  package init(
    run: String, layout: TextLayout, maximumLines: Int = 24,
    surroundings: RunSurroundings = RunSurroundings()
  ) {
    self.run = run
    self.layout = layout
    self.surroundings = surroundings
    self.maximumLines = max(maximumLines, 8)
  }

  /// The lines that show `state` at `now`, by the run's clock.
  package func lines(
    _ state: RunState, now: Instant, events: [RunEvent] = []
  ) -> [String] {
    lines(
      RunOverview(run: run, state: state, now: now, surroundings: surroundings), events: events)
  }

  /// What never gives way: where the run stands, who carries it out, what is asked of a person, waits, and what is open.
  /// Then, as long as there is room, curves, sites, what was done last, and events.
  func lines(_ overview: RunOverview, events: [RunEvent], chosen: Int? = nil) -> [String] {
    let head = header(overview) + executor(overview)
    let foot = footer(overview)
    let room = maximumLines - head.count - foot.count
    let full = LiveBody(overview, layout, room: room, chosen: chosen, hasCurves: true)
    let body =
      full.fits ? full.lines : LiveBody(overview, layout, room: room, chosen: chosen).lines
    var rest = LiveRest(overview, layout, room: room - body.count)
    rest.addSites()
    rest.addFinished()
    rest.addEvents(events)
    return (head + body + foot + rest.lines).prefix(maximumLines).map { $0.fitted(layout) }
  }

  /// Whether somebody carries the run out; nothing once it has ended.
  private func executor(_ overview: RunOverview) -> [StyledLine] {
    guard !overview.state.status.isEnded else { return [] }
    var line = StyledLine()
    switch surroundings.executor {
    case .atWork:
      guard let holder = surroundings.holder else { return [] }
      line.add("executor ", .faint)
      line.add(holder.name)
      line.add(", alive", .good)
    case .none:
      line.add("\(layout.sign("○", "o")) nobody works on it: ", .person)
      line.add(overview.commands.resume, .command)
    case .gone(let name, let since, let lasting):
      line.add("\(layout.sign("✗", "x")) executor gone ", .trouble)
      line.add("since \(Wording.minute(since)), \(Wording.duration(lasting)) ago: \(name)")
    }
    return [line]
  }

  func header(_ overview: RunOverview) -> [StyledLine] {
    let standing = overview.standing
    let done = overview.state.counts.done
    let total = overview.state.steps.count
    var first = StyledLine(run, .title)
    first.add("  \(standing.words)", standing.meaning)
    if overview.plan != run { first.add("\(layout.dot)plan \(overview.plan)", .faint) }
    let time = Wording.minute(overview.until) + (overview.isSimulated ? " virtual" : "")
    if first.width + 2 + time.count <= layout.width {
      first.pad(to: layout.width - time.count)
      first.add(time, .faint)
    }

    var second = StyledLine()
    let figures =
      " \(Wording.number(done)) of \(Wording.count(total, "step"))"
      + (overview.elapsed.map { layout.dot + Wording.duration($0) } ?? "")
    let room = min(layout.width - textWidth(figures), 40)
    if room >= 8 {
      second.add(
        ShareBar.text(.init(done, of: total), columns: room, layout),
        standing == .succeeded ? .good : .busy)
    }
    second.add(figures)
    return [first, second]
  }

  private func footer(_ overview: RunOverview) -> [StyledLine] {
    var lines: [StyledLine] = []
    for (words, open) in overview.openExposures {
      var line = StyledLine("\(layout.sign("▲", "!")) \(words): ", .person)
      line.add(
        open.map { "\($0.name) \(Wording.duration(.seconds($0.seconds)))" }
          .joined(separator: ", "))
      lines.append(line)
    }
    if let outlook = overview.outlook {
      var line = StyledLine("end: ", .faint)
      line.add(outlook.shortWords(at: overview.now))
      lines.append(line)
    }
    if let next = overview.next, !overview.state.status.isEnded {
      let when =
        next.at > overview.now ? "in \(Wording.duration(next.at - overview.now))" : "due now"
      var line = StyledLine("next: ", .faint)
      line.add("\(when), \(next.words) \(next.step)", .faint)
      lines.append(line)
    }
    return lines
  }
}
