import PlanText
import Reports

/// `waltz help` by what somebody wants to do: `waltz help resume an interrupted rotation`.
struct TaskHelp {
  /// What is to be done, as it is listed.
  let task: String

  /// What is worth knowing about it.
  let words: String

  /// What to type, in this order.
  let commands: [String]

  /// More words by which it is found.
  let found: String

  /// The tasks, in the order in which a rotation meets them.
  static let all = [
    TaskHelp(
      task: "begin with a plan",
      words: "SEPM says what it can over its API; what it does not tell is marked in the plan.",
      commands: ["waltz plan init --from-api URL", "waltz plan validate PLAN --live"],
      found: "start new write create init"),
    TaskHelp(
      task: "see what a rotation will do",
      words: "The steps and what each waits for, and everything that a person does at the console.",
      commands: ["waltz plan show PLAN", "waltz plan runbook PLAN -o FILE"],
      found: "preview order steps show runbook print"),
    TaskHelp(
      task: "try a rotation without risk",
      words:
        "In virtual time within seconds, or with the real drivers against a lab on this machine.",
      commands: ["waltz run PLAN --simulate", "waltz rehearse PLAN"],
      found: "simulate test rehearse practise dry"),
    TaskHelp(
      task: "start a rotation",
      words: "It may be interrupted at any moment, and goes on from there.",
      commands: ["waltz run PLAN"], found: "begin run real"),
    TaskHelp(
      task: "run only what was approved",
      words:
        "The sealed graph of a plan has the same bytes everywhere: name its digest, or let people sign it.",
      commands: [
        "waltz plan compile PLAN -o FILE", "waltz run FILE --require-digest DIGEST",
        "waltz run FILE --signed-by ALLOWED_SIGNERS",
      ],
      found: "signature signed provenance digest reviewed graph sealed"),
    TaskHelp(
      task: "resume an interrupted rotation",
      words:
        "Nothing but the state directory is needed. What was under way is looked at before it is done again.",
      commands: ["waltz status", "waltz resume RUN"],
      found: "continue go on restart crash killed reboot stopped recover"),
    TaskHelp(
      task: "let a timer drive a rotation",
      words: "It does what can be done now and ends with a status that says why it stopped.",
      commands: ["waltz resume --until waiting"], found: "cron systemd schedule automatic"),
    TaskHelp(
      task: "see where a rotation stands",
      words:
        "Once, as a picture that is kept up to date, or with the clients that hold a wait back.",
      commands: ["waltz status", "waltz status --watch", "waltz status --stragglers"],
      found: "watch follow progress live waiting clients missing"),
    TaskHelp(
      task: "be told what happens",
      words:
        "notify.yaml in the state directory says who is told what, and which check raises the alarm where nobody is left "
        + "to tell (docs/NOTIFICATIONS.md).",
      commands: [
        "waltz notify test DESTINATION", "waltz notify test --check exposure",
        "waltz notify status",
      ],
      found: "news notify mail webhook slack teams alarm alert digest monitoring exposure ping"),
    TaskHelp(
      task: "answer a gate",
      words: "Do in the console what the gate says, then say so. A probe has the last word.",
      commands: [
        "waltz status", "waltz approve RUN STEP --note TEXT", "waltz reject RUN STEP --note TEXT",
      ],
      found: "approve reject console person operator manual"),
    TaskHelp(
      task: "deal with a failed step",
      words: "Remove the cause and try again. Skip only what is not needed.",
      commands: [
        "waltz status", "waltz retry RUN STEP --note TEXT", "waltz skip RUN STEP --note TEXT",
      ],
      found: "failure error retry skip broken"),
    TaskHelp(
      task: "say whether a step in doubt happened",
      words: "Look at the server first: what waits for the step begins on your word.",
      commands: [
        "waltz resolve RUN STEP --done --note TEXT",
        "waltz resolve RUN STEP --not-done --note TEXT",
      ],
      found: "doubt unknown resolve"),
    TaskHelp(
      task: "hold a rotation, or give it up",
      words:
        "A pause starts nothing new. After an abort nothing is undone; what is still open is listed.",
      commands: ["waltz pause RUN", "waltz unpause RUN", "waltz abort RUN --note TEXT"],
      found: "stop pause abort cancel halt"),
    TaskHelp(
      task: "take a run from an executor that is gone",
      words:
        "It says first who holds the run, and what speaks for and against that process being alive.",
      commands: ["waltz unlock RUN"], found: "held lease lock dead unlock"),
    TaskHelp(
      task: "go on after a restored backup",
      words: "It says what is known to be lost; what may have been done since is looked at first.",
      commands: ["waltz adopt --note TEXT"], found: "copy moved restore old adopt"),
    TaskHelp(
      task: "prove that nothing was altered",
      words: "Keep the hash that it prints elsewhere; it shows later that nothing was lost either.",
      commands: ["waltz verify RUN", "waltz verify RUN --expect HASH"],
      found: "audit tamper check journal evidence"),
    TaskHelp(
      task: "complete commands in the shell",
      words:
        "Runs and steps come from the state directory. For zsh and fish put their name in place of bash.",
      commands: ["source <(waltz --generate-completion-script bash)"],
      found: "completion tab bash zsh fish"),
  ]

  /// The page for the words behind `waltz help`.
  ///
  /// - Parameter words: `tasks` for the list, else what somebody wants to do.
  /// - Returns: The page; nil where they are no task.
  static func page(for words: [String]) -> Printout? {
    if words == ["tasks"] {
      return Printout(
        report: "Tasks, for `waltz help TASK`; a few of its words are enough.\n\n"
          + all.map { "  \($0.task)\n" }.joined())
    }
    let wanted = Set(words.flatMap { $0.lowercased().split(separator: " ").map(String.init) })
      .subtracting(["a", "an", "the", "to", "of", "my", "in", "and", "or", "how", "do", "i"])
    guard !wanted.isEmpty else { return nil }
    let scores = all.map { task in
      let isMeant = wanted.isSubset(of: task.names.union(task.hints))
      return isMeant ? 1 + wanted.intersection(task.names).count : 0
    }
    guard let best = scores.max(), best > 0 else { return nil }
    let pages = zip(all, scores).filter { $0.1 == best }.map { $0.0.text }
    return Printout(report: pages.joined(separator: "\n"))
  }

  private var names: Set<String> { Set(task.split(separator: " ").map(String.init)) }
  private var hints: Set<String> { Set(found.split(separator: " ").map(String.init)) }

  private var text: String {
    "To \(task):\n" + commands.map { "  \($0)\n" }.joined() + "\(words)\n"
  }
}
