public import PlanModel
public import PlanText

/// What is wrong with the meaning of a plan, as far as the plan alone can tell.
///
/// Linear in the size of the plan. Each mistake is reported once: a name that does not resolve is not
/// looked at any further.
public func checkPlan(_ plan: RotationPlan) -> [Diagnostic] {
  checkPlan(plan, doubting: [])
}

/// The same for a plan whose `doubts` were not decoded whole.
func checkPlan(_ plan: RotationPlan, doubting doubts: PlanSections) -> [Diagnostic] {
  []
}
