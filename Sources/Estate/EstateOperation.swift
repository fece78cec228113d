package import CanonicalJSON

/// One thing that is done to a SEPM: over its REST API, at its console or on a server (`docs/SEPM.md`, "Who does what").
/// The steps of a rotation consist of such operations; each of them can be forgotten or go wrong by itself.
package struct EstateOperation: Sendable, Hashable {
  /// What is done.
  package enum Verb: String, Sendable, CaseIterable {
    /// Sets "Enable secure communications" of a location.
    case setVerification = "set-verification"

    /// Assigns the management server list with or without HTTPS to a location.
    case assignServerList = "assign-server-list"

    /// Puts the new certificate of the plan into a server, or the one from before.
    case updateCertificate = "update-certificate"

    /// Restarts services of a server; each is up again some minutes later.
    case restartServices = "restart-services"

    /// Stops services of a server.
    case stopServices = "stop-services"

    /// Runs the configuration wizard for the database's certificate.
    case renewDatabaseCertificate = "renew-database-certificate"

    /// Copies a server's recovery file.
    case backUpServer = "back-up-server"

    /// Copies the recovery file that the last update of the certificate made.
    case keepRecoveryFile = "keep-recovery-file"

    /// Deletes the copies of a server's recovery files.
    case discardBackup = "discard-backup"

    /// Backs up the database.
    case backUpDatabase = "back-up-database"

    /// Deletes that backup.
    case discardDatabaseBackup = "discard-database-backup"

    /// Installs the version of the plan; services are down meanwhile.
    case upgradeServer = "upgrade-server"

    /// Deletes the partner on one side.
    case removePartner = "remove-partner"

    /// Moves one side's schedule out of the way.
    case reschedulePartner = "reschedule-partner"

    /// Adds the partner on both sides, or sets both schedules back.
    case addPartner = "add-partner"

    /// Replicates once.
    case replicateNow = "replicate-now"

    /// Moves a client to a group.
    case moveClient = "move-client"

    /// Deletes the record of a client; one that still runs has a new one with its next contact.
    case deleteClient = "delete-client"

    /// Trouble: a site's clock is ahead by so many milliseconds.
    case setClockSkew = "set-clock-skew"

    /// Trouble: the next so many starts of a service come to nothing.
    case failStarts = "fail-starts"

    /// Trouble: replication fails, or carries a half.
    case disturbReplication = "disturb-replication"
  }

  /// What is done.
  package let verb: Verb

  /// On what, by name: `paris`, `paris/sepm-par-01`, `berlin+paris`.
  package let target: String

  /// The full path of a group; nil where it is about none.
  package var group: String?

  /// The name of a location of that group; nil for all of them.
  package var location: String?

  /// A service; nil for all three.
  package var service: Service?

  /// The site on whose side it is done, or a word that the verb knows.
  package var detail: String?

  /// On or off, new or old.
  package var isOn: Bool?

  /// How many, or how much.
  package var number: Int64?

  /// An operation.
  package init(
    _ verb: Verb, on target: String, group: String? = nil, location: String? = nil,
    service: Service? = nil, detail: String? = nil, isOn: Bool? = nil, number: Int64? = nil
  ) {
    self.verb = verb
    self.target = target
    self.group = group
    self.location = location
    self.service = service
    self.detail = detail
    self.isOn = isOn
    self.number = number
  }

  /// Its members, those that it does not have left out.
  package var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("verb", .string(verb.rawValue)), .init("target", .string(target)),
    ]
    let texts = [
      ("group", group), ("location", location), ("service", service?.rawValue), ("detail", detail),
    ]
    for case (let name, .some(let text)) in texts { members.append(.init(name, .string(text))) }
    if let isOn { members.append(.init("on", .bool(isOn))) }
    if let number { members.append(.init("number", .integer(number))) }
    return members
  }

  /// Reads what ``members`` writes; nil where it is none.
  package init?(_ value: JSONValue) {
    guard let verb = value["verb"]?.string.flatMap(Verb.init), let target = value["target"]?.string
    else { return nil }
    let service = value["service"]?.string
    if let service, Service(rawValue: service) == nil { return nil }
    self.init(
      verb, on: target, group: value["group"]?.string, location: value["location"]?.string,
      service: service.flatMap(Service.init), detail: value["detail"]?.string,
      isOn: value["on"]?.bool, number: value["number"]?.integer)
  }
}
