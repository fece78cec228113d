import PlanModel
import PlanText

extension ConsoleInstructions {
  /// What is done to a whole site: settings, management server lists, the database.
  func siteLines(_ action: Action, _ site: Site) -> [String] {
    let name = site.name.value
    switch action {
    case .recordSettings:
      return [
        logOn(to: site),
        "Clients ▸ each group that does not inherit ▸ Policies ▸ General settings ▸ Security Settings:"
          + " note whether secure communications are enabled.",
        "Note the management server list of every location of these groups.",
      ]
    case .switchClientsToHTTP:
      return [
        logOn(to: site),
        "Policies ▸ Policy Components ▸ Management Server Lists: select the list that the clients of"
          + " \(name) use; Tasks ▸ Copy the List, then Paste List.",
        "Edit the copy: choose HTTP; for each server Edit ▸ Customize HTTP port, 8014 unless you changed"
          + " it ("
          + site.servers.map(\.name.value).joined(separator: ", ") + ").",
        "Assign the copy to all groups and locations.",
      ]
    case .disableVerification:
      return [
        logOn(to: site),
        "Clients ▸ Policies ▸ General settings ▸ Security Settings: clear \"Enable secure communications"
          + " between the management server and clients by using digital certificates for"
          + " authentication\".",
        "Do this for every client group that does not inherit, in every domain, even where HTTPS "
          + "is not used.",
      ]
    case .enableVerification:
      return [
        logOn(to: site),
        "Clients ▸ Policies ▸ General settings ▸ Security Settings: set \"Enable secure communications"
          + " between the management server and clients by using digital certificates for"
          + " authentication\" back to what record-settings/\(name) recorded, group by group.",
      ]
    case .switchClientsToHTTPS:
      return [
        logOn(to: site),
        "Policies ▸ Policy Components ▸ Management Server Lists: assign the original list (HTTPS) to all"
          + " groups and locations that had it.",
        "Delete the copy with HTTP.",
      ]
    case .renewDatabaseCertificate:
      return site.servers.map {
        "On \($0.name.value) run the Management Server Configuration Wizard again, without the recovery"
          + " file, so that SQL Server Express gets the new certificate."
      }
    case .backUpDatabase:
      return [
        "On a server of site \(name) run Database Back Up and Restore ▸ Back Up, and copy the backup to "
          + "another machine: the upgrade that comes next cannot be taken back."
      ]
    case .discardDatabaseBackup:
      return ["Delete the backup of the database of site \(name) that was made for the upgrade."]
    case .confirmSettings:
      return [
        logOn(to: site),
        "Compare every group's secure communications and management server list with the record.",
      ]
    default: return ["\(action.rawValue) at site \(name)."]
    }
  }
}
