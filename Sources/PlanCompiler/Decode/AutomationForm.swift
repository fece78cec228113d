import DocumentForm
import PlanModel
import PlanText

extension Form where Value == [AutomationRule] {
  /// The section `automation`, of the plan or of a site.
  static let automation: Form = .map(
    .choice("an action", of: Action.self), to: .channel, "a mapping of actions to channels",
    example: "{ update-certificate: operator }", allowsEmpty: true, describe: \.purpose
  ) { AutomationRule(action: $0, channel: $1) }.named("automation")
}

extension Form where Value == Located<AutomationRule.Channel> {
  fileprivate static let channel: Form = Form.word(
    "a channel: 'api', 'operator' or a command", example: "operator",
    [("api", .api), ("operator", .operator)],
    or: .object(having: "probe", .viewpoints, else: .command)
  ).named("channel")

  private static let command: Form = .object(
    "a command", example: "{ command: [ssh, '{server.address}', hostname] }",
    .required(
      "command", .arguments,
      "The program and its arguments, with placeholders such as {server.address}; never a shell "
        + "line. Exit status 0 means done, 75 try again later, anything else failed."
    ),
    .optional(
      "check", .arguments,
      "The program that observes whether the action happened. Exit status 0 means that it did, 1 "
        + "that it did not, anything else that it cannot tell."
    ),
    .defaulted(
      "timeout", .scalar(.duration), "After how long the program is killed.",
      default: Located(.minutes(15)), documentedDefault: "15m")
  ) { place, arguments, check, timeout in
    Located(
      .command(CommandTemplate(arguments: arguments, check: check, timeout: timeout)),
      at: place.span)
  }

  private static let viewpoints: Form = .object(
    "places to look from",
    example: "{ probe: { berlin: [ssh, sepm-ber-01.example.net, look, '{server.address}'] } }",
    .required(
      "probe", .viewpointsByName,
      "The places from which a server is looked at too, by name: a partner site, a jump host. Waltz always looks "
        + "itself."
    ),
    .defaulted(
      "timeout", .scalar(.duration), "After how long each program is killed.",
      default: Located(.minutes(2)), documentedDefault: "2m")
  ) { place, viewpoints, timeout in
    Located(
      .probe(
        viewpoints.map { Viewpoint(name: $0.name, arguments: $0.arguments, timeout: timeout) }),
      at: place.span)
  }
}

extension Form where Value == [Viewpoint] {
  fileprivate static let viewpointsByName: Form = .map(
    .name, to: .arguments, "a mapping of places to programs",
    example: "{ berlin: [ssh, sepm-ber-01.example.net, look, '{server.address}'] }"
  ) { Viewpoint(name: $0, arguments: $1) }
}
