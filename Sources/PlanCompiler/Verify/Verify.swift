public import PlanText
public import RotationGraph

public func verify(_ graph: StepGraph) -> [Diagnostic] { [] }
