import PlanCompiler
import PlanModel
import PlanText
import RotationGraph

/// A function of the lowering with a mistake in it: what is wrong, on which plan it shows, and what the
/// verifier has to say.
struct PlantedMistake: Sendable, CustomStringConvertible {
  /// The function that is broken: the same for all its mistakes.
  let part: any AnyKeyPath & Sendable
  let description: String
  let plan: RotationPlan

  /// The invariant that is broken, and a step, site or partnership that the message names.
  let code: String
  let named: String
  let rules: LoweringRules

  /// Puts `broken` in the place of a function, which it is handed.
  init<Function>(
    _ part: any WritableKeyPath<LoweringRules, Function> & Sendable, _ description: String,
    in plan: RotationPlan, breaks code: String, at named: String, _ broken: (Function) -> Function
  ) {
    self.part = part
    self.description = description
    self.plan = plan
    self.code = code
    self.named = named
    var rules = LoweringRules.standard
    rules[keyPath: part] = broken(rules[keyPath: part])
    self.rules = rules
  }
}
