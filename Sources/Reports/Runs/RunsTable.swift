import CanonicalJSON
package import RotationEngine

/// `waltz runs`: the runs of a state directory in the order given.
package enum RunsTable {
  /// The table for people; without runs, a sentence that says how to start one.
  package static func text(
    _ runs: [RunListing], layout: TextLayout = TextLayout(),
    commands: StateCommands = StateCommands()
  ) -> String {
    guard !runs.isEmpty else {
      return "There are no runs here yet. Start one with `\(commands.start)`.\n"
    }
    var table = TextTable([
      .init(title: "RUN", minimum: 8), .init(title: "PLAN", minimum: 4),
      .init(title: "STATUS"), .init(title: "STEPS", isNumber: true, minimum: 3),
      .init(title: "STARTED"), .init(title: "LAST EVENT", minimum: 10),
      .init(title: "ESTATE", minimum: 4),
    ])
    for run in runs {
      table.add([
        .init(run.run, .title), .init(run.plan),
        .init(run.standing.words(run.figures), run.standing.meaning(run.figures)),
        .init(steps(of: run)), .init(run.startedAt.map(Wording.day) ?? ""),
        .init(run.lastAt.map(Wording.minute) ?? ""),
        .init(run.isSimulated ? "simulated" : "real"),
      ])
    }
    return table.lines(indent: 0, layout).map { $0 + "\n" }.joined()
  }

  private static func steps(of run: RunListing) -> String {
    guard let done = run.done, let total = run.total else { return "" }
    return "\(Wording.number(done))/\(Wording.number(total))"
  }

  /// The same for programs.
  package static func json(_ runs: [RunListing]) -> String {
    var writer = JSONWriter(indent: 2)
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      writer.key("runs")
      writer.array { writer in
        for run in runs {
          writer.object { writer in
            writer.member("run", run.run)
            writer.member("plan", run.plan)
            writer.member("status", run.standing.rawValue)
            writer.member("startedAt", orNull: run.startedAt?.description)
            writer.member("updatedAt", orNull: run.lastAt?.description)
            writer.member("done", orNull: run.done)
            writer.member("total", orNull: run.total)
            writer.member("simulated", run.isSimulated)
            writer.member("orphans", orNull: run.figures?.orphans)
            writer.member("latentOrphans", orNull: run.figures?.latentOrphans)
          }
        }
      }
    }
    writer.newLine()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
