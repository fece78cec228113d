import RotationEngine

/// The clients that a run which has ended left without a server, as far as the estate can count them.
struct LostClients {
  let orphans: Int
  let latent: Int

  /// Those of a run's figures; none before its end, and where nobody can count them.
  init(_ figures: RunFigures?) {
    orphans = figures?.orphans ?? 0
    latent = figures?.latentOrphans ?? 0
  }

  var isEmpty: Bool { orphans + latent == 0 }

  /// `38 orphans`, `38 orphans and 5 latent orphans`; empty where there are none.
  var words: String {
    [(orphans, "orphan"), (latent, "latent orphan")].filter { $0.0 > 0 }
      .map { Wording.count($0.0, $0.1) }.joined(separator: " and ")
  }
}

/// What became of the clients, at the end of a run: for its summary and for `waltz status` ever after.
enum LostClientsParagraph {
  /// Adds the facts to a report, each under a label, and what repairs a lost client
  /// (`docs/SEPM.md`, "Repairing orphans").
  static func add(
    _ figures: RunFigures, to report: inout ReportText,
    fact: (String, String, Palette.Meaning?, inout ReportText) -> Void
  ) {
    let lost = LostClients(figures)
    guard figures.orphans != nil || figures.latentOrphans != nil else {
      return fact(
        "clients",
        "orphans cannot be counted from here; compare the clients' last contact in the console with "
          + "the time before the run", nil, &report)
    }
    guard !lost.isEmpty else {
      let all = figures.latentOrphans == 0 ? "0 orphans, 0 latent orphans" : "0 orphans"
      return fact("clients", "\(all): every client can talk to its servers", .good, &report)
    }
    if lost.orphans > 0 {
      fact(
        "clients",
        "\(Wording.count(lost.orphans, "orphan")): "
          + (lost.orphans == 1 ? "this client" : "these clients")
          + " can no longer talk to any server and will not recover by themselves", .trouble,
        &report)
    } else {
      fact("clients", "0 orphans now", nil, &report)
    }
    if lost.latent > 0 {
      fact(
        "",
        "\(Wording.count(lost.latent, "latent orphan")): offline now, and an orphan on return",
        .trouble, &report)
    }
    fact(
      "repair",
      "Export a Communication Update Package in the console and deploy it with the Client "
        + "Deployment Wizard, or run `SylinkDrop.exe -silent sylink.xml` and then "
        + "`smc.exe -updateconfig` on each of them.", .person, &report)
  }
}
