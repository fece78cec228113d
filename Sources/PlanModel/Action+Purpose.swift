extension Action {
  /// Why a rotation has a step with this action (`docs/SEPM.md`, "The procedure").
  public var purpose: String {
    switch self {
    case .checkCertificate:
      "Looks at the new certificate before anything is changed: an RSA key that fits, a chain, and a "
        + "validity that outlives the rotation."
    case .checkServer:
      "Looks at the server before anything is changed: it answers, its version is the one the plan "
        + "knows, and its clients allow the method."
    case .recordSettings:
      "Records the communication settings of every group and location, so that they are set back to what "
        + "they were and not to what someone remembers."
    case .backUpServer:
      "Copies the server's recovery file and database to another machine; without them a failed rotation "
        + "cannot be taken back."
    case .breakReplication:
      "Stops replication, because it would carry management server lists and certificates that are only "
        + "half changed to the partner's clients."
    case .switchClientsToHTTP:
      "Gives all groups and locations a copy of the management server list that uses HTTP, so that no "
        + "client loses the server when its TLS certificate changes."
    case .disableVerification:
      "Switches secure communication off for every group, so that clients accept policies that are signed "
        + "with a certificate they do not know yet."
    case .awaitVerificationDisabled:
      "Waits until clients have the policy that switches verification off. A client that misses it is "
        + "orphaned by the update and needs a communication update package by hand."
    case .updateCertificate:
      "Installs the new certificate with SEPM's certificate wizard, before any upgrade of the server."
    case .restartServices:
      "Restarts the manager, web server and API services: each loads the certificate only when it starts."
    case .verifyCertificate:
      "Compares the certificate on every TLS port of the server with the one in the plan; a port with "
        + "the old one is a service that was not restarted."
    case .renewDatabaseCertificate:
      "Runs the configuration wizard again, since SQL Express has a certificate coupled to the server's; "
        + "when that expires nobody can log on to the console."
    case .awaitCertificateReceived:
      "Waits until clients have checked in with the changed server and received its certificate. The "
        + "vendor's table does not show this wait; enabling verification before it orphans clients "
        + "silently."
    case .enableVerification:
      "Sets secure communication back to what was recorded, in the same groups in which it was switched "
        + "off."
    case .awaitVerificationEnabled:
      "Waits until clients verify the server again before they are sent back to HTTPS."
    case .switchClientsToHTTPS:
      "Puts the original management server list, with HTTPS, back on all groups and locations."
    case .awaitHTTPSRestored:
      "Waits until clients use HTTPS again, so that the site is as it was before it is left alone."
    case .upgradeServer:
      "Upgrades the server, after its certificate was changed and its clients have followed. An upgrade "
        + "changes the database for good."
    case .confirmSettings:
      "Compares the settings with the recorded ones and prints what differs."
    case .restoreReplication:
      "Lets the sites replicate again, from the side whose data wins."
    case .verifyReplication:
      "Waits for a successful replication that is later than the restoring; an older one proves nothing."
    case .restoreCertificate: "Puts the certificate back that the server had before."
    case .discardBackup: "Removes the back-up that nobody needs any more."
    }
  }
}
