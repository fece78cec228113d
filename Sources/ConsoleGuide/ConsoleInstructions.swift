import PlanModel
import PlanText
package import RotationGraph

/// What a person does in SEPM's console and wizards for a step, in the words of their menus
/// (`docs/SEPM.md`, "The procedure").
///
/// A step goes in with the plan that its names stand in, and with what a run recorded where there is one;
/// instructions come out. The texts are data, a file for each language and subject in `Texts`.
package struct ConsoleInstructions: Sendable {
  let graph: StepGraph
  let texts: GuideTexts
  let record: GuideRecord

  /// Where relative paths of the plan start, as the operator would write it; nil where nobody knows.
  let folder: String?

  /// Makes a name of the plan safe and visible for where it is printed.
  let quoting: @Sendable (String) -> String

  /// How long each rescheduled partnership is broken at worst, by its position.
  let breaks: [Int: Duration]

  /// The guide through the steps of `graph`.
  ///
  /// - Parameters:
  ///   - graph: The steps and their plan.
  ///   - language: In which it speaks.
  ///   - folder: Where relative paths of the plan start, as the operator would write it.
  ///   - record: What a run recorded.
  ///   - quoting: Makes a name of the plan safe and visible for where it is printed.
  package init(
    _ graph: StepGraph, in language: GuideLanguage = .english, folder: String? = nil,
    record: GuideRecord = GuideRecord(), quoting: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.graph = graph
    self.record = record
    self.folder = folder
    self.quoting = quoting
    texts = language.texts
    breaks =
      graph.plan.partnerships.contains { $0.breaking.value == .reschedule }
      ? Dictionary(
        RotationFigures(graph).replicationBroken.map { ($0.position, $0.length.worst) },
        uniquingKeysWith: { first, _ in first })
      : [:]
  }

  /// The words of the language between the texts.
  package var words: GuideWords { texts.words }

  /// What to do for `step`, a line for each thing; never empty.
  package func lines(for step: Step) -> [String] { guide(for: step).lines(texts.words) }

  /// What to do for `step`, and how to tell that it worked.
  package func guide(for step: Step) -> StepGuide {
    guard let text = texts.actions[step.action] else {
      // A test holds every language to every action.
      return StepGuide(
        title: step.action.rawValue, actions: [step.action.purpose], look: [], proof: [],
        trouble: [])
    }
    let fill = GuideFill(step, by: self)
    return StepGuide(
      title: fill.filled(text.title, [:]) ?? step.action.rawValue,
      actions: fill.lines(text.actions),
      look: fill.lines(text.look), proof: fill.lines(text.proof),
      trouble: fill.lines(text.trouble))
  }
}
