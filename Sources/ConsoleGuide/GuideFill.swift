import PlanModel
import PlanText
import RotationGraph

/// What fills the lines of one step: values, what is so, and what there are several of.
struct GuideFill {
  typealias Values = [GuideField: String]

  private(set) var values: Values = [:]
  private(set) var conditions: Set<GuideCondition> = [.always]
  private(set) var repeated: [GuideRepetition: [Values]] = [:]

  let guide: ConsoleInstructions

  /// What fills the lines of `step`.
  init(_ step: Step, by guide: ConsoleInstructions) {
    self.guide = guide
    let plan = guide.graph.plan
    set(.plan, plan.name.value)
    switch step.target {
    case .site(let site): add(plan.sites[site])
    case .server(let site, let server):
      add(plan.sites[site])
      add(plan.sites[site].servers[server], of: plan.sites[site])
    case .partnership(let link): add(plan.partnerships[link], at: link)
    }
    if let kind = step.action.waitKind { add(plan.waits[kind]) }
  }

  /// The lines that are there, filled.
  func lines(_ lines: [GuideLine]) -> [String] {
    lines.flatMap { line -> [String] in
      guard conditions.contains(line.condition) else { return [] }
      guard line.repetition != .once else { return filled(line.text, [:]).map { [$0] } ?? [] }
      return (repeated[line.repetition] ?? []).compactMap { filled(line.text, $0) }
    }
  }

  /// A text with its placeholders filled; nil where there is nothing to fill one with.
  func filled(_ text: String, _ more: Values) -> String? {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let name = rest[rest.index(after: open)..<close]
      guard let field = GuideField(rawValue: String(name)), let value = more[field] ?? values[field]
      else { return nil }
      result += value
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// A name of the plan, made safe.
  func quoted(_ name: String) -> String { guide.quoting(name) }

  /// Names of the plan, made safe, as a list.
  func quoted(_ names: [String]) -> String { guide.words.list(names.map(guide.quoting)) }

  mutating func set(_ field: GuideField, _ name: String?) {
    if let name { values[field] = quoted(name) }
  }

  /// A value that is none of the plan's names.
  mutating func set(_ field: GuideField, words: String?) {
    if let words { values[field] = words }
  }

  mutating func hold(_ condition: GuideCondition) { conditions.insert(condition) }

  mutating func repeats(_ repetition: GuideRepetition, _ values: [Values]) {
    repeated[repetition] = values
  }
}
