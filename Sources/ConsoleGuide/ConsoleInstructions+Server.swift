import PlanModel
import PlanText

extension ConsoleInstructions {
  /// What is done to one server: certificates, services, backups, upgrades.
  func serverLines(_ action: Action, _ server: Server, of site: Site) -> [String] {
    let name = server.name.value
    switch action {
    case .backUpServer:
      return [
        "On \(name) (\(server.address.value)) run Database Back Up and Restore ▸ Back Up.",
        "Copy the newest Server Private Key Backup\\recovery_*.zip to another machine.",
      ]
    case .keepRecoveryFile:
      return [
        "Copy the newest Server Private Key Backup\\recovery_*.zip of \(name) (\(server.address.value)) to "
          + "another machine: the update of the certificate wrote it."
      ]
    case .discardBackup: return ["Delete the backup of \(name) that this run made."]
    case .updateCertificate:
      let source = plan.certificates.first { $0.name == server.certificate }
      let wizard =
        "Admin ▸ Servers ▸ \(name) ▸ Manage Server Certificate ▸ Update the server certificate: "
      return [
        logOn(to: site),
        wizard + (source.map { Self.files(of: $0.container) } ?? "choose the planned certificate")
          + ".",
        "The certificate is \(server.certificate?.value ?? "not named")"
          + (source?.fingerprint.map { ", \($0.value)." } ?? "."),
        "Do not restart anything yet: the next step does that.",
      ]
    case .restoreCertificate:
      return [
        logOn(to: site),
        "Admin ▸ Servers ▸ \(name) ▸ Manage Server Certificate ▸ Update the server certificate: choose the"
          + " JKS keystore of the recovery file that was backed up before.",
      ]
    case .restartServices:
      return [
        "On \(name) (\(server.address.value)) restart Symantec Endpoint Protection Manager (semsrv).",
        "Restart Symantec Endpoint Protection Manager Webserver (semwebsrv).",
        "Restart Symantec Endpoint Protection Manager API Service (semapisrv).",
      ]
    case .upgradeServer:
      return [
        "Stop the services of the other servers of site \(site.name.value).",
        "On \(name) run the installer of version \(server.upgrade?.value.description ?? "the new release")"
          + " and let the upgrade wizard finish.",
        "Afterwards check the ports that were customised.",
      ]
    default: return ["\(action.rawValue) on \(name)."]
    }
  }

  private static func files(of container: CertificateSource.Container) -> String {
    switch container {
    case .pkcs12(let file): "PKCS#12 keystore, \(file.value)"
    case .jks(let file): "JKS keystore, \(file.value)"
    case .pem(let certificate, let key), .der(let certificate, let key):
      "certificate and private key, \(certificate.value) and \(key.value)"
    }
  }
}
