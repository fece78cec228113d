import NIOCore
package import PlanModel
import SEPMClient
package import SiteChecks

/// Asks sites what a rotation depends on, before there is one. Nothing is changed there.
package struct SiteSurvey: Sendable {
  /// How many sites are asked side by side.
  private static let atOnce = 8

  private let access: APIAccess

  /// How long the settings of one site may be read.
  private let patience: Duration

  /// A survey.
  ///
  /// - Parameters:
  ///   - access: How APIs are reached.
  ///   - patience: How long the settings of one site may be read; SEPM takes few requests a minute.
  package init(_ access: APIAccess, patience: Duration) {
    self.access = access
    self.patience = patience
  }

  /// What came of asking each site; nil where the plan has no API for it, or where what it takes to log on cannot be read,
  /// which is said with the secrets and files themselves.
  package func look(at sites: [Site]) async -> [SiteAnswer?] {
    await sites.mapSideBySide(atOnce: Self.atOnce) { await look(at: $0) }
  }

  private func look(at site: Site) async -> SiteAnswer? {
    guard let client = try? access.client(of: site) else { return nil }
    let answer: SiteAnswer?
    do throws(SEPMError) {
      answer = .facts(try await facts(of: client, isRotating: site.isRotating))
    } catch {
      answer = SiteTrouble(error).map { .trouble($0) }
    }
    // A token that is left behind dies by itself.
    try? await client.logOut()
    return answer
  }

  private func facts(
    of client: APIClient, isRotating: Bool
  ) async throws(SEPMError) -> SiteFacts {
    let told = try await client.facts()
    var facts = SiteFacts(told)
    guard let domains = try? told.domains.get() else { return facts }
    do throws(SEPMError) {
      let reading = try SiteReading(client, logon: told.logon, localTime: access.localTime)
      facts.settings = try await settings(
        reading, domains.map(\.domain.id), isEverythingNeeded: isRotating)
    } catch {
      guard error.kind != .cancelled else { throw error }
      facts.note(error)
    }
    return facts
  }

  private func settings(
    _ reading: SiteReading, _ domains: [SEPMID], isEverythingNeeded: Bool
  ) async throws(SEPMError) -> SiteSettings {
    let deadline = NIODeadline.now() + TimeAmount(patience)
    var groups: [ClientGroup] = []
    for domain in domains { groups += try await reading.groups(of: domain) }
    var settings = SiteSettings()
    var read: [SettingsRecord.Group] = []
    for group in groups {
      guard group.inherits || NIODeadline.now() < deadline else {
        settings.unreadGroups += 1
        continue
      }
      do throws(SEPMError) {
        read.append(try await reading.record(of: group))
      } catch {
        switch error.kind {
        // It was deleted meanwhile.
        case .notFound: continue
        case .resourceAbsent: return SiteSettings(areShown: false)
        default: throw error
        }
      }
      // That they are shown is all that matters where nothing is changed.
      if !isEverythingNeeded, !group.inherits { return settings }
    }
    settings.take(read)
    let clients = Dictionary(
      groups.map { ($0.id, $0.clients) }, uniquingKeysWith: { first, _ in first })
    let deaf = SettingsRecord.deafGroups(of: read)
    settings.deafGroups = read.filter { deaf.contains($0.id) }.map {
      SiteSettings.DeafGroup(path: $0.path, clients: clients[$0.id] ?? nil)
    }
    return settings
  }
}

extension SiteSettings {
  /// Takes down the locations of groups.
  mutating func take(_ groups: [SettingsRecord.Group]) {
    places += SettingsRecord.places(of: groups).map { place in
      Place(
        name: place.name, verifies: place.location.settings.verifies,
        serverList: place.location.settings.serverList)
    }
  }
}

extension SiteTrouble {
  /// Why a site could not be asked; nil where that is said elsewhere, with the secret or the pin itself.
  fileprivate init?(_ error: SEPMError) {
    switch error.kind {
    case .noPassword, .cancelled, .wrongCertificate(_, .fingerprints): return nil
    case .wrongCertificate:
      self.init(
        .untrusted, error.statement,
        help:
          "If it is SEPM's own certificate, pin it with 'trust: { fingerprint: … }'. If not, find out what answers "
          + "there.")
    case .badCredentials, .refusedBefore, .missingRights:
      self.init(.refused, error.statement, help: error.help)
    default: self.init(.unreachable, error.statement, help: error.help)
    }
  }
}
