extension Action {
  /// The table of the procedure: what each action is, a row each.
  ///
  /// The durations: a restart takes minutes, with a deadline of a quarter of an hour (`docs/SEPM.md`,
  /// "Services and ports"); settings take a request for every location, 25 a minute (`docs/SEPM.md`,
  /// "Limits"); a deleted partner is replicated anew (`docs/SEPM.md`, "Replication"). The others are what the
  /// vendor's wizards and backups usually take.
  var row: ActionTraits {
    switch self {
    case .checkCertificate:
      ActionTraits(
        target: .server, effect: .readOnly,
        protection: .onceFailed(
          "it may be given a certificate that it refuses"), channel: .probe,
        hasEndpoint: true, isObserved: true, occasions: .rotation, serverPart: .certificate,
        expected: .minutes(1), worst: .minutes(15),
        purpose:
          "Checks the new certificate before anything is changed: an RSA key that fits, a chain, "
          + "and a validity that outlives the rotation.",
        lack: "nobody checks the certificate before it is installed.",
        reason: "so that nothing is changed if a check fails")
    case .checkServer:
      ActionTraits(
        target: .server, effect: .readOnly,
        protection: .onceFailed(
          "its server is changed although the check found that it is not ready"),
        channel: .probe, hasEndpoint: true, isObserved: true, occasions: .rotation,
        serverPart: .version, expected: .minutes(1), worst: .minutes(15),
        purpose:
          "Checks the server before anything is changed: it answers, it has the version that the "
          + "plan says, and its clients allow the method.",
        lack: "nobody checks the server before it is changed.",
        reason: "so that nothing is changed if a check fails")
    case .recordSettings:
      ActionTraits(
        target: .site, effect: .readOnly, channel: .probe, hasEndpoint: true,
        occasions: [.rotation, .partnership], expected: .minutes(5), worst: .minutes(30),
        purpose:
          "Records the communication settings of every group and location, so that they can be put "
          + "back as they were, and not as someone remembers them.",
        lack: "nobody knows which settings to put back.",
        reason: "so that there is a record to go back to")
    case .backUpServer:
      ActionTraits(
        target: .server, effect: .idempotent, undoing: .by(.discardBackup), channel: .operator,
        occasions: .rotation, expected: .minutes(30), worst: .hours(4),
        purpose:
          "Copies the server's recovery file and database to another machine; without them a "
          + "failed rotation cannot be undone.",
        lack: "the server cannot be restored.",
        reason: "so that the change can be undone")
    case .breakReplication:
      ActionTraits(
        target: .partnership, effect: .observable, undoing: .by(.restoreReplication),
        opens: .replicationBroken,
        protection: .always(
          "replication brings it half-changed lists and certificates of servers that it does not "
            + "trust yet"),
        channel: .operator, isConsolesOnly: true, mayBeDoneBefore: true, occasions: .partnership,
        expected: .minutes(15), worst: .hours(1),
        purpose:
          "Stops replication, because it would carry half-changed management server lists and "
          + "certificates to the partner's clients.",
        lack: "replication carries the half-done change to the partner.",
        reason: "so that the change does not reach the partner's clients")
    case .switchClientsToHTTP:
      ActionTraits(
        target: .site, effect: .observable, undoing: .by(.switchClientsToHTTPS),
        opens: .clientsOnHTTP,
        protection: .untilUpdate(
          "it still uses HTTPS when its server's certificate changes, and refuses the new one"),
        channel: .operator, isConsolesOnly: true, occasions: .suspension,
        expected: .minutes(15), worst: .hours(1),
        purpose:
          "Gives all groups and locations a copy of the management server list that uses HTTP, so that no "
          + "client loses the server when its TLS certificate changes.",
        lack: "clients are told to go back to a list that they never left.",
        reason: "so that clients no longer look at the TLS certificate")
    case .disableVerification:
      ActionTraits(
        target: .site, effect: .idempotent, undoing: .by(.enableVerification),
        opens: .verificationOff,
        protection: .untilUpdate(
          "it still checks signatures when its server's certificate changes, and accepts nothing "
            + "that the new one signs"),
        channel: .api, hasEndpoint: true, occasions: .suspension,
        expected: .minutes(5), worst: .minutes(30),
        purpose:
          "Turns secure communication off for every group, so that clients accept policies that "
          + "are signed with a certificate they do not know yet.",
        lack: "verification is turned on that was never off.",
        reason: "so that only clients that can know of the change are counted")
    case .awaitVerificationDisabled:
      .wait(
        for: .verificationDisabled, on: .suspension,
        danger:
          "the certificate changes although it may still check signatures, and then it accepts "
          + "nothing that the new one signs",
        purpose:
          "Waits until clients have the policy that turns verification off. A client that misses "
          + "it is orphaned by the update and needs a communication update package by hand.",
        lack: "clients that still verify the old certificate are orphaned.",
        reason: "so that no client is orphaned by the new certificate")
    case .updateCertificate:
      ActionTraits(
        target: .server, effect: .observable, undoing: .by(.restoreCertificate),
        opens: .certificateUnproven, changesCertificate: true, channel: .operator,
        isConsolesOnly: true, occasions: .rotation, serverPart: .certificate,
        expected: .minutes(10), worst: .minutes(30),
        purpose:
          "Installs the new certificate with SEPM's certificate wizard, before any upgrade of the server.",
        lack: "the server never gets the certificate that the plan names.",
        reason: "so that the services load the new certificate")
    case .restartServices:
      ActionTraits(
        target: .server, effect: .observable, undoing: .by(.restartServices),
        opens: .certificateUnproven, channel: .operator, occasions: .rotation,
        expected: .minutes(5), worst: .minutes(15),
        purpose:
          "Restarts the manager, web server and API services: each loads the certificate only when it "
          + "starts.",
        lack: "the services go on serving the old certificate.",
        reason: "so that the new certificate can be there when it is looked for")
    case .verifyCertificate:
      ActionTraits(
        target: .server, effect: .readOnly, closes: .certificateUnproven,
        protection: .always(
          "it may be made to trust a certificate that its server does not present"),
        channel: .probe, isObserved: true, occasions: .rotation, serverPart: .certificate,
        expected: .minutes(1), worst: .minutes(15),
        purpose:
          "Compares the certificate on every TLS port of the server with the one in the plan; a port with "
          + "the old one is a service that was not restarted.",
        lack: "nobody checks whether the new certificate is served.",
        reason: "so that nothing continues before the new certificate is served")
    case .keepRecoveryFile:
      // The one from before the change has the old key (`docs/SEPM.md`, "Backups").
      ActionTraits(
        target: .server, effect: .idempotent, undoing: .by(.discardBackup), channel: .operator,
        occasions: .rotation, expected: .minutes(10), worst: .hours(1),
        purpose:
          "Copies the recovery file that the update made to another machine: the backup from before "
          + "the change does not hold the new key.",
        lack: "nobody can restore the server with its new certificate.",
        reason: "so that there is a way back to the new certificate before the rotation ends")
    case .renewDatabaseCertificate:
      ActionTraits(
        target: .site, effect: .observable, undoing: .by(.renewDatabaseCertificate),
        channel: .operator, isConsolesOnly: true, occasions: .databaseRenewal,
        expected: .minutes(30), worst: .hours(4),
        purpose:
          "Runs the configuration wizard again, because SQL Server Express has a certificate that "
          + "is tied to the server's; once that expires nobody can log on to the console.",
        lack: "nobody can log on once the database's certificate expires.",
        reason: "so that everything is changed before clients are waited for")
    case .awaitCertificateReceived:
      .wait(
        for: .certificateReceived, on: .rotation,
        danger:
          "it may not have the new certificate yet when it has to trust nothing else",
        purpose:
          "Waits until clients have checked in with the changed server and received its certificate. The "
          + "vendor's table does not show this wait; enabling verification before it orphans clients "
          + "silently.",
        lack: "clients without the new certificate are orphaned as soon as they verify it.",
        reason: "so that clients have the certificate before they have to verify it")
    case .enableVerification:
      ActionTraits(
        target: .site, effect: .idempotent, undoing: .by(.disableVerification),
        closes: .verificationOff, channel: .api, hasEndpoint: true, occasions: .suspension,
        expected: .minutes(5), worst: .minutes(30),
        purpose:
          "Sets secure communication back to what was recorded, in the same groups in which it was "
          + "turned off.",
        lack: "clients are left without verification.",
        reason: "so that only clients that can know of the change are counted")
    case .awaitVerificationEnabled:
      .wait(
        for: .verificationEnabled, on: .suspension,
        danger: "it may be sent back to HTTPS before it verifies its server",
        purpose:
          "Waits until clients verify the server again before they are sent back to HTTPS.",
        lack: "nobody checks whether clients verify again.",
        reason: "so that clients verify before they use HTTPS")
    case .switchClientsToHTTPS:
      ActionTraits(
        target: .site, effect: .observable, undoing: .by(.switchClientsToHTTP),
        closes: .clientsOnHTTP, channel: .operator, isConsolesOnly: true,
        occasions: .suspension, expected: .minutes(15), worst: .hours(1),
        purpose:
          "Puts the original management server list, with HTTPS, back on all groups and locations.",
        lack: "clients are left on HTTP.",
        reason: "so that only clients that can know of the change are counted")
    case .awaitHTTPSRestored:
      .wait(
        for: .httpsRestored, on: .suspension,
        danger: "the site counts as done although it may still use a list that is gone",
        purpose:
          "Waits until clients use HTTPS again, so that the site is as it was before the rotation.",
        lack: "nobody checks whether clients use HTTPS again.",
        reason: "so that the rotation leaves nothing open")
    case .backUpDatabase:
      ActionTraits(
        target: .site, effect: .idempotent, undoing: .by(.discardDatabaseBackup),
        channel: .operator, occasions: .upgrade, expected: .minutes(30), worst: .hours(4),
        purpose:
          "Backs up the database once more right before its schema changes: the backup from the "
          + "beginning of the rotation is weeks old by now.",
        lack: "an upgrade that fails costs everything since the backup at the beginning.",
        reason: "so that a failed upgrade can be restored to where it began")
    case .upgradeServer:
      // A backup restores only into the same version (`docs/SEPM.md`, "Backups").
      ActionTraits(
        target: .server, effect: .observable, undoing: .never, channel: .operator,
        occasions: .upgrade, serverPart: .upgrade, expected: .hours(1), worst: .hours(4),
        purpose:
          "Upgrades the server, after its certificate was changed and its clients have followed. An "
          + "upgrade changes the database for good.",
        lack: "the server is not upgraded although the plan says so.",
        reason: "so that what the upgrade changed is checked as well",
        reasonOfNext: "so that two servers never change the same database at once")
    case .confirmSettings:
      ActionTraits(
        target: .site, effect: .readOnly, channel: .probe, hasEndpoint: true,
        occasions: .rotation, expected: .minutes(5), worst: .minutes(30),
        purpose: "Compares the settings with the recorded ones and prints what differs.",
        lack: "nobody compares the settings with the recorded ones.",
        reason: "so that the site is as it was before")
    case .restoreReplication:
      ActionTraits(
        target: .partnership, effect: .observable, undoing: .by(.breakReplication),
        closes: .replicationBroken, channel: .operator, isConsolesOnly: true,
        occasions: .partnership, expected: .minutes(15), worst: .hours(1),
        purpose: "Lets the sites replicate again, starting with the side whose data wins.",
        lack: "the sites stay apart for good.",
        reason: "so that a later replication can prove it")
    case .verifyReplication:
      ActionTraits(
        target: .partnership, effect: .readOnly, channel: .probe, hasEndpoint: true,
        occasions: .partnership, expected: .hours(1), worst: .hours(24),
        purpose:
          "Waits for a successful replication after the partnership was restored; an older one "
          + "proves nothing.",
        lack: "nobody checks whether the sites replicate again.",
        reason: "so that it is proven first")
    case .restoreCertificate:
      ActionTraits(
        target: .server, effect: .observable, undoing: .by(.updateCertificate),
        changesCertificate: true, channel: .operator, isConsolesOnly: true, occasions: [],
        expected: .minutes(10), worst: .minutes(30),
        purpose: "Puts back the certificate that the server had before.",
        lack: "it belongs to a retreat.",
        reason: "so that it is proven first")
    case .discardBackup:
      ActionTraits(
        target: .server, effect: .idempotent, undoing: .never, channel: .operator,
        occasions: [], expected: .minutes(10), worst: .minutes(30),
        purpose: "Deletes the backup that nobody needs any more.",
        lack: "it belongs to a retreat.",
        reason: "so that it is proven first")
    case .discardDatabaseBackup:
      ActionTraits(
        target: .site, effect: .idempotent, undoing: .never, channel: .operator,
        occasions: [], expected: .minutes(10), worst: .minutes(30),
        purpose: "Deletes the backup of the database that nobody needs any more.",
        lack: "it belongs to a retreat.",
        reason: "so that it is proven first")
    }
  }
}

extension ActionTraits {
  /// A wait: Waltz counts clients, and nobody else can.
  fileprivate static func wait(
    for kind: WaitKind, on occasions: Occasions, danger: String, purpose: String, lack: String,
    reason: String
  ) -> ActionTraits {
    ActionTraits(
      target: .site, effect: .wait, wait: kind, protection: .always(danger),
      channel: .probe, hasEndpoint: true, isObserved: true, occasions: occasions,
      purpose: purpose, lack: lack, reason: reason)
  }
}
