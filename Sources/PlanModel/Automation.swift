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

    /// Waltz looks itself, and programs look from elsewhere.
    case probe([Viewpoint])
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

/// A place from which a server is looked at, beside the one where Waltz runs: a partner site, a jump host
/// (`docs/COMMANDS.md`, "Looking from elsewhere").
public struct Viewpoint: Sendable, Equatable {
  /// What evidence calls it.
  public var name: Located<String>

  /// The program that looks, and its arguments; never a shell line.
  public var arguments: [Located<String>]

  /// After which it is killed.
  public var timeout: Located<Duration>

  /// A viewpoint.
  public init(
    name: Located<String>, arguments: [Located<String>],
    timeout: Located<Duration> = Located(.minutes(2))
  ) {
    self.name = name
    self.arguments = arguments
    self.timeout = timeout
  }
}
