import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// What a view shows of a run where there is room left: the first that is added is the last to give way.
struct LiveRest {
  private let overview: RunOverview
  private let layout: TextLayout
  private var room: Int
  private(set) var lines: [StyledLine] = []

  init(_ overview: RunOverview, _ layout: TextLayout, room: Int) {
    self.overview = overview
    self.layout = layout
    self.room = room
  }

  private mutating func add(_ heading: String, _ rows: [StyledLine]) {
    guard !rows.isEmpty, rows.count + 2 <= room else { return }
    lines += [StyledLine(), StyledLine(heading, .title)] + rows
    room -= rows.count + 2
  }

  /// A line for each site, or one with their numbers.
  mutating func addSites() {
    let groups = StepGroup.groups(of: overview.state)
    let nameWidth = min(groups.reduce(0) { max($0, textWidth($1.name)) }, layout.width / 3)
    guard groups.count + 2 <= room else {
      guard room >= 3 else { return }
      let done = groups.count(where: \.isDone)
      let begun = groups.count { !$0.isDone && $0.done + $0.underWay + $0.waiting + $0.trouble > 0 }
      return add(
        "Sites",
        [
          StyledLine(
            "  \(Wording.number(done)) done, \(Wording.number(begun)) begun, "
              + "\(Wording.number(groups.count - done - begun)) not begun")
        ])
    }
    add(
      "Sites",
      groups.map { group in
        var line = StyledLine("  ")
        let name = shortenedMiddle(group.name, to: nameWidth, layout)
        line.add(name)
        line.pad(to: 4 + nameWidth)
        let total = group.done + group.open.count
        line.add(
          ShareBar.text(Share(group.done, of: total), columns: 16, layout),
          group.isDone ? .good : .busy)
        line.add("  \(Wording.number(group.done)) of \(Wording.number(total))")
        for (number, words, meaning) in [
          (group.trouble, "in trouble", Palette.Meaning.trouble),
          (group.waiting, "waiting", .waiting), (group.underWay, "under way", .busy),
        ] where number > 0 { line.add("  \(Wording.number(number)) \(words)", meaning) }
        return line
      })
  }

  /// The steps that were done last.
  mutating func addFinished() {
    let state = overview.state
    let wanted = min(5, room - 2)
    guard wanted > 0 else { return }
    // A run has thousands of them, and a view is drawn again each second.
    var last: [(endedAt: Instant, step: Int)] = []
    for (step, own) in state.steps.enumerated() where own.isDone {
      guard let endedAt = own.endedAt else { continue }
      if last.count == wanted, let oldest = last.last, (endedAt, step) < oldest { continue }
      last.insert((endedAt, step), at: last.firstIndex { $0 < (endedAt, step) } ?? last.endIndex)
      if last.count > wanted { last.removeLast() }
    }
    add(
      "Done last",
      last.map { endedAt, step in
        var line = StyledLine("  \(layout.sign("✓", "+")) ", .good)
        line.add(state.graph.id(of: step))
        line.add("  \(Wording.minute(endedAt))", .faint)
        return line
      })
  }

  /// The last events, as many as there is room for.
  mutating func addEvents(_ events: [RunEvent]) {
    guard room >= 5, !events.isEmpty else { return }
    let lines = RunLine(
      run: overview.run, state: overview.state, layout: layout,
      commands: overview.surroundings.commands)
    add(
      "Events",
      events.suffix(room - 2).compactMap { lines.styled($0, in: overview.state).first })
  }
}
