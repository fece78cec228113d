import DocumentForm
import PlanModel
import PlanText

/// The plan language, version 1 (`README.md`, "The plan language by example"): the one declaration that
/// decodes and prints the schema.
let rotationPlan = DocumentKind(
  apiVersion: "waltz/v1", kind: "RotationPlan", form: Form<RotationPlan>.plan, sibling: overlay)

private let overlay = SiblingKind(
  "RotationPlanOverlay", for: "a file that is merged onto plans with '--overlay'")

extension Form where Value == RotationPlan {
  /// The whole document.
  static let plan: Form = .object(
    "a rotation plan",
    .apiVersion("waltz/v1"),
    .kind("RotationPlan", or: overlay),
    .required(
      "metadata", .metadata, "The plan's name, and what people want to know about it.",
      standIn: PlanMetadata(name: Located(""), description: nil, labels: [])),
    .defaulted(
      "certificates", .certificates,
      "The new certificates by name; servers refer to the names.", default: []),
    .required(
      "sites", .sites,
      "The sites by name. A site is one SEPM database and the management servers that share it.",
      standIn: []),
    .defaulted(
      "replication", .partnerships,
      "The pairs of sites that replicate. Replication is broken before anything changes and restored after the last change of both.",
      default: []),
    .defaulted(
      "strategy", .strategy, "How and in which order the sites are rotated.", default: Strategy()),
    .defaulted(
      "waits", .waits,
      "When the waits for clients pass. What a wait leaves out comes from 'default'.",
      default: Waits()),
    .optional(
      "calendar", .calendar,
      "When many people are away together, and in which time zone. Forecasts need it; it changes no step."
    ),
    .defaulted(
      "automation", .automation,
      "How actions are carried out, for all sites. An action without an entry uses the REST API if "
        + "SEPM has an endpoint for it, and otherwise an operator does it.",
      default: [])
  ) {
    _, _, _, metadata, certificates, sites, partnerships, strategy, waits, calendar, automation in
    RotationPlan(
      name: metadata.name, description: metadata.description, labels: metadata.labels,
      certificates: certificates, sites: sites, partnerships: partnerships, strategy: strategy,
      waits: waits, calendar: calendar, automation: automation)
  }
}

/// The section `metadata`.
struct PlanMetadata: Sendable {
  var name: Located<String>
  var description: String?
  var labels: [RotationPlan.Label]
}

extension Form where Value == PlanMetadata {
  fileprivate static let metadata: Form = .object(
    "the plan's metadata", example: "{ name: emea-2026 }",
    .required(
      "name", .scalar(.documentName),
      "The plan's name: lower case letters, digits and dashes. It names the runs."),
    .optional("description", .scalar(.text), "What the plan is for; reports print it."),
    .defaulted(
      "labels",
      .labels,
      "Labels of your choice for people and other tools, such as the number of the change.",
      default: [])
  ) { _, name, description, labels in
    PlanMetadata(name: name, description: description?.value, labels: labels)
  }
}

extension Form where Value == [RotationPlan.Label] {
  fileprivate static let labels: Form = .map(
    .labelKey, to: .scalar(.text), "a mapping of labels", example: "{ change: CHG0042 }",
    allowsEmpty: true
  ) {
    RotationPlan.Label(key: $0, value: $1)
  }
}
