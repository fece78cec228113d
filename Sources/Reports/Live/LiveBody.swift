import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// The part of a live view that grows and shrinks: what is in trouble, what waits, what is under way.
struct LiveBody {
  /// Entries of one kind; each entry is one or more lines.
  private struct Group {
    let entries: [[StyledLine]]

    var height: Int { entries.reduce(0) { $0 + $1.count } }
  }

  private let layout: TextLayout
  private let groups: [Group]

  /// The lines of all entries.
  var height: Int { groups.reduce(0) { $0 + $1.height } }

  /// The steps of the entries, in the same order.
  static func steps(of overview: RunOverview) -> [Int] {
    overview.lineStops.map(\.step) + overview.doubts.map(\.step) + overview.failed.map(\.step)
      + overview.gates.map(\.step) + overview.held.map(\.step) + overview.waits.map(\.step)
      + overview.active.map(\.step)
  }

  /// The entries in the order of their urgency.
  ///
  /// * `chosen`: The step whose name stands out.
  /// * `hasCurves`: Whether waits have their curve and their outlook under them.
  init(
    _ overview: RunOverview, _ layout: TextLayout, chosen: Int? = nil, hasCurves: Bool = false
  ) {
    self.layout = layout
    let commands = overview.commands
    let ids = overview.active.map(\.id) + overview.waits.map(\.id)
    let idWidth = min(ids.reduce(0) { max($0, textWidth($1)) }, max(layout.width * 2 / 5, 14))
    let line = LiveLine(
      layout: layout, idWidth: idWidth, now: overview.now,
      chosen: chosen.map { overview.state.graph.id(of: $0) })
    groups = [
      Group(
        entries: overview.lineStops.map { stop in
          let site = overview.site(of: stop)
          return [
            line.alarm(
              layout.sign("✗", "x"), "line stopped", site, stop.fall.words(at: site) + ".")
          ] + line.todo(commands.unpause)
        }),
      Group(
        entries: overview.doubts.map {
          [line.alarm("?", "in doubt", $0.id, $0.reason)] + line.todo(commands.status)
        }),
      Group(
        entries: overview.failed.map {
          [line.alarm(layout.sign("✗", "x"), $0.failure.kind.words, $0.id, $0.failure.message)]
        }),
      Group(
        entries: overview.gates.map {
          [line.gate($0)] + line.todo(commands.approve($0.id))
        }),
      Group(
        entries: overview.held.map {
          [line.alarm(layout.sign("◷", "~"), "held", $0.id, $0.words(at: overview.now))]
        }),
      Group(
        entries: overview.waits.map { wait in
          [line.wait(wait)] + (hasCurves ? [line.curve(wait), line.outlook(wait)] : [])
        }),
      Group(entries: overview.active.map { [line.active($0)] }),
    ].filter { !$0.entries.isEmpty }
  }

  /// The lines, at most `limit`; where there are more, every kind keeps its share of them.
  func lines(atMost limit: Int) -> [StyledLine] {
    if height <= limit {
      return groups.flatMap { $0.entries.flatMap(\.self) }
    }
    let shown = shownEntries(room: limit - groups.count)
    var lines: [StyledLine] = []
    for (group, count) in zip(groups, shown) {
      lines += group.entries.prefix(count).flatMap(\.self)
      let hidden = group.entries.count - count
      if hidden > 0 {
        lines.append(
          StyledLine("  \(layout.ellipsis) and \(Wording.number(hidden)) more", .faint))
      }
    }
    return Array(lines.prefix(max(limit, 0)))
  }

  /// How many entries of each group are shown: one more for each in turn while there is room.
  private func shownEntries(room: Int) -> [Int] {
    var shown = groups.map { _ in 0 }
    var room = room
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for (index, group) in groups.enumerated() where shown[index] < group.entries.count {
        // The last entry takes the line that is kept for the count of hidden ones.
        let isLast = shown[index] == group.entries.count - 1
        let height = group.entries[shown[index]].count - (isLast ? 1 : 0)
        guard height <= room else { continue }
        shown[index] += 1
        room -= height
        isGrowing = true
      }
    }
    return shown
  }
}
