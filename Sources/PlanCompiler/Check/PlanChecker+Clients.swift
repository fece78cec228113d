import PlanModel
import PlanText

extension PlanChecker {
  /// Whom a wait counts, and whether the share can be reached (`SEPM.md`, "Adoption curve").
  mutating func checkMissing(_ policy: WaitPolicy, _ reported: inout Set<Finding>) {
    let (window, minimum) = (policy.activeWithin, policy.minimum)
    let isReached = minimum.value <= policy.deadline.value
    if window.value < .days(7) || window.value < minimum.value && isReached {
      let isShort = window.value < .days(7)
      once(
        .clientsOnLeave, at: window.span.isKnown ? window.span : minimum.span, &reported,
        "Only clients that were seen in the last \(window.value.planNotation) are counted"
          + (isShort
            ? "; who is on leave is not among them."
            : ", but the wait lasts \(minimum.value.planNotation) at least."),
        help: "Write a window that holds a holiday, for example 'activeWithin: 30d'.",
        related: isShort || !window.span.isKnown ? [] : related("The minimum.", minimum.span))
    }
    guard policy.onDeadline.value != .proceed, policy.exclusions.isEmpty,
      policy.adopted.value <= .percent(100)
    else { return }
    checkShare(policy.adopted, &reported)
  }

  /// A share that leaves room for no client.
  private mutating func checkShare(_ adopted: Located<Share>, _ reported: inout Set<Finding>) {
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
        "Every single client that is counted would have to adopt.",
        help: "Write a share that leaves room for records that never report again, such as 98%.")
    }
  }

  /// Groups that match nobody, and functions that match nearly everybody.
  mutating func checkGroups(_ policy: WaitPolicy, _ reported: inout Set<Finding>) {
    let selectors = policy.cohorts.map(\.selector) + policy.exclusions.map(\.selector)
    for case let group? in selectors.map(\.group) where !group.value.isGroupPath {
      once(
        .groupNotFullPath, at: group.span, &reported,
        "No client is in a group '\(group.value.prefix(60))': full paths start with "
          + "'\(ClientSelector.rootGroup)\\'.",
        help: "Write the full path in single quotes, for example "
          + "'\(ClientSelector.rootGroup)\\\(group.value.lastPart)'.")
    }
    for exclusion in policy.exclusions where exclusion.selector.group == nil {
      guard let function = exclusion.selector.osFunction, function.value == .workstation else {
        continue
      }
      once(
        .workstationsWaived, at: function.span, &reported,
        "Every workstation is waived, which is nearly every client.",
        help: "Add the group of the workstations that are meant.")
    }
  }
}

extension String {
  /// Whether this is a group as SEPM writes it: `My Company\Lab`.
  fileprivate var isGroupPath: Bool {
    if self == ClientSelector.rootGroup { return true }
    return hasPrefix(ClientSelector.rootGroup + "\\") && utf8.last != UInt8(ascii: "\\")
      && !contains("\\\\")
  }

  /// What stands behind the last separator.
  fileprivate var lastPart: String {
    split(whereSeparator: { $0 == "\\" || $0 == "/" }).last.map { String($0.prefix(60)) } ?? "Lab"
  }
}
