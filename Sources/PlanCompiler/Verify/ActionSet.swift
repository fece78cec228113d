import PlanModel

/// A set of actions as bits, in the order of their declaration.
struct ActionSet: OptionSet {
  let rawValue: UInt32

  init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  init(_ action: Action) {
    rawValue = 1 << UInt32(action.position)
  }
}
