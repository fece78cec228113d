import DocumentForm
import PlanModel
import PlanText

/// What one entry of `waits` says; nil where it leaves a field to the default.
struct WaitSettings: Sendable {
  var adopted: Located<Share>?
  var minimum: Located<Duration>?
  var deadline: Located<Duration>?
  var onDeadline: Located<WaitPolicy.OnDeadline>?
  var floor: Located<Share>?
  var every: Located<Duration>?
  var holdFor: Located<Duration>?
  var activeWithin: Located<Duration>?
  var cohorts: [WaitPolicy.Cohort]?
  var exclusions: [WaitPolicy.Exclusion]?
  var overrideReason: Located<String>?

  /// The policy that holds where `base` does for what is left out.
  func policy(over base: WaitPolicy) -> WaitPolicy {
    WaitPolicy(
      adopted: adopted ?? base.adopted, minimum: minimum ?? base.minimum,
      deadline: deadline ?? base.deadline, onDeadline: onDeadline ?? base.onDeadline,
      floor: floor ?? base.floor, every: every ?? base.every, holdFor: holdFor ?? base.holdFor,
      activeWithin: activeWithin ?? base.activeWithin, cohorts: cohorts ?? base.cohorts,
      exclusions: exclusions ?? base.exclusions,
      overrideReason: overrideReason ?? base.overrideReason)
  }
}

extension Form where Value == Waits {
  /// The section `waits`.
  static let waits: Form = .object(
    "the waits", example: "{ default: { adopted: 98% } }",
    .optional("default", .wait, "What applies to every wait that does not say otherwise."),
    .optional(
      "verification-disabled", .wait,
      "The wait for clients to stop verifying the server, before any certificate is changed."),
    .optional(
      "certificate-received", .wait,
      "The wait for clients to have the new certificate, before verification is turned on again."),
    .optional(
      "verification-enabled", .wait, "The wait for clients to verify the server again."),
    .optional(
      "https-restored", .wait, "The wait for clients to be back on HTTPS.")
  ) { _, standard, disabled, received, enabled, restored in
    let base = standard?.policy(over: .standard) ?? .standard
    func resolve(_ settings: WaitSettings?) -> WaitPolicy { settings?.policy(over: base) ?? base }
    return Waits(
      verificationDisabled: resolve(disabled), certificateReceived: resolve(received),
      verificationEnabled: resolve(enabled), httpsRestored: resolve(restored))
  }
}

extension Form where Value == WaitSettings {
  fileprivate static let wait: Form = Form.object(
    "a wait", example: "{ adopted: 98%, minimum: 24h }",
    .optional(
      "adopted", .scalar(.share), "The share of the counted clients that must have adopted.",
      documentedDefault: WaitPolicy.standard.adopted.description),
    .optional(
      "minimum", .scalar(.duration), "The wait never ends earlier, whatever the share.",
      documentedDefault: WaitPolicy.standard.minimum.value.planNotation),
    .optional(
      "deadline", .scalar(.duration), "After how long 'onDeadline' applies, from the wait's start.",
      documentedDefault: WaitPolicy.standard.deadline.value.planNotation),
    .optional(
      "onDeadline",
      .choice("what happens at the deadline", of: WaitPolicy.OnDeadline.self),
      "What happens at the deadline: 'hold' goes on waiting and asks the operator, 'fail' fails "
        + "the step, 'proceed' goes on if 'floor' is reached.",
      documentedDefault: WaitPolicy.standard.onDeadline.value.rawValue),
    .optional(
      "floor", .scalar(.share), "The share with which 'onDeadline: proceed' goes on."),
    .optional(
      "every", .scalar(.duration), "The time between two polls.",
      documentedDefault: WaitPolicy.standard.every.value.planNotation),
    .optional(
      "holdFor", .scalar(.duration), "How long everything must hold before the wait passes.",
      documentedDefault: WaitPolicy.standard.holdFor.value.planNotation),
    .optional(
      "activeWithin", .scalar(.duration),
      "Which clients are counted: those seen within this time before the wait.",
      documentedDefault: WaitPolicy.standard.activeWithin.value.planNotation),
    .optional(
      "cohorts", .list(of: .cohort, "a list of cohorts", count: 0...Int.max),
      "Clients that are counted separately. This replaces the list of 'default'."),
    .optional(
      "exclude", .list(of: .exclusion, "a list of exclusions", count: 0...Int.max),
      "Clients that are waived, with the reason. This replaces the list of 'default'."),
    .optional(
      "override", .waitOverride,
      "Accepts a wait that is shorter than a day, or passes with few clients, before something "
        + "that cannot be undone for the others."
    )
  ) {
    _, adopted, minimum, deadline, onDeadline, floor, every, holdFor, activeWithin, cohorts,
    exclusions, reason in
    WaitSettings(
      adopted: adopted, minimum: minimum, deadline: deadline, onDeadline: onDeadline, floor: floor,
      every: every, holdFor: holdFor, activeWithin: activeWithin, cohorts: cohorts,
      exclusions: exclusions, overrideReason: reason)
  }.named("wait")
}

extension Form where Value == Located<String> {
  fileprivate static let waitOverride: Form = .object(
    "an override", example: "{ reason: a lab without clients }",
    .required(
      "reason", .scalar(.text),
      "Why the short wait or the low share is right here, for the auditor.")
  ) { _, reason in reason }
}

extension Part where Value == Located<String>? {
  fileprivate static let group: Part = .optional(
    "group",
    .scalar(.text.called("the full path of a group", examples: ["My Company\\Lab"])),
    "A group's full path; its subgroups belong to it.")
}

extension Part where Value == Located<OSFunction>? {
  fileprivate static let osFunction: Part = .optional(
    "osFunction", .choice("a function of a machine", of: OSFunction.self),
    "What the clients' machines are for, as SEPM reports it.")
}

extension Form where Value == WaitPolicy.Cohort {
  fileprivate static let cohort: Form = Form.object(
    "a cohort",
    example: "{ name: domain-controllers, osFunction: DomainController, adopted: 100% }",
    .required("name", .scalar(.name), "The name that reports print."),
    .group, .osFunction,
    .required("adopted", .scalar(.share), "The share of the cohort that must have adopted.")
  ) { _, name, group, osFunction, adopted in
    WaitPolicy.Cohort(
      name: name, selector: ClientSelector(group: group, osFunction: osFunction), adopted: adopted)
  }.named("cohort")
}

extension Form where Value == WaitPolicy.Exclusion {
  fileprivate static let exclusion: Form = Form.object(
    "an exclusion", example: "{ group: 'My Company\\Lab', reason: isolated network }",
    .group, .osFunction,
    .required("reason", .scalar(.text), "Why these clients are waived, for the auditor.")
  ) { _, group, osFunction, reason in
    WaitPolicy.Exclusion(
      selector: ClientSelector(group: group, osFunction: osFunction), reason: reason)
  }.named("exclusion")
}
