/// The commands that reports tell people to type, in one place so that all say the same.
struct RunCommands {
  let run: String
  let layout: TextLayout

  private var note: String { "--note \(layout.ellipsis)" }

  func approve(_ step: String) -> String { "waltz approve \(run) \(step) \(note)" }
  func reject(_ step: String) -> String { "waltz reject \(run) \(step) \(note)" }
  func retry(_ step: String) -> String { "waltz retry \(run) \(step) \(note)" }
  func skip(_ step: String, acceptingOrphans: Bool) -> String {
    "waltz skip \(run) \(step) \(acceptingOrphans ? "--accept-orphans " : "")\(note)"
  }
  func resolveDone(_ step: String) -> String { "waltz resolve \(run) \(step) --done \(note)" }
  func resolveNotDone(_ step: String) -> String {
    "waltz resolve \(run) \(step) --not-done \(note)"
  }
  var unpause: String { "waltz unpause \(run) \(note)" }
  var resume: String { "waltz resume \(run)" }
  var resumeUntilWaiting: String { "waltz resume \(run) --until waiting" }
  var stragglers: String { "waltz status \(run) --stragglers" }
  var status: String { "waltz status \(run)" }
  var events: String { "waltz events \(run)" }
  var verify: String { "waltz verify \(run)" }
}
