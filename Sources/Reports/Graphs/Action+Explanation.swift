import PlanModel

extension Action {
  /// Why what comes after a step with this action waits for it.
  var reasonToWait: String {
    switch self {
    case .checkCertificate, .checkServer: "so that nothing goes on with what fails its check"
    case .recordSettings: "so that there is something to go back to"
    case .backUpServer: "so that the change can be taken back"
    case .breakReplication: "so that the change does not reach the partner's clients"
    case .switchClientsToHTTP: "so that clients stop looking at the TLS certificate first"
    case .disableVerification: "so that only clients are counted that can know of the change"
    case .awaitVerificationDisabled: "so that no client is orphaned by the new certificate"
    case .updateCertificate: "so that the services load the new certificate"
    case .restartServices: "so that the new certificate is looked for when it can be there"
    case .verifyCertificate: "so that it goes on only when the new certificate is served"
    case .renewDatabaseCertificate: "so that all changes are done before clients are waited for"
    case .awaitCertificateReceived:
      "so that clients hold the certificate that they will be asked for"
    case .enableVerification: "so that only clients are counted that can know of the change"
    case .awaitVerificationEnabled: "so that clients verify before they use HTTPS"
    case .switchClientsToHTTPS: "so that only clients are counted that can know of the change"
    case .awaitHTTPSRestored: "so that nothing of the rotation is open any more"
    case .upgradeServer: "so that two servers never change one database at once"
    case .confirmSettings: "so that the site is done and as it was"
    case .restoreReplication: "so that a later replication can prove it"
    case .verifyReplication, .restoreCertificate, .discardBackup: "so that it is proven first"
    }
  }
}
