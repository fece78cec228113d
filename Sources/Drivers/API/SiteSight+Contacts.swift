import Adoption
import CanonicalJSON
import Forecasts
import PlanModel
import RotationEngine
import RotationGraph
import SEPMClient

extension SiteSight {
  /// The contacts of each hour at a site that the run's journal holds; they are not read where a count knows them already.
  func recordedContacts(at site: Int, in counts: ClientCount) async throws -> RecordedContacts {
    var result = RecordedContacts(digests: try await memory.contacts(at: site))
    guard !(await counts.knowsContacts(at: site)) else { return result }
    for digest in result.digests {
      if let hours = try await memory.attachment(digest).flatMap({ ContactHours($0) }) {
        result.hours.merge(hours)
      }
    }
    return result
  }

  /// The absences and returns at a site that the run's journal holds; none where a count knows them already.
  func recordedReturns(at site: Int, in counts: ClientCount) async throws -> ReturnHours {
    var result = ReturnHours()
    guard !(await counts.knowsReturns(at: site)) else { return result }
    for digest in try await memory.returns(at: site) {
      if let hours = try await memory.attachment(digest).flatMap({ ReturnHours($0) }) {
        result.merge(hours)
      }
    }
    return result
  }

  /// The contacts at the site of a step that the journal does not hold yet, to be kept with the step's event.
  func unrecordedContacts(
    _ request: StepRequest, in counts: ClientCount
  ) async throws -> Evidence {
    guard let site = graph.site(of: request.step) else { return Evidence() }
    return await counts.unrecordedContacts(
      at: site, of: request.run, recorded: try await recordedContacts(at: site, in: counts))
  }

  /// When the certificates of a site changed; nil before that, and while a server is between update and proof.
  func contactChange(
    of site: Int, _ skew: ClockSkew
  ) async throws -> ClientCount.ContactChange? {
    var (first, since) = (Int64.max, Int64.min)
    for server in changedServers(of: site) {
      let target = Target.server(site: site, server: server)
      guard let began = try await beginning(of: .updateCertificate, on: target) else { continue }
      guard
        let up = try await evidence(of: .verifyCertificate, on: target)?["servicesUpAt"]?.integer
      else { return nil }
      first = min(first, began.milliseconds)
      since = max(since, up)
    }
    guard since > .min else { return nil }
    return ClientCount.ContactChange(
      at: skew.serverTime(at: first), since: ServerTime(milliseconds: since))
  }

  /// The sites where no certificate was changed yet, beside one.
  func untouchedSites(besides site: Int) async throws -> [Int] {
    var result: [Int] = []
    for other in graph.plan.sites.indices where other != site {
      var isTouched = false
      for server in changedServers(of: other) where !isTouched {
        let target = Target.server(site: other, server: server)
        isTouched = try await beginning(of: .updateCertificate, on: target) != nil
      }
      if !isTouched { result.append(other) }
    }
    return result
  }
}
