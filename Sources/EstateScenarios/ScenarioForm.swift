import DocumentForm
import Estate
import PlanModel
import PlanText
import RotationEngine

/// A scenario with the places of the names in it.
struct ScenarioDraft: Sendable {
  var scenario: Scenario
  var targets: [Located<String>]
}

/// The kind `EstateScenario`.
let estateScenario = DocumentKind(
  apiVersion: "waltz/v1", kind: "EstateScenario", form: Form<ScenarioDraft>.scenario)

/// Whether somebody sits at the console.
private enum OperatorPresence: String, CaseIterable, Sendable {
  case present
  case absent
}

extension Form where Value == ScenarioDraft {
  fileprivate static let scenario: Form = .object(
    "a scenario",
    .apiVersion("waltz/v1"), .kind("EstateScenario"),
    .required(
      "metadata",
      Form<Located<String>>.object(
        "metadata", example: "{ name: holiday }",
        .required("name", .scalar(.documentName), "The name that reports print."),
        .optional("description", .scalar(.text), "For people.")
      ) { _, name, _ in name }, "What the scenario is called."),
    .optional(
      "start", .start,
      "When the run starts, in UTC. The default is a Monday morning.",
      documentedDefault: Scenario().start.description),
    .optional(
      "clients", .integer("a number of clients", in: 1...1_000_000, example: 200),
      "How many clients a site has for which the plan gives no number.",
      documentedDefault: "\(Scenario().clientsPerSite)"),
    .optional(
      "heartbeat", .scalar(.duration), "How often a connected client asks its server for changes.",
      documentedDefault: Scenario().heartbeat.planNotation),
    .optional(
      "retired", .scalar(.share), "The share of records whose machine is gone for good.",
      documentedDefault: Scenario().retired.description),
    .optional(
      "absences", .list(of: .absence, "a list of absences", count: 0...100),
      "Shares of the desktops and laptops that are away together."),
    .optional(
      "observed", .scalar(.duration),
      "For how long the contacts of clients were watched when the run starts, as by waltz observe: what forecasts rest on.",
      documentedDefault: Scenario().observed.planNotation),
    .optional("operator", .operatorHabits, "The person at the console."),
    .optional("faults", .faults, "What goes wrong."),
    .optional(
      "crash",
      Form<Located<Int>>.object(
        "a crash", example: "{ atEvent: 40 }",
        .required(
          "atEvent", .integer("the number of an event", in: 1...1_000_000_000, example: 40),
          "The event of the journal at which the executor is killed.")
      ) { _, event in event }, "Kills the executor.")
  ) {
    _, _, _, name, start, clients, heartbeat, retired, absences, observed,
    habits, faults, crash in
    var scenario = Scenario(name: name.value)
    if let start { scenario.start = start.value }
    if let clients { scenario.clientsPerSite = clients.value }
    if let heartbeat { scenario.heartbeat = heartbeat.value }
    if let retired { scenario.retired = retired.value }
    scenario.absences = absences ?? []
    if let observed { scenario.observed = observed.value }
    if let habits { scenario.operator = habits }
    if let faults { scenario.faults = faults.faults }
    scenario.crashAtEvent = crash?.value
    return ScenarioDraft(scenario: scenario, targets: faults?.targets ?? [])
  }
}

extension Form where Value == Located<Instant> {
  /// A time at which a run can start, so that its clients' past and its last wait still have a date.
  fileprivate static let start: Form = .scalar(.instant).checked { start in
    guard let first = Instant("1970-01-01T00:00:00Z"), let end = Instant("3000-01-01T00:00:00Z"),
      !(first..<end).contains(start.value)
    else { return nil }
    return Diagnostic(
      .startOutOfRange, at: start.span, "The run would start at \(start.value).",
      help:
        "Write a start between the years 1970 and 2999, or leave it out to start on a Monday morning."
    )
  }
}

extension Scalar where Value == Instant {
  /// `2026-01-05T08:00:00Z`.
  fileprivate static let instant = Scalar(
    "an instant in UTC", examples: ["2026-01-05T08:00:00Z"], page: .notAnInstant,
    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z$"
  ) { Instant($0) }
}

extension Form where Value == Scenario.Absence {
  fileprivate static let absence: Form = .object(
    "an absence", example: "{ share: 25%, since: 12d, back: 7d }",
    .required("share", .scalar(.share), "Of desktops and laptops."),
    .required("since", .scalar(.duration), "How long before the start they left."),
    .required("back", .scalar(.duration), "How long after the start they come back.")
  ) { _, share, since, back in
    Scenario.Absence(share: share.value, since: since.value, back: back.value)
  }
}

/// The habits of a person with the places of what must fit together.
private struct HabitsDraft: Sendable {
  var habits = Scenario.OperatorHabits()
  var quickest: Located<Duration>?
  var slowest: Located<Duration>?

  /// What does not fit together.
  var mistake: Diagnostic? {
    guard habits.quickest > habits.slowest, let place = slowest ?? quickest else { return nil }
    // One of the two may be what holds where the scenario says nothing.
    let times = (habits.quickest.planNotation, habits.slowest.planNotation)
    let unsaid = slowest == nil ? " unless 'slowest' says more" : ""
    return Diagnostic(
      .answersReversed, at: place.span,
      "The quickest answer takes \(times.0), and the slowest takes \(times.1)\(unsaid).",
      help: "Write the shorter time as 'quickest' and the longer one as 'slowest'.",
      related: slowest == nil
        ? [] : quickest.map { [.init("The quickest answer.", at: $0.span)] } ?? [])
  }
}

extension Form where Value == Scenario.OperatorHabits {
  fileprivate static let operatorHabits: Form = Form<HabitsDraft>.operatorHabits
    .checked(\.mistake).map(\.habits)
}

extension Form where Value == HabitsDraft {
  fileprivate static let operatorHabits: Form = .object(
    "the person at the console", example: "{ quickest: 20m, slowest: 90m }",
    .optional(
      "quickest", .scalar(.duration), "The quickest answer, in working time.",
      documentedDefault: Scenario.OperatorHabits().quickest.planNotation),
    .optional(
      "slowest", .scalar(.duration), "The slowest answer.",
      documentedDefault: Scenario.OperatorHabits().slowest.planNotation),
    .optional(
      "opens", .scalar(.duration), "The start of the working day, since midnight UTC.",
      documentedDefault: Scenario.OperatorHabits().opens.planNotation),
    .optional(
      "closes", .scalar(.duration), "The end of the working day, since midnight UTC.",
      documentedDefault: Scenario.OperatorHabits().closes.planNotation),
    .optional(
      "presence", .choice("whether somebody is there", of: OperatorPresence.self),
      "'absent': gates wait for `waltz approve`.",
      documentedDefault: OperatorPresence.present.rawValue)
  ) { _, quickest, slowest, opens, closes, presence in
    var draft = HabitsDraft(quickest: quickest, slowest: slowest)
    if let quickest { draft.habits.quickest = quickest.value }
    if let slowest { draft.habits.slowest = slowest.value }
    if let opens { draft.habits.opens = opens.value }
    if let closes { draft.habits.closes = closes.value }
    draft.habits.isAbsent = presence?.value == .absent
    return draft
  }
}
