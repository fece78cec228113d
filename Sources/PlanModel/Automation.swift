public import PlanText

/// By which channel one action is carried out.
public struct AutomationRule: Sendable, Equatable {
  /// How the action is carried out.
  public enum Channel: Sendable, Equatable {
    /// SEPM's REST API.
    case api

    /// A person at the console.
    case `operator`

    /// A program.
    case command(CommandTemplate)
  }

  /// The action.
  public var action: Located<Action>

  /// How it is carried out.
  public var channel: Located<Channel>

  /// A rule.
  public init(action: Located<Action>, channel: Located<Channel>) {
    self.action = action
    self.channel = channel
  }
}

/// A program to run, with placeholders such as `{server.address}` in its arguments
/// (`docs/PROCEDURE.md`, "Channels").
public struct CommandTemplate: Sendable, Equatable {
  /// The argument vector; never a shell line.
  public var arguments: [Located<String>]

  /// The program that observes whether it happened; nil where nothing can.
  public var check: [Located<String>]?

  /// After which it is killed.
  public var timeout: Located<Duration>

  /// A command.
  public init(
    arguments: [Located<String>],
    check: [Located<String>]? = nil,
    timeout: Located<Duration> = Located(.minutes(15))
  ) {
    self.arguments = arguments
    self.check = check
    self.timeout = timeout
  }
}
