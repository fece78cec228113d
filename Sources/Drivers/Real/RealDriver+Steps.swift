import CanonicalJSON
import PlanModel
import RotationEngine
import RotationGraph
import SEPMClient

extension RealDriver {
  /// What Waltz does itself.
  func act(_ request: StepRequest) async throws -> StepAnswer {
    let step = request.graph.steps[request.step]
    switch (step.action, step.target) {
    case (.checkCertificate, .server(let position, let server)):
      return try await site.examineCertificate(ofServer: server, at: position)
    case (.checkServer, .server(let position, _)):
      guard let reading = try await site.reading(position) else { return site.needsAPI(position) }
      let facts = try await reading.api.facts()
      let examination = ServerExamination(graph: request.graph, site: position, facts: facts)
      return examination.answer().adding(try await ports.record(request))
    case (.recordSettings, .site(let position)):
      guard let reading = try await site.reading(position) else { return site.needsAPI(position) }
      return try await site.baseline(of: position, try await reading.record()).answer(
        in: request.graph, site: position
      ).adding(try await site.unrecordedContacts(request, in: counts))
    case (.disableVerification, .site(let position)), (.enableVerification, .site(let position)):
      guard let reading = try await site.reading(position) else { return site.needsAPI(position) }
      let record = try await site.record(of: position)
      guard record.hasSettings else {
        return .needsOperator(
          reason:
            "This version of SEPM does not show its settings, so they cannot be changed over the API."
        )
      }
      return try await change(to: step.action == .enableVerification, record, reading, request)
        .perform()
    case (.verifyCertificate, .server(let position, _)):
      let answer = await ports.perform(request)
      guard case .succeeded = answer else { return answer }
      return answer.adding(try await site.standing(afterProofAt: position))
        .adding(try await site.unrecordedContacts(request, in: counts))
    case (.confirmSettings, .site(let position)):
      guard let reading = try await site.reading(position) else { return site.needsAPI(position) }
      let record = try await site.record(of: position)
      guard record.hasSettings else {
        return .needsOperator(
          reason:
            "This version of SEPM does not show its settings, so they cannot be compared over the API."
        )
      }
      return try await SettingsComparison(reading: reading, record: record).perform()
    case (.verifyReplication, .partnership(let partnership)):
      let sight = try await site.replication(of: partnership)
      let restoring = try await site.restorationTimes(of: partnership, sight)
      return switch sight.proof(since: restoring) {
      case .success(let evidence): .succeeded(evidence)
      case .failure(let failure): .failed(failure)
      }
    default:
      return .needsOperator(reason: "SEPM's API cannot do this.")
    }
  }

  /// Whether the effect of a step shows.
  func look(_ request: StepRequest) async -> Finding {
    await heedRetry(request)
    do {
      return try await find(request)
    } catch let error as SEPMError {
      take(error, at: request)
      return Finding(error)
    } catch let failure as StepFailure {
      return .inconclusive(failure.message)
    } catch {
      return .inconclusive("\(error)")
    }
  }

  private func find(_ request: StepRequest) async throws -> Finding {
    let step = request.graph.steps[request.step]
    switch (step.action, step.target) {
    case (.recordSettings, .site(let position)) where request.isApproved:
      // SEPM does not show settings here, so a person wrote them down; groups and domains are needed all the same.
      guard let reading = try await site.reading(position) else { return site.unseen(position) }
      let found = try await reading.record(hasSettings: false)
      return .done(
        SettingsBaseline(found, after: nil, RecordedSettings()).evidence
          .adding(try await site.unrecordedContacts(request, in: counts)))
    case (.disableVerification, .site(let position)), (.enableVerification, .site(let position)):
      guard let reading = try await site.reading(position) else { return site.unseen(position) }
      let record = try await site.record(of: position)
      guard record.hasSettings else { return try await publication(reading, request) }
      return try await change(to: step.action == .enableVerification, record, reading, request)
        .observe()
    case (.switchClientsToHTTP, .site(let position)), (.switchClientsToHTTPS, .site(let position)):
      guard let reading = try await site.reading(position) else { return site.unseen(position) }
      let record = try await site.record(of: position)
      guard record.hasSettings else { return try await publication(reading, request) }
      return try await ServerListSight(
        reading: reading, record: record, isRestored: step.action == .switchClientsToHTTPS
      ).observe()
    case (.breakReplication, .partnership(let partnership)):
      let sight = try await site.replication(of: partnership)
      return sight.observeBreak(until: site.breakEnds(of: partnership, sight, since: request.since))
    case (.restoreReplication, .partnership(let partnership)):
      return try await site.replication(of: partnership)
        .observeRestoration(after: try await site.movedRuns(of: partnership))
    case (.restartServices, .server(let position, _)):
      let finding = await ports.observe(request)
      // The API's service is up once it gives a token.
      if case .done = finding { _ = try await site.reading(position, byNewLogOn: true) }
      return finding
    case (.renewDatabaseCertificate, .site(let position)):
      return try await site.findDatabaseCertificate(of: position)
    case (.upgradeServer, .server(let position, let server)):
      return try await site.findVersion(ofServer: server, at: position)
    case (.updateCertificate, _), (.restoreCertificate, _):
      return .unknown(
        "A certificate shows only once the services have been restarted; verify-certificate looks then."
      )
    default:
      let effect = step.action.effect
      return effect == .readOnly
        ? .notDone("It changes nothing, and is done again.")
        : .unknown("Nothing outside of the server shows whether it was done.")
    }
  }

  private func change(
    to isOn: Bool, _ record: SettingsRecord, _ reading: SiteReading, _ request: StepRequest
  ) -> VerificationSwitch {
    VerificationSwitch(reading: reading, record: record, isOn: isOn) { [self] in mayWrite(request) }
  }

  private func publication(
    _ reading: SiteReading, _ request: StepRequest
  ) async throws(SEPMError) -> Finding {
    try await reading.publication(
      since: reading.skew.serverTime(at: request.since.milliseconds))
  }
}

extension StepAnswer {
  /// A success with more evidence; anything else as it is.
  fileprivate func adding(_ more: Evidence) -> StepAnswer {
    guard case .succeeded(let evidence) = self else { return self }
    return .succeeded(evidence.adding(more))
  }
}
