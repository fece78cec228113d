public import PlanModel

/// What a step acts on, as positions in the graph's plan.
public enum Target: Hashable, Sendable {
  /// A site.
  case site(Int)

  /// A server of a site.
  case server(site: Int, server: Int)

  /// A partnership.
  case partnership(Int)
}

/// How an action is carried out (`docs/PROCEDURE.md`, "Channels").
public enum Channel: String, Sendable, CaseIterable {
  /// SEPM's REST API.
  case api

  /// A program.
  case command

  /// A person; the step is a gate.
  case `operator`

  /// An observation that changes nothing.
  case probe
}

/// One node of the graph.
public struct Step: Hashable, Sendable {
  /// What is done.
  public var action: Action

  /// On what.
  public var target: Target

  /// How.
  public var channel: Channel

  /// The action on the same target that takes it back; nil for steps that change nothing and for
  /// points of no return.
  public var reversal: Action?

  /// Whether nothing takes it back.
  public var isPointOfNoReturn: Bool

  /// A step with the reversal that its action has.
  public init(_ action: Action, on target: Target, by channel: Channel) {
    self.action = action
    self.target = target
    self.channel = channel
    reversal = action.reversal
    isPointOfNoReturn = action.isPointOfNoReturn
  }
}
