import RotationEngine

/// The clients that hold a wait back.
enum StragglersTable {
  static func add(_ stragglers: [Straggler], at now: Instant, to report: inout ReportText) {
    guard !stragglers.isEmpty else {
      return report.prose("No client holds it back.", indent: 4, label: "clients   ")
    }
    var table = TextTable([
      .init(title: "CLIENT", minimum: 8), .init(title: "GROUP", minimum: 8),
      .init(title: "LAST SEEN"), .init(title: "WHY", minimum: 8),
    ])
    for straggler in stragglers {
      table.add([
        .init(straggler.name, .title), .init(straggler.group),
        .init(straggler.lastSeen.map { "\(Wording.duration(now - $0)) ago" } ?? "never"),
        .init(straggler.reason),
      ])
    }
    report.add(table.lines(indent: 4, report.layout))
  }
}
