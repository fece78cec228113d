import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// The part of a live view that grows and shrinks: what is in trouble, what waits, what is under way.
struct LiveBody {
  /// Entries of one kind; each entry is one or more lines. Those that no room is left for in any case are only counted.
  private struct Group {
    let count: Int
    let entries: [[StyledLine]]

    init<Entry>(_ all: [Entry], _ room: Int, _ lines: (Entry) -> [StyledLine]) {
      count = all.count
      entries = all.prefix(room).map(lines)
    }

    /// The lines of the entries, and one at least for each that is only counted.
    var height: Int { entries.reduce(count - entries.count) { $0 + $1.count } }
  }

  private let layout: TextLayout
  private let room: Int
  private let groups: [Group]

  /// Whether there is room for every line of all entries.
  var fits: Bool { groups.reduce(0) { $0 + $1.height } <= room }

  /// The steps of the entries, in the same order.
  static func steps(of overview: RunOverview) -> [Int] {
    overview.lineStops.map(\.step) + overview.doubts.map(\.step) + overview.failed.map(\.step)
      + overview.gates.map(\.step) + overview.held.map(\.step) + overview.waits.map(\.step)
      + overview.active.map(\.step)
  }

  /// The entries in the order of their urgency.
  ///
  /// * `room`: How many lines there are for them.
  /// * `chosen`: The step whose name stands out.
  /// * `hasCurves`: Whether waits have their curve and their outlook under them.
  init(
    _ overview: RunOverview, _ layout: TextLayout, room: Int, chosen: Int? = nil,
    hasCurves: Bool = false
  ) {
    let room = max(room, 0)
    self.room = room
    self.layout = layout
    let commands = overview.commands
    let ids = overview.active.prefix(room).map(\.id) + overview.waits.prefix(room).map(\.id)
    let idWidth = min(ids.reduce(0) { max($0, textWidth($1)) }, max(layout.width * 2 / 5, 14))
    let line = LiveLine(
      layout: layout, idWidth: idWidth, now: overview.now,
      chosen: chosen.map { overview.state.graph.id(of: $0) })
    groups = [
      Group(overview.lineStops, room) { stop in
        let site = overview.site(of: stop)
        return [
          line.alarm(
            layout.sign("✗", "x"), "line stopped", site, stop.fall.words(at: site) + ".")
        ] + line.todo(commands.unpause)
      },
      Group(overview.doubts, room) {
        [line.alarm("?", "in doubt", $0.id, $0.reason)] + line.todo(commands.status)
      },
      Group(overview.failed, room) {
        [line.alarm(layout.sign("✗", "x"), $0.failure.kind.words, $0.id, $0.failure.message)]
      },
      Group(overview.gates, room) {
        [line.gate($0)] + line.todo(commands.approve($0.id))
      },
      Group(overview.held, room) {
        [line.alarm(layout.sign("◷", "~"), "held", $0.id, $0.words(at: overview.now))]
      },
      Group(overview.waits, room) { wait in
        [line.wait(wait)] + (hasCurves ? [line.curve(wait), line.outlook(wait)] : [])
      },
      Group(overview.active, room) { [line.active($0)] },
    ].filter { $0.count > 0 }
  }

  /// The lines, as many as there is room for; where there are more, every kind keeps its share of them.
  var lines: [StyledLine] {
    if fits {
      return groups.flatMap { $0.entries.flatMap(\.self) }
    }
    let shown = shownEntries(room: room - groups.count)
    var lines: [StyledLine] = []
    for (group, count) in zip(groups, shown) {
      lines += group.entries.prefix(count).flatMap(\.self)
      let hidden = group.count - count
      if hidden > 0 {
        lines.append(
          StyledLine("  \(layout.ellipsis) and \(Wording.number(hidden)) more", .faint))
      }
    }
    return Array(lines.prefix(room))
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
        let isLast = shown[index] == group.count - 1
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
