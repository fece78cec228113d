import SEPMClient
import SiteChecks

extension SiteFacts {
  /// What a server's API told, as far as a rotation depends on it.
  init(_ facts: ServerFacts) {
    let administrator = facts.logon.administrator
    self.init(
      version: facts.version.product,
      account: Account(
        username: administrator.username, role: administrator.role,
        isSystemAdministrator: administrator.isSystemAdministrator))
    clock = facts.logon.skew.map { Clock(ahead: $0.ahead, accuracy: $0.accuracy) }
    database = take(facts.database).map {
      Database(type: $0.type, instance: $0.instance, isSQLExpress: $0.isSQLExpress)
    }
    replication = take(facts.replication).map { sites in
      Replication(
        ownName: sites.first?.site, partners: sites.flatMap { $0.partners.map(\.name) })
    }
    servers = take(facts.servers)?.count
    clients = take(facts.onlineCount).map { $0.online + $0.offline }
    clientsOfVersion142 = take(facts.clientVersions).map { counts in
      counts.filter(\.forbidsFailover).map(\.clients).reduce(0, +)
    }
    for domain in take(facts.domains) ?? [] {
      guard let purge = take(domain.purge), purge.deletesClients == true, let days = purge.days
      else { continue }
      purges.append(Purge(domain: domain.domain.name, days: days))
    }
    isEnrolled = take(facts.isEnrolled)
    license = take(facts.license).map {
      License(hasEnded: $0.hasEnded, end: $0.expires.map { $0.milliseconds / 1_000 })
    }
  }

  /// A part; one that is not there says why, unless this version of SEPM does not have it.
  private mutating func take<Value>(_ part: ServerFacts.Part<Value>) -> Value? {
    switch part {
    case .success(let value): return value
    case .failure(let error):
      note(error)
      return nil
    }
  }

  /// Takes down what could not be read.
  mutating func note(_ error: SEPMError) {
    switch error.kind {
    case .resourceAbsent: break
    case .missingRights: refused.append(error.task)
    default: unread.append(error.statement)
    }
  }
}
