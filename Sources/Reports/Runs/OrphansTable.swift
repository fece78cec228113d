import RotationEngine

/// The clients that a run which has ended lost, by name: whoever repairs them has to know which.
enum OrphansTable {
  /// More than these are for JSON.
  private static let shown = 20

  /// Adds the table; nothing where no client was lost.
  static func add(
    _ orphans: [OrphanedClient]?, _ overview: RunOverview, to report: inout ReportText
  ) {
    let lost = LostClients(overview.state.figures)
    guard !lost.isEmpty else { return }
    report.heading("To repair: \(lost.words)", .trouble)
    guard let orphans, !orphans.isEmpty else {
      return report.prose("Their names are not known here.", indent: 2)
    }
    var table = TextTable([
      .init(title: "CLIENT", minimum: 8), .init(title: "GROUP", minimum: 8),
      .init(title: "LAST SEEN"), .init(title: "NOW", minimum: 8),
    ])
    for client in orphans.prefix(shown) {
      table.add([
        .init(client.name, .title), .init(client.group),
        .init(
          client.lastSeen.map { "\(Wording.duration(overview.now - $0)) ago" } ?? "never"),
        .init(client.isLatent ? "offline, an orphan on return" : "an orphan"),
      ])
    }
    report.add(table.lines(indent: 2, report.layout))
    let all = lost.orphans + lost.latent
    if all > shown {
      report.prose(
        "\(Wording.number(min(shown, orphans.count))) of \(Wording.number(all)), longest absent first.",
        indent: 2)
    }
  }
}
