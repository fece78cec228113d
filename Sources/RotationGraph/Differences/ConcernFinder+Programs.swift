import PlanModel
import PlanText

extension ConcernFinder {
  /// A program that is new or changed and would be asked for a password.
  mutating func findPassword(
    _ before: SecretReference?, _ after: SecretReference, of subject: String
  ) {
    guard case .command(let arguments) = after, before != after else { return }
    var then: PlanDifference.Value?
    if case .command(let arguments)? = before { then = .passwordCommand(arguments) }
    list.add(.passwordCommand, subject, before: then, after: .passwordCommand(arguments))
  }

  /// Programs that would newly carry out or check an action, everywhere or at a site.
  mutating func findInRules() {
    let (before, after) = (RuleTable(old), RuleTable(new))
    let everywhere = new.automation.holding.map(\.action.value)
    for action in everywhere {
      compare(before.plan[action], after.plan[action], action, scope: PlanDifference.everySite)
    }
    for (position, site) in new.sites.enumerated() {
      let name = site.name.value
      let own = after.sites[position]
      guard let match = oldSite[position], !newlyRotates(position) else {
        for rule in site.automation.holding {
          compare(nil, own[rule.action.value], rule.action.value, scope: name)
        }
        continue
      }
      guard old.sites[match].automation != site.automation else { continue }
      for rule in site.automation.holding {
        let action = rule.action.value
        compare(before.channel(of: action, site: match), own[action], action, scope: name)
      }
      // Where a site says nothing any more, the plan does.
      for rule in old.sites[match].automation.holding where own[rule.action.value] == nil {
        let action = rule.action.value
        compare(before.sites[match][action], after.plan[action], action, scope: name)
      }
    }
  }

  private mutating func compare(
    _ before: AutomationRule.Channel?, _ after: AutomationRule.Channel?, _ action: Action,
    scope: String
  ) {
    if case .probe(let viewpoints)? = after {
      var then: [Viewpoint] = []
      if case .probe(let viewpoints)? = before { then = viewpoints }
      return compare(then, viewpoints, action, scope: scope)
    }
    guard case .command(let now)? = after else { return }
    var then: CommandTemplate?
    if case .command(let template)? = before { then = template }
    let item = action.rawValue
    if then?.arguments != now.arguments {
      list.add(
        then == nil ? .commandAdded : .commandChanged, scope,
        before: then.map { words($0.arguments) }, after: words(now.arguments), item: item)
    }
    let (checkBefore, checkAfter) = (then?.check, now.check)
    guard checkBefore != checkAfter else { return }
    let kind: Concern.Kind =
      checkBefore == nil ? .checkAdded : checkAfter == nil ? .checkRemoved : .checkChanged
    list.add(
      kind, scope, before: checkBefore.map(words), after: checkAfter.map(words), item: item)
  }

  /// Programs that would newly look at servers from elsewhere.
  private mutating func compare(
    _ before: [Viewpoint], _ after: [Viewpoint], _ action: Action, scope: String
  ) {
    for viewpoint in after {
      let then = before.first { $0.name == viewpoint.name }
      guard then?.arguments != viewpoint.arguments else { continue }
      list.add(
        then == nil ? .checkAdded : .checkChanged, scope,
        before: then.map { words($0.arguments) }, after: words(viewpoint.arguments),
        item: action.rawValue)
    }
  }

  private func words(_ arguments: [Located<String>]) -> PlanDifference.Value {
    .command(arguments.map(\.value))
  }
}
