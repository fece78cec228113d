import PlanModel
import PlanText
public import RotationEngine
import RotationGraph

extension SimulatedDriver {
  public func instructions(for request: StepRequest) -> [String] {
    ConsoleGuide(graph: request.graph).lines(for: request.graph.steps[request.step])
  }
}

/// What to do in SEPM's console, in the words of its menus (`docs/SEPM.md`, "The procedure").
struct ConsoleGuide {
  let graph: StepGraph

  func lines(for step: Step) -> [String] {
    switch step.target {
    case .site(let site): siteLines(step.action, graph.plan.sites[site])
    case .server(let site, let server):
      serverLines(
        step.action, graph.plan.sites[site].servers[server], of: graph.plan.sites[site])
    case .partnership(let link): partnershipLines(step.action, graph.plan.partnerships[link])
    }
  }

  private func siteLines(_ action: Action, _ site: Site) -> [String] {
    let name = site.name.value
    let console = "Log on to the console of site \(name) as a system administrator."
    switch action {
    case .recordSettings:
      return [
        console,
        "Clients ▸ each group that does not inherit ▸ Policies ▸ General settings ▸ Security Settings:"
          + " note whether secure communications are enabled.",
        "Note the management server list of every location of these groups.",
      ]
    case .switchClientsToHTTP:
      return [
        console,
        "Policies ▸ Policy Components ▸ Management Server Lists: select the list that the clients of"
          + " \(name) use; Tasks ▸ Copy the List, then Paste List.",
        "Edit the copy: choose HTTP; for each server Edit ▸ Customize HTTP port, 8014 unless you changed"
          + " it ("
          + site.servers.map(\.name.value).joined(separator: ", ") + ").",
        "Assign the copy to all groups and locations.",
      ]
    case .disableVerification:
      return [
        console,
        "Clients ▸ Policies ▸ General settings ▸ Security Settings: clear \"Enable secure communications"
          + " between the management server and clients by using digital certificates for"
          + " authentication\".",
        "Do so for every client group that does not inherit, in every domain, even where HTTPS is not used.",
      ]
    case .enableVerification:
      return [
        console,
        "Clients ▸ Policies ▸ General settings ▸ Security Settings: set \"Enable secure communications"
          + " between the management server and clients by using digital certificates for"
          + " authentication\" back to what record-settings/\(name) recorded, group by group.",
      ]
    case .switchClientsToHTTPS:
      return [
        console,
        "Policies ▸ Policy Components ▸ Management Server Lists: assign the original list (HTTPS) to all"
          + " groups and locations that had it.",
        "Delete the copy with HTTP.",
      ]
    case .renewDatabaseCertificate:
      return site.servers.map {
        "On \($0.name.value) run the Management Server Configuration Wizard again, without the recovery"
          + " file, so that SQL Server Express gets the new certificate."
      }
    case .confirmSettings:
      return [
        console,
        "Compare every group's secure communications and management server list with the record.",
      ]
    default: return ["\(action.rawValue) at site \(name)."]
    }
  }

  private func serverLines(_ action: Action, _ server: Server, of site: Site) -> [String] {
    let name = server.name.value
    let console = "Log on to the console of site \(site.name.value) as a system administrator."
    switch action {
    case .checkServer:
      return ["Check on \(name) that semsrv, semwebsrv and semapisrv run, and note the version."]
    case .backUpServer:
      return [
        "On \(name) (\(server.address.value)) run Database Back Up and Restore ▸ Back Up.",
        "Copy the newest Server Private Key Backup\\recovery_*.zip to another machine.",
      ]
    case .discardBackup: return ["Delete the backup of \(name) that this run made."]
    case .updateCertificate:
      let source = graph.plan.certificates.first { $0.name == server.certificate }
      let wizard =
        "Admin ▸ Servers ▸ \(name) ▸ Manage Server Certificate ▸ Update the server certificate: "
      return [
        console,
        wizard + (source.map { Self.files(of: $0.container) } ?? "choose the planned certificate")
          + ".",
        "The certificate is \(server.certificate?.value ?? "not named")"
          + (source?.fingerprint.map { ", \($0.value)." } ?? "."),
        "Restart nothing yet: the next step does.",
      ]
    case .restoreCertificate:
      return [
        console,
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
        "Check customised ports afterwards.",
      ]
    default: return ["\(action.rawValue) on \(name)."]
    }
  }

  private func partnershipLines(_ action: Action, _ partnership: Partnership) -> [String] {
    let names = partnership.sites.map(\.value)
    let partners = names.enumerated().map { index, name in
      (name, names[(index + 1) % names.count])
    }
    switch (action, partnership.breaking.value) {
    case (.breakReplication, .delete):
      return partners.map { site, partner in
        "On site \(site): Admin ▸ Servers ▸ Local Site ▸ Replication Partners ▸ right-click \(partner) ▸"
          + " Delete ▸ Yes; then log off."
      }
    case (.breakReplication, .suspend):
      return partners.map { site, partner in
        "On site \(site): Admin ▸ Servers ▸ Local Site ▸ Replication Partners ▸ \(partner) ▸ Edit: note the"
          + " schedule and move it out of the window."
      } + ["Replicate once now, so that both sides take the new schedule."]
    case (.restoreReplication, .delete):
      let authority = partnership.authority?.value ?? names.first ?? ""
      let other = names.first { $0 != authority } ?? ""
      return [
        "On site \(other): Admin ▸ Servers ▸ Local Site ▸ Replication Partners ▸ Add Existing Replication"
          + " Partner: a server of \(authority), port 8443, a system administrator of \(authority).",
        "The data of \(authority) wins; let the first full replication finish completely.",
      ]
    case (.restoreReplication, .suspend):
      return partners.map { site, partner in
        "On site \(site): set the schedule of \(partner) back to what was noted."
      } + ["Replicate once now as a test."]
    default: return ["\(action.rawValue) between \(names.joined(separator: " and "))."]
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
