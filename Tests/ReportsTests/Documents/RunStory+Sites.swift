import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

extension RunStory {
  /// A whole rotation of a hundred sites, with four waits and three gates each, and some polls a day for a week.
  static func hundredSites() throws -> RunStory {
    var story = RunStory(sitesGraph(count: 100))
    let count = story.state.graph.steps.count / 100
    try story.start()
    for round in 0..<count {
      let steps = (0..<100).map { $0 * count + round }
      for step in steps { try story.add(.stepStarted(step: step, attempt: 1)) }
      if story.state.graph.steps[round].action.waitKind != nil {
        try story.adopt(steps)
      } else if story.state.graph.steps[round].channel == .operator {
        for step in steps {
          try story.add(.gateOpened(step: step, attempt: 1, gate: Gate(instructions: ["Do it."])))
          story.wait(.minutes(step % 7))
          let word = OperatorWord(by: "anna (uid 1000)", note: "done as CHG0042 says")
          try story.add(.gateApproved(step: step, attempt: 1, word: word))
        }
      }
      for step in steps {
        story.wait(.seconds(7))
        let evidence = Evidence([
          .init("policySerialNumber", .string("0667-01/05/2026 11:00:34 345"))
        ])
        try story.add(.stepSucceeded(step: step, attempt: 1, evidence: evidence))
      }
    }
    let truth = EstateTruth(clients: 90_000, orphans: 0, latentOrphans: 0)
    try story.add(.runSucceeded(story.state.figures(at: story.now, truth: truth)))
    return story
  }

  private mutating func adopt(_ steps: [Int]) throws {
    for poll in 0..<48 {
      wait(.minutes(210))
      for step in steps {
        // Nights are flat, and each site has its own pace.
        let days = Double(poll) / 7
        let day = days - days.rounded(.down)
        let share = 1 - 1 / (1 + (days.rounded(.down) + min(day * 2, 1)) * Double(2 + step % 5))
        try count(step, Int(share * 900), of: 900, offline: 1)
      }
    }
    for step in steps {
      let passing = WaitPassing(ground: .thresholds, counted: 900, adopted: 890)
      try add(.waitPassed(step: step, passing: passing))
    }
  }

  private static func sitesGraph(count: Int) -> StepGraph {
    let sites = (1...count).map { number in
      Site(
        name: Located("site-\(number)"), clients: Located(900),
        servers: [
          Server(
            name: Located("sepm-01"), address: Located("sepm-01.site-\(number).example.net"),
            certificate: Located("new"))
        ])
    }
    let steps = sites.indices.flatMap { site in
      let server = Target.server(site: site, server: 0)
      return [
        Step(.checkCertificate, on: server, by: .probe), Step(.checkServer, on: server, by: .probe),
        Step(.recordSettings, on: .site(site), by: .api),
        Step(.backUpServer, on: server, by: .command),
        Step(.switchClientsToHTTP, on: .site(site), by: .operator),
        Step(.disableVerification, on: .site(site), by: .api),
        Step(.awaitVerificationDisabled, on: .site(site), by: .probe),
        Step(.updateCertificate, on: server, by: .operator),
        Step(.restartServices, on: server, by: .command),
        Step(.verifyCertificate, on: server, by: .probe),
        Step(.keepRecoveryFile, on: server, by: .command),
        Step(.awaitCertificateReceived, on: .site(site), by: .probe),
        Step(.enableVerification, on: .site(site), by: .api),
        Step(.awaitVerificationEnabled, on: .site(site), by: .probe),
        Step(.switchClientsToHTTPS, on: .site(site), by: .operator),
        Step(.awaitHTTPSRestored, on: .site(site), by: .probe),
        Step(.confirmSettings, on: .site(site), by: .api),
      ]
    }
    let perSite = steps.count / count
    let after: [[Int32]] = steps.indices.map { $0 % perSite == 0 ? [] : [Int32($0 - 1)] }
    return StepGraph(
      plan: RotationPlan(name: Located("emea-2026"), sites: sites), steps: steps,
      dependencies: AdjacencyTable(after))
  }
}
