import PlanModel
import PlanText

extension PlanChecker {
  /// Whom a wait counts, and whether the share can be reached (`docs/SEPM.md`, "How soon clients come").
  mutating func checkMissing(_ policy: WaitPolicy, _ reported: inout Set<ReportedMistake>) {
    let (window, minimum) = (policy.activeWithin, policy.minimum)
    let isReached = minimum.value <= policy.deadline.value
    if window.value < .days(7) || window.value < minimum.value && isReached {
      let isShort = window.value < .days(7)
      once(
        .clientsOnLeave, at: window.span.isKnown ? window.span : minimum.span, &reported,
        "Only clients that were seen in the last \(window.value.planNotation) are counted"
          + (isShort
            ? ", which leaves out the machines of people on leave."
            : ", but the wait lasts at least \(minimum.value.planNotation)."),
        help: "Write a window that is longer than a holiday, for example 'activeWithin: 30d'.",
        related: isShort || !window.span.isKnown ? [] : related("The minimum.", minimum.span))
    }
    guard policy.onDeadline.value != .proceed, policy.exclusions.isEmpty,
      policy.adopted.value <= .percent(100)
    else { return }
    checkShare(policy.adopted, &reported)
  }

  /// A share that leaves room for no client.
  private mutating func checkShare(
    _ adopted: Located<Share>, _ reported: inout Set<ReportedMistake>
  ) {
    var site: Site?
    for candidate in plan.sites where candidate.isRotating {
      guard let clients = candidate.clients?.value, clients >= 10,
        !adopted.value.isReached(by: clients - 1, of: clients)
      else { continue }
      if clients > site?.clients?.value ?? 0 { site = candidate }
    }
    if let site, let clients = site.clients {
      once(
        .nobodyMayBeMissing, at: adopted.span.isKnown ? adopted.span : clients.span, &reported,
        "\(adopted.value) of the \(clients.value) clients of site '\(site.name.value)' is every one of "
          + "them.",
        help: "Write a share that leaves room for records that never report again.",
        related: adopted.span.isKnown ? related("The number of clients.", clients.span) : [],
        severity: clients.value < 100 ? .note : nil)
    } else if adopted.value == .percent(100),
      plan.sites.contains(where: { $0.isRotating && $0.clients == nil && !doubts.touches($0) })
    {
      once(
        .nobodyMayBeMissing, at: adopted.span, &reported,
        "Every client that is counted would have to adopt the change.",
        help: "Write a share that leaves room for records that never report again, such as 98%.")
    }
  }

  /// Groups that match nobody.
  mutating func checkGroups(_ policy: WaitPolicy, _ reported: inout Set<ReportedMistake>) {
    let root = ClientSelector.rootGroup
    let waived = policy.exclusions.map(\.selector)
    // An exclusion of the root is one of everybody, however it is written.
    let selectors =
      policy.cohorts.map(\.selector)
      + waived.filter { $0.osFunction != nil || $0.group?.value.isRootGroup != true }
    for case let group? in selectors.map(\.group) {
      let path = GroupPath(group.value)
      guard let mistake = path.mistake else { continue }
      let why =
        switch mistake {
        case .escape: "in double quotes a backslash starts an escape"
        case .slash: "the parts of a path have '\\' between them, not '/'"
        case .doubled: "two parts of a path have one '\\' between them"
        case .trailing: "a path ends with the name of a group, not with '\\'"
        case .noRoot: "full paths start with '\(root)\\'"
        }
      once(
        .groupNotFullPath, at: group.span, &reported,
        "No client is in a group '\(path.written.prefix(60))': \(why).",
        help: "Write the full path in single quotes\(mistake == .noRoot ? ", for example" : ":") "
          + "'\(path.meant.prefix(120))'.")
    }
  }

  /// Exclusions of all machines of one function. Those that empty a cohort are reported there.
  mutating func checkFunctions(
    _ policy: WaitPolicy, besides emptied: Set<SourceSpan>, _ reported: inout Set<ReportedMistake>
  ) {
    for exclusion in policy.exclusions
    where exclusion.selector.isWholeEstate && !emptied.contains(exclusion.reason.span) {
      guard let function = exclusion.selector.osFunction else { continue }
      switch function.value {
      case .workstation:
        once(
          .workstationsWaived, at: function.span, &reported,
          "Every workstation is waived, which is nearly every client.",
          help: "Add the group of the workstations that are meant.")
      case .server, .domainController:
        let machines = function.value == .server ? "server" : "domain controller"
        once(
          .serversWaived, at: function.span, &reported,
          "Every \(machines) is waived: nothing shows whether one of them would be lost.",
          help: "Add the group of the \(machines)s that are meant, or ask for 100% of them as a "
            + "cohort.")
      case .unknown: break
      }
    }
  }
}

extension ClientSelector {
  /// Whether no group narrows it.
  fileprivate var isWholeEstate: Bool { group == nil || group?.value == Self.rootGroup }
}
