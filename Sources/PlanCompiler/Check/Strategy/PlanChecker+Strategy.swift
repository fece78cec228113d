import PlanModel
import PlanText

extension PlanChecker {
  /// Waves and how many servers at once.
  mutating func checkStrategy() {
    let atOnce = plan.strategy.serversAtOnce
    if atOnce.value < 1 {
      report(
        .noServersAtOnce, at: atOnce.span,
        "With 0 servers at once no server would ever be changed.",
        help: "Write 1 or more.")
    } else if atOnce.value > 1 {
      checkFailoverAtOnce(atOnce)
    }
    if let waves = plan.strategy.waves { checkWaves(waves) }
  }

  /// Fail-over goes one server at a time whatever the number; where nothing else rotates, the number
  /// asks for what will not happen.
  private mutating func checkFailoverAtOnce(_ atOnce: Located<Int>) {
    let rotating = plan.sites.filter { $0.isRotating && !doubts.touches($0) }
    guard let site = rotating.first(where: { plan.method(of: $0) == .failover }) else { return }
    let isEverywhere =
      plan.strategy.method.value == .failover
      && rotating.allSatisfy { plan.method(of: $0) == .failover }
    let method = site.method ?? plan.strategy.method
    report(
      .failoverAtOnce, at: atOnce.span,
      "Site '\(site.name.value)' rotates by failover, which changes one server at a time; "
        + "'serversAtOnce' is "
        + "\(atOnce.value)\(isEverywhere ? "" : " and applies to the other sites").",
      help: isEverywhere
        ? "Write 'serversAtOnce: 1'."
        : "There is nothing to do if this is intended.",
      related: method.span.isKnown ? [.init("The method is chosen here.", at: method.span)] : [],
      severity: isEverywhere ? nil : .note)
  }

  private mutating func checkWaves(_ waves: [[Located<String>]]) {
    var wave = [Int?](repeating: nil, count: plan.sites.count)
    var place = [SourceSpan](repeating: .none, count: plan.sites.count)
    var isResolved = !doubts.touchesWaves
    for (number, names) in waves.enumerated() {
      if names.isEmpty, !doubts.touchesWaves {
        report(
          .emptyWave, at: plan.strategy.wavesSpan, "Wave \(number + 1) has no sites.",
          help: "Remove the empty list, or name the sites of the wave.")
      }
      for name in names {
        guard let site = resolve(site: name) else {
          isResolved = false
          continue
        }
        if let first = wave[site] {
          report(
            .siteTwiceInWaves, at: name.span,
            "Site '\(name.value)' is already in wave \(first + 1).",
            help: "Keep it in one wave.",
            related: [.init("It is named here first.", at: place[site])])
          continue
        }
        wave[site] = number
        place[site] = name.span
        if !plan.sites[site].isRotating, hasRotation, !doubts.touches(plan.sites[site]) {
          report(
            .idleSiteInWave, at: name.span,
            "Site '\(name.value)' is in a wave, but none of its servers gets a certificate.",
            help: "Remove it from the waves; a site that does not rotate takes part through its "
              + "partnerships.",
            related: [self.place(ofSite: site)])
        }
      }
    }
    for (index, site) in plan.sites.enumerated()
    where isResolved && site.isRotating && wave[index] == nil {
      report(
        .siteMissingFromWaves, at: site.name.span,
        "Site '\(site.name.value)' rotates, but is in no wave.",
        help: "Add it to a wave, or leave 'waves' out so that all sites rotate together.")
    }
    for pair in pairs {
      guard let first = wave[pair.first], let second = wave[pair.second], first != second,
        plan.sites[pair.first].isRotating, plan.sites[pair.second].isRotating
      else { continue }
      let names = (plan.sites[pair.first].name.value, plan.sites[pair.second].name.value)
      let waits = abs(first - second) + 1
      report(
        .partnershipAcrossWaves, at: plan.partnerships[pair.partnership].headSpan,
        "'\(names.0)' and '\(names.1)' replicate, but are in waves \(first + 1) and \(second + 1): "
          + "their replication stays broken over \(waits) waves, until both are done.",
        help: "Put both sites into one wave, unless the longer break is acceptable.",
        related: [
          .init("'\(names.0)' is in wave \(first + 1).", at: place[pair.first]),
          .init("'\(names.1)' is in wave \(second + 1).", at: place[pair.second]),
        ])
    }
  }
}

extension Strategy {
  /// From the first to the last name of the waves; an empty wave has no place of its own.
  fileprivate var wavesSpan: SourceSpan {
    let names = (waves ?? []).joined()
    guard let first = names.first, let last = names.reversed().first, first.span.isKnown else {
      return method.span
    }
    return SourceSpan(
      source: first.span.source, start: Int(first.span.start), end: Int(last.span.end))
  }
}
