package import ConsoleGuide
import PlanModel
import PlanText
package import RotationGraph

/// `waltz plan explain`: why a step is there, what it waits for and what waits for it.
package enum StepExplanation {
  /// The text of the step that `id` names, with lines of at most `width` columns as far as names allow.
  ///
  /// - Parameters:
  ///   - id: The step.
  ///   - sealed: The rotation.
  ///   - width: In columns.
  ///   - language: Of what a person is told to do.
  ///   - folder: Where relative paths of the plan start; nil where nobody knows.
  /// - Returns: The text, ended by a line feed.
  /// - Throws: ``UnknownStep`` where the graph has no such step.
  package static func text(
    of id: String, in sealed: SealedGraph, width: Int = 80, language: GuideLanguage = .english,
    folder: String? = nil
  ) throws(UnknownStep) -> String {
    let graph = sealed.graph
    guard let position = graph.steps.indices.first(where: { graph.id(of: $0) == id }) else {
      throw UnknownStep(id, in: graph)
    }
    return text(
      of: position, in: graph, width: width,
      ConsoleInstructions(graph, in: language, folder: folder))
  }

  /// The lines about the step at a position, but for its id.
  static func lines(of position: Int, in graph: StepGraph, width: Int) -> [String] {
    text(
      of: position, in: graph, width: width, ConsoleInstructions(graph, in: .english, folder: nil)
    ).split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).map(String.init)
  }

  private static func text(
    of position: Int, in graph: StepGraph, width: Int, _ guide: ConsoleInstructions
  ) -> String {
    let step = graph.steps[position]
    var lines = [visible(graph.id(of: position), unicode: false), ""]
    lines += wrapped(step.action.purpose, width: width, indent: 2)

    lines += ["", "Waits for"]
    lines += neighbours(graph.dependencies[position], of: graph, width: width) { dependency in
      graph.steps[dependency].action.reasonToWait(in: step.action)
    }
    if graph.dependencies[position].isEmpty { lines.append("  nothing: it can start at once") }

    lines += ["", "What waits for it"]
    lines += neighbours(graph.dependents[position], of: graph, width: width) { _ in nil }
    if graph.dependents[position].isEmpty { lines.append("  nothing") }

    lines += ["", "How it is done"]
    lines += wrapped(channel(of: position, in: graph), width: width, indent: 2)
    if [.operator, .api].contains(step.channel) {
      lines += ["", "What a person does"]
      for (number, line) in guide.lines(for: step).enumerated() {
        lines += wrapped("\(number + 1). \(line)", width: width, indent: 2, hanging: 3)
      }
    }
    if let kind = step.action.waitKind {
      lines += ["", "When it passes"]
      for line in policy(graph.plan.waits[kind]) {
        lines += wrapped(line, width: width, indent: 2)
      }
    }
    lines += ["", "How it is undone"]
    lines += wrapped(reversal(of: position, in: graph), width: width, indent: 2)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The steps with the reason behind each; many of one action stand together with one reason.
  private static func neighbours(
    _ steps: ArraySlice<Int32>, of graph: StepGraph, width: Int, reason: (Int) -> String?
  ) -> [String] {
    var order: [Action] = []
    var groups: [Action: [Int]] = [:]
    for step in steps {
      let action = graph.steps[Int(step)].action
      if groups[action] == nil { order.append(action) }
      groups[action, default: []].append(Int(step))
    }
    var lines: [String] = []
    for action in order {
      let group = groups[action] ?? []
      for step in group.prefix(6) {
        lines.append("  " + visible(graph.id(of: step), unicode: false))
      }
      if group.count > 6 { lines.append("  and \(group.count - 6) more of \(action.rawValue)") }
      if let first = group.first, let reason = reason(first) {
        lines += wrapped(reason, width: width, indent: 6)
      }
    }
    return lines
  }

  private static func channel(of position: Int, in graph: StepGraph) -> String {
    switch graph.steps[position].channel {
    case .api: return "Over SEPM's REST API."
    case .probe:
      guard graph.steps[position].action.effect != .wait else {
        return "By counting the clients that have the change; nothing is changed."
      }
      let places = graph.viewpoints(of: position).map { "`\($0.name.value)`" }
      let others = places.isEmpty ? "" : ", and by programs from \(places.joined(separator: ", "))"
      return "By looking from outside\(others); nothing is changed."
    case .operator:
      return
        "By a person at the console: a gate opens, and `waltz approve` closes it once a probe "
        + "confirms what was done."
    case .command:
      guard let command = graph.command(of: position) else { return "By a program." }
      let line = command.arguments.map(\.value).joined(separator: " ")
      let check =
        command.check == nil
        ? "Nothing observes whether it happened." : "A program observes whether it happened."
      return "By the program `\(line)`, for at most \(command.timeout.value.planNotation). \(check)"
    }
  }

  private static func policy(_ policy: WaitPolicy) -> [String] {
    var lines = [
      "When \(policy.adopted.value) of the clients seen within "
        + "\(policy.activeWithin.value.planNotation) have the change and that has held for "
        + "\(policy.holdFor.value.planNotation), but not before "
        + "\(policy.minimum.value.planNotation). They are counted every "
        + "\(policy.every.value.planNotation)."
    ]
    for cohort in policy.cohorts {
      lines.append("Of \(cohort.name.value), \(cohort.adopted.value) must have it.")
    }
    if !policy.exclusions.isEmpty {
      let reasons = policy.exclusions.map(\.reason.value).joined(separator: "; ")
      lines.append("Not counted by rule: \(reasons).")
    }
    if let reason = policy.overrideReason {
      lines.append("The minimum is overridden: \(reason.value).")
    }
    let deadline = "After \(policy.deadline.value.planNotation)"
    switch policy.onDeadline.value {
    case .hold: lines.append("\(deadline) it goes on waiting and asks the operator.")
    case .fail: lines.append("\(deadline) it fails.")
    case .proceed:
      let floor = policy.floor.map { " if at least \($0.value.description) have the change" } ?? ""
      lines.append("\(deadline) the rotation goes on\(floor).")
    }
    return lines
  }

  private static func reversal(of position: Int, in graph: StepGraph) -> String {
    let step = graph.steps[position]
    if step.isPointOfNoReturn { return "Not at all: it is a point of no return." }
    if step.reversal == step.action {
      return "By doing it again, once the step before it has been undone."
    }
    if let reversal = step.reversal {
      return "By \(reversal.rawValue)/\(graph.name(of: step.target))."
    }
    return "There is nothing to undo."
  }

  /// Breaks at spaces; a word that is longer than a line stands alone. Lines behind the first are moved in
  /// by `hanging` columns more.
  static func wrapped(_ text: String, width: Int, indent: Int, hanging: Int = 0) -> [String] {
    var margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in visible(text, unicode: false).split(separator: " ") {
      if !line.isEmpty, margin.count + line.count + 1 + word.count > width {
        lines.append(withoutCommand(margin + line))
        line = ""
        if lines.count == 1 { margin += String(repeating: " ", count: hanging) }
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { lines.append(withoutCommand(margin + line)) }
    return lines
  }
}

/// A step id that a graph does not have.
package struct UnknownStep: Error, Sendable, Equatable, CustomStringConvertible {
  /// The id as it was given.
  package let id: String

  /// The id that was probably meant; nil where none is near.
  package let suggestion: String?

  /// What is wrong and what to do next.
  package let message: String

  package var description: String { message }

  /// Looks for the nearest id: the action and the target are compared each by itself, since ids of one
  /// graph differ in one of them.
  init(_ id: String, in graph: StepGraph) {
    self.id = id
    let parts = id.split(separator: "/", maxSplits: 1).map { String($0) }
    let action =
      parts.first.flatMap { text in
        Action(rawValue: text)
          ?? nearest(to: text, among: Action.allCases.map(\.rawValue))
          .flatMap { Action(rawValue: $0) }
      }
    var suggestion: String?
    var ways = "`waltz plan show` lists its steps."
    if let action {
      let targets = graph.steps.filter { $0.action == action }.map { graph.name(of: $0.target) }
      // The names of a partnership are sorted in its id, which nobody has to know.
      let target = (parts.count > 1 ? parts[1] : "").split(separator: "+").sorted()
        .joined(separator: "+")
      let meant =
        targets.contains(target)
        ? target : nearest(to: target, among: targets) ?? (targets.count == 1 ? targets[0] : nil)
      suggestion = meant.map { "\(action.rawValue)/\($0)" }
      if !targets.isEmpty {
        let shown = targets.prefix(3).map { "`\(action.rawValue)/\($0)`" }
        let more = targets.count > 3 ? ", or one of \(targets.count - 3) more" : ""
        ways =
          "Did you mean \(shown.joined(separator: shown.count == 2 ? " or " : ", "))\(more)? "
          + ways
      }
    }
    self.suggestion = suggestion
    message =
      "The plan \"\(graph.plan.name.value)\" has no step `\(id)`. "
      + (suggestion.map { "Did you mean `\($0)`?" } ?? ways)
  }
}
