import PlanModel
import PlanText

extension PlanChecker {
  /// The plan's channels and the sites'.
  mutating func checkAutomation() {
    guard plan.hasAutomation else { return }
    var everywhere: Set<Action> = []
    let partnered = partneredSites
    for (index, site) in plan.sites.enumerated() {
      let actions = actions(ofSite: index, isPartnered: partnered.contains(index))
      everywhere.formUnion(actions)
      check(
        site.automation, actions: actions, of: "site '\(site.name.value)'",
        isWhole: !doubts.touches(site))
    }
    check(
      plan.automation, actions: everywhere, of: "the plan", isWhole: !doubts.touchesAnySite)
  }

  private mutating func check(
    _ rules: [AutomationRule], actions: Set<Action>, of owner: String, isWhole: Bool
  ) {
    // A partnership that did not resolve may have the action.
    let isCertain =
      isWhole && hasRotation && doubts.isDisjoint(with: [.replication, .strategy])
      && pairs.count == plan.partnerships.count
    for rule in rules {
      let action = rule.action.value
      let name = action.rawValue
      switch rule.channel.value {
      case .api where !action.hasEndpoint:
        report(
          .noEndpoint, at: rule.channel.span,
          "SEPM's REST API has no endpoint for '\(name)'.",
          help: "Write 'operator' or a command.")
        continue
      case .operator where action.isObserved, .command where action.isObserved:
        report(
          .observedAction, at: rule.action.span,
          "'\(name)' is a \(action.waitKind == nil ? "probe" : "wait") that Waltz does itself.",
          help: "Remove this entry.")
        continue
      case .probe where action != .verifyCertificate:
        report(
          .nothingToLookAt, at: rule.action.span,
          "'\(name)' is not a look at ports, so no program can look from elsewhere.",
          help: "Write 'probe' under 'verify-certificate'.")
        continue
      case .probe(let viewpoints):
        for viewpoint in viewpoints { check(viewpoint, for: action) }
      case .command(let command):
        check(command, for: action)
        judge(command, of: rule)
      case .api, .operator: break
      }
      if isCertain, !actions.contains(action) {
        report(
          .unusedAutomation, at: rule.action.span, "No step of \(owner) does '\(name)'.",
          help: "Remove this entry, or check the method and the upgrades of the plan.")
      }
    }
  }

  private mutating func check(_ command: CommandTemplate, for action: Action) {
    for arguments in [command.arguments, command.check ?? []] { check(arguments, for: action) }
    check(timeout: command.timeout, example: "15m")
  }

  private mutating func check(_ viewpoint: Viewpoint, for action: Action) {
    check(viewpoint.arguments, for: action)
    checkSecrets(in: viewpoint.arguments)
    check(timeout: viewpoint.timeout, example: "2m")
  }

  private mutating func check(_ arguments: [Located<String>], for action: Action) {
    if arguments.count == 1, let only = arguments.first, only.value.contains(" ") {
      report(
        .shellLine, at: only.span,
        "The program would be '\(only.value.prefix(60))', spaces included.",
        help:
          "Write the program and each argument as a separate item: [ssh, '{server.address}', "
          + "hostname].")
    }
    for argument in arguments { check(argument, for: action) }
  }

  private mutating func check(timeout: Located<Duration>, example: String) {
    guard timeout.value == .zero else { return }
    report(
      .noTimeForCommand, at: timeout.span, "The command would be killed at once.",
      help: "Write a time, for example 'timeout: \(example)'.")
  }

  private mutating func check(_ argument: Located<String>, for action: Action) {
    guard argument.value.utf8.contains("{") else { return }
    for name in placeholders(in: argument.value) {
      guard let placeholder = CommandPlaceholder(rawValue: name) else {
        let known = CommandPlaceholder.allCases.map(\.rawValue)
        let meant = nearest(to: name, among: known)
        report(
          .unknownPlaceholder, at: argument.span, "There is no placeholder '{\(name)}'.",
          help: meant.map { "Did you mean '{\($0)}'?" }
            ?? "Known placeholders: \(known.map { "{\($0)}" }.joined(separator: ", ")).")
        continue
      }
      let target = action.targetKind
      if !placeholder.exists(on: target) {
        report(
          .placeholderOfOtherTarget, at: argument.span,
          "'\(action.rawValue)' acts on a \(target.rawValue), so '{\(name)}' has no value.",
          help: "Use what a \(target.rawValue) has: "
            + CommandPlaceholder.allCases.filter { $0.exists(on: target) }
            .map { "{\($0.rawValue)}" }.joined(separator: ", ") + ".")
      }
    }
  }

  /// The actions of a site's steps, of its partnerships, and what takes them back.
  private func actions(ofSite index: Int, isPartnered: Bool) -> Set<Action> {
    let occasions = plan.occasions(of: plan.sites[index], isPartnered: isPartnered)
    let actions = Set(Action.allCases.filter { !$0.occasions.isDisjoint(with: occasions) })
    return actions.union(actions.compactMap(\.reversal))
  }
}

/// The names in braces that look like placeholders: words with dots between them, or one of the subjects
/// alone. Other braces are the program's own.
private func placeholders(in text: String) -> [String] {
  var names: [String] = []
  for part in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
    guard let end = part.firstIndex(of: "}") else { continue }
    let name = part[..<end]
    let words = name.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = words.first, let letter = first.utf8.first, ("a"..."z").contains(letter),
      words.allSatisfy({ word in
        !word.isEmpty
          && word.utf8.allSatisfy { $0.isLetter }
      }),
      words.count > 1 || CommandPlaceholder.subjects.contains(first)
    else { continue }
    names.append(String(name))
  }
  return names
}

extension RotationPlan {
  /// Whether any channel is chosen.
  fileprivate var hasAutomation: Bool {
    !automation.isEmpty || sites.contains { !$0.automation.isEmpty }
  }
}
