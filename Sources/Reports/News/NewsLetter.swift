package import RotationEngine

/// News as it is told, whatever the way: its parts, with everything in them made visible.
package struct NewsLetter: Sendable, Equatable {
  /// The same for each attempt: `emea-2026-1/412`, `digest/2026-11-29`.
  package let id: String

  /// What it is: `gate-opened`, `digest`, `test`.
  package let kind: String

  /// The run that it is about; nil for all.
  package let run: String?

  /// The run's plan.
  package let plan: String?

  /// The kind of the run's world.
  package let world: String?

  /// The event that it is about.
  package let sequence: Int?

  /// The first 16 hexadecimal digits of the journal's hash at that event.
  package let head: String?

  /// When what it tells became so.
  package let at: Instant

  /// What of the run it is about: a step, a site.
  package let subject: String?

  /// Where the run stands: the words of `waltz status`.
  package let status: String?

  /// A line that says it all.
  package let title: String

  /// What is so, why it matters and what to do, a paragraph each.
  package let lines: [String]

  /// What to type.
  package let commands: [String]

  /// Whether clients may be at risk.
  package let isUrgent: Bool

  /// Which reminder it is; 0 for the first time.
  package let reminder: Int

  /// More than this is said by `waltz status`: a webhook's body has at most 20 KB.
  private static let mostLines = 60
  private static let longestLine = 600

  init(
    id: String, kind: String, run: String? = nil, plan: String? = nil, world: String? = nil,
    sequence: Int? = nil, head: String? = nil, at: Instant, subject: String? = nil,
    status: String? = nil, title: String, lines: [String], commands: [String] = [],
    isUrgent: Bool = false, reminder: Int = 0
  ) {
    self.id = id
    self.kind = kind
    self.run = run
    self.plan = plan
    self.world = world
    self.sequence = sequence
    self.head = head.map { String($0.prefix(16)) }
    self.at = at
    self.subject = subject
    self.status = status
    self.title = Self.shown(title)
    var room = 9_000
    var kept: [String] = []
    for line in lines {
      let shown = Self.shown(line)
      room -= shown.utf8.count
      guard room > 0, kept.count < Self.mostLines else {
        kept.append("More than fits here: `waltz status` says it all.")
        break
      }
      kept.append(shown)
    }
    self.lines = kept
    self.commands = commands.prefix(12).map(Self.shown)
    self.isUrgent = isUrgent
    self.reminder = reminder
  }

  private static func shown(_ line: String) -> String {
    let shown = visibleLine(line, unicode: false)
    return shown.count <= longestLine ? shown : shown.prefix(longestLine) + "…"
  }

  /// What a destination gets that is tried.
  package static func test(to destination: String, at now: Instant) -> NewsLetter {
    NewsLetter(
      id: "test/\(destination)/\(now.milliseconds)", kind: "test", at: now,
      title: "Waltz can tell you news",
      lines: [
        "This is a test of the destination \(destination), sent by `waltz notify test`. Nothing happened, and "
          + "nothing is to be done."
      ])
  }

  /// The head as people note it down: `412 1a2b3c4d5e6f7890`.
  var headWords: String? {
    sequence.flatMap { sequence in head.map { "\(sequence) \($0)" } }
  }

  /// The letter as lines of plain text, without its title.
  var text: [String] {
    var text: [String] = []
    for line in lines { text += [line, ""] }
    if !commands.isEmpty { text += commands.map { "    " + $0 } + [""] }
    if let headWords {
      text.append("Head of the journal: \(headWords)")
    }
    while text.last?.isEmpty == true { text.removeLast() }
    return text
  }
}
