import PlanText
package import RotationEngine

/// The pages of `waltz serve`: the same values and words as in `waltz runs`, `waltz status` and the report.
package enum DashboardPages {
  /// Their style sheet.
  package static var style: String {
    DocumentStyle.text.description + DashboardStyle.text.description
  }

  /// A gate that a person may answer on its page.
  package struct Form: Sendable {
    /// A word that only this page has, which shows that what comes back was written on it.
    let secret: String

    /// What can be asked: `approve`, `reject`.
    let verbs: [OperatorRequest.Verb]

    package init(secret: String, verbs: [OperatorRequest.Verb]) {
      self.secret = secret
      self.verbs = verbs
    }
  }

  /// The page of a run.
  package static func path(ofRun run: String) -> String { "/runs/\(pathWord(run))" }

  /// The page of a gate.
  package static func path(ofGate step: String, of run: String) -> String {
    let words = step.split(separator: "/", omittingEmptySubsequences: false)
    return path(ofRun: run) + "/gates/" + words.map { pathWord(String($0)) }.joined(separator: "/")
  }

  // MARK: Pages

  /// All runs, the newest first.
  package static func runs(_ runs: [RunListing], commands: StateCommands, at now: Instant) -> String
  {
    var main: HTML = "<main>\n"
    if runs.isEmpty {
      main += "<p>There are no runs here yet. Start one with:</p>\n<pre>\(commands.start)</pre>\n"
    } else {
      main += """
        <div class="scroll" tabindex="0" role="region" aria-label="Runs">
        <table>
        <caption>Runs of this state directory, the newest first</caption>
        <thead><tr><th scope="col">Run<th scope="col">Plan<th scope="col">Status<th scope="col" class="n">Steps\
        <th scope="col">Started<th scope="col">Last event<th scope="col">Estate
        <tbody>

        """
      for run in runs { main += row(run) }
      main += "</table>\n</div>\n"
    }
    main += "</main>\n"
    return page(
      title: "Waltz: runs",
      body: "<header>\n" + top(nil, at: now) + "<h1>Runs</h1>\n</header>\n" + main)
  }

  private static func row(_ run: RunListing) -> HTML {
    let tone: HTML =
      switch run.standing.meaning(run.figures) {
      case .good: " class=\"good\""
      case .trouble: " class=\"bad\""
      case .person: " class=\"look\""
      default: ""
      }
    let steps: String =
      if let done = run.done, let total = run.total {
        "\(Wording.number(done))/\(Wording.number(total))"
      } else {
        ""
      }
    return """
      <tr><th scope="row"><a href="\(path(ofRun: run.run))">\(run.run)</a><td>\(run.plan)\
      <td\(tone)>\(run.standing.words(run.figures))<td class="n">\(steps)\
      <td>\(run.startedAt.map(Wording.day) ?? "")<td>\(run.lastAt.map(Wording.minute) ?? "")\
      <td>\(run.isSimulated ? "simulated" : "real")

      """
  }

  /// One run: what is asked of people, and its report as of now.
  package static func run(_ report: RunReport) -> String {
    let overview = report.overview
    let document = RunReportDocument(report: report).document
    var asked = HTML()
    if !overview.gates.isEmpty {
      asked = "<h2 id=\"asked\">What is asked of people</h2>\n<ul>\n"
      for gate in overview.gates {
        let waits = gate.since.map { ", for \(Wording.duration(overview.now - $0))" } ?? ""
        asked += """
          <li><a href="\(path(ofGate: gate.id, of: overview.run))">\(gate.id)</a>\(waits)

          """
      }
      asked += "</ul>\n"
    }
    let (header, rest) = DocumentHTML.parts(document)
    return page(
      title: document.name, follow: path(ofRun: overview.run) + "/events",
      sequence: report.state.lastSequence,
      body: "<header>\n"
        + top(overview.run, at: overview.now, follows: !overview.state.status.isEnded)
        + header + asked + "</header>\n" + rest)
  }

  /// One gate: what to do, in full, and how to say that it is done. Nil where it is not open.
  package static func gate(_ step: String, _ report: RunReport, form: Form?) -> String? {
    let overview = report.overview
    guard let gate = overview.gates.first(where: { $0.id == step }) else { return nil }
    var main: HTML = "<main>\n"
    if let reason = gate.gate.reason {
      main += "<p class=\"look\">It is asked again: \(reason)</p>\n"
    }
    if let count = gate.countWords(at: overview.now) { main += "<p>\(count).</p>\n" }
    main += "<ol>\n"
    for line in gate.gate.instructions { main += "<li>\(line)</li>\n" }
    main += "</ol>\n"
    if overview.isAsked(gate.step) {
      main += "<p class=\"look\">Somebody answered already; the executor takes it up.</p>\n"
    } else if let form {
      main += fields(form, of: gate.id, overview.run)
    }
    main += """
      <p>At a terminal where the state directory is:</p>
      <pre tabindex="0">\(overview.commands.approve(gate.id))</pre>
      <p>When it is said to be done, its effect is looked at, where anything can be seen from outside.</p>
      </main>

      """
    return page(
      title: "\(gate.id): \(overview.run)",
      body: "<header>\n" + top(overview.run, at: overview.now)
        + "<h1>\(gate.id)</h1>\n<p>Waits for a person\(sinceWords(gate.since, overview.now)).</p>\n</header>\n"
        + main)
  }

  private static func sinceWords(_ since: Instant?, _ now: Instant) -> String {
    since.map { " since \(Wording.minute($0)), for \(Wording.duration(now - $0))" } ?? ""
  }

  private static func fields(_ form: Form, of step: String, _ run: String) -> HTML {
    var text: HTML = """
      <form method="post" action="\(path(ofGate: step, of: run))">
      <input type="hidden" name="secret" value="\(form.secret)">
      <label for="step">Type the name of the step, so that it is the right one</label>
      <input id="step" name="step" autocomplete="off" spellcheck="false" required>
      <label for="note">What was done, or why it cannot be; kept for the auditor</label>
      <textarea id="note" name="note" required></textarea>

      """
    for verb in form.verbs {
      let words: HTML = verb == .approve ? "It is done" : "It cannot be done: fail the step"
      text += "<button name=\"verb\" value=\"\(verb.rawValue)\">\(words)</button>\n"
    }
    return text + "</form>\n"
  }

  /// A page that says one thing.
  package static func message(_ title: String, _ lines: [String], back: String? = nil) -> String {
    var body: HTML = "<header>\n<h1>\(title)</h1>\n</header>\n<main>\n"
    for line in lines { body += "<p>\(line)</p>\n" }
    if let back { body += "<p><a href=\"\(back)\">Back</a></p>\n" }
    return page(title: title, body: body + "</main>\n")
  }

  /// What is answered to who came by a link from elsewhere: the same address once more, asked for from here.
  package static func again(_ path: String) -> String {
    page(
      title: "One moment", again: path,
      body: "<main>\n<p><a href=\"\(path)\">Go on</a></p>\n</main>\n")
  }

  // MARK: What all have

  private static func top(_ run: String?, at now: Instant, follows: Bool = false) -> HTML {
    let live: HTML =
      follows ? "<span id=\"live\" role=\"status\">as of when it was loaded</span>, " : ""
    let way: HTML = run == nil ? "<span>Waltz</span>" : "<a href=\"/\">All runs</a>"
    return "<div class=\"top\">\(way) <span>\(live)\(Wording.minute(now))</span></div>\n"
  }

  private static func page(
    title: String, follow: String? = nil, sequence: Int? = nil, again: String? = nil, body: HTML
  ) -> String {
    var attributes = HTML()
    if let follow, let sequence {
      attributes = " data-follow=\"\(follow)\" data-sequence=\"\(sequence)\""
    }
    let refresh: HTML =
      again.map { "<meta http-equiv=\"refresh\" content=\"0;url=\($0)\">\n" } ?? HTML()
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      \(refresh)<meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <link rel="stylesheet" href="/style.css">
      <script src="/follow.js" defer></script>
      </head>
      <body\(attributes)>
      \(body)</body>
      </html>

      """
    return page.text
  }

  /// A word as a part of a path.
  private static func pathWord(_ word: String) -> String {
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    var text = ""
    for byte in word.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2B:
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        text += "%"
        text.unicodeScalars.append(digits[Int(byte >> 4)])
        text.unicodeScalars.append(digits[Int(byte & 15)])
      }
    }
    return text
  }
}
