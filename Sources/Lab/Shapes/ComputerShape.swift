import CanonicalJSON
import Estate
import PlanModel

/// A machine as a row of the list (`docs/SEPM.md`, "Computers"): the members of a real 14.3, those of a rotation with what
/// the estate knows, the others with what a healthy machine shows.
struct ComputerShape {
  let row: ClientRow
  let estate: SimulatedEstate

  /// The domain of its group.
  let domain: LabDomain

  /// Whether it is the row from before the machine was installed anew.
  let isFormer: Bool

  /// The ids that the row shows.
  var hardwareKey: String { estate.identity(ofClient: row.number, use: 0) }
  var computerID: String { estate.computerID(ofClient: row.number, isFormer: isFormer) }

  /// The version of the agent.
  var agentVersion: String {
    row.isOldAgent ? "14.2.1031.0100" : "14.3.9816.7000"
  }

  /// The address that it reports.
  var address: String {
    "10.\(row.site % 250 + 1).\(row.number / 250 % 250).\(row.number % 250 + 1)"
  }

  /// Writes the row, or the reduced one that `verbose` asks for.
  func write(to writer: inout JSONWriter, isReduced: Bool) {
    writer.object { writer in
      writer.member("computerName", row.name)
      writer.member("hardwareKey", hardwareKey)
      writer.member("uniqueId", computerID)
      writeGroup(to: &writer)
      writeContact(to: &writer)
      guard !isReduced else { return }
      writeAgent(to: &writer)
      writeMachine(to: &writer)
      writeProtection(to: &writer)
    }
  }

  private func writeGroup(to writer: inout JSONWriter) {
    let group = estate.sites[row.site].groups[row.group]
    writer.key("group")
    writer.object { writer in
      writer.member("id", group.id)
      writer.member("name", group.path)
      writer.member("fullPathName", orNull: String?.none)
      writer.member("externalReferenceId", orNull: String?.none)
      writer.member("source", orNull: String?.none)
      writer.key("domain")
      writer.summary(of: domain, estate)
    }
  }

  private func writeContact(to writer: inout JSONWriter) {
    let site = estate.sites[row.site]
    writer.member("onlineStatus", row.isOnline ? 1 : 0)
    writer.member("lastUpdateTime", row.lastUpdate)
    writer.member("creationTime", row.createdAt)
    writer.member("lastServerId", estate.serverID(row.server, at: row.site))
    writer.member("lastServerName", site.servers[row.server].name)
    writer.member("lastSiteId", estate.siteID(row.site))
    writer.member("lastSiteName", site.name)
    writer.member("lastConnectedIpAddr", address)
    writer.member(
      "profileSerialNo",
      orNull: row.profile.map {
        site.serial(ofGroup: $0.group, policyDate: $0.policyDate)
      })
    writer.member("profileVersion", orNull: row.profile.map { _ in "14.3.9816" })
    writer.member("profileChecksum", orNull: String?.none)
    writer.member("deleted", 0)
  }

  private func writeAgent(to writer: inout JSONWriter) {
    writer.member("agentId", estate.identity(ofClient: row.number, use: 2))
    writer.member("currentClientId", estate.identity(ofClient: row.number, use: 3))
    writer.member("agentVersion", agentVersion)
    writer.member("agentType", "105")
    writer.member("agentTimeStamp", row.lastUpdate + 46)
    writer.member("agentUsn", row.number + 100_000)
    writer.member("majorVersion", 14)
    writer.member("minorVersion", row.isOldAgent ? 2 : 3)
    writer.member("deploymentStatus", "302456832")
    writer.member("deploymentRunningVersion", agentVersion)
    writer.member("deploymentTargetVersion", agentVersion)
    writer.member("deploymentMessage", "")
    writer.member("deploymentPreVersion", "")
    writer.member("lastDeploymentTime", row.createdAt)
    writer.member("licenseStatus", -1)
    writer.member("licenseExpiry", 0)
    writer.member("licenseId", orNull: String?.none)
    writer.member("isGrace", 0)
    writer.member("isNpvdiClient", 0)
    writer.member("groupUpdateProvider", false)
    writer.member("rebootRequired", 0)
    writer.member("rebootReason", "")
    writer.member("pskVersion", 1)
    writer.member("publicKey", orNull: String?.none)
    writer.member("installType", "0")
    writer.member("loginDomain", "LocalComputer")
    writer.member("logonUserName", "user\(row.number)")
  }

  private func writeMachine(to writer: inout JSONWriter) {
    let isServer = row.function == .server || row.function == .domainController
    let system = isServer ? "Windows Server 2019" : "Windows 10"
    writer.member("domainOrWorkgroup", "example.net")
    writer.member("osFunction", row.function.rawValue)
    writer.member("osName", system)
    writer.member("operatingSystem", "\(system) \(isServer ? "Standard" : "Enterprise") Edition")
    writer.member("osVersion", "10.0")
    writer.member("osMajor", 10)
    writer.member("osMinor", 0)
    writer.member("osServicePack", "17763")
    writer.member("osBitness", "x64")
    writer.member("osFlavorNumber", isServer ? 7 : 72)
    writer.member("osLanguage", "en-US")
    if row.isOldAgent {
      // 14.2 repeats some members in lower case.
      writer.member("osname", system)
      writer.member("osversion", "10.0")
      writer.member("osmajor", 10)
      writer.member("osminor", 0)
    }
    for (name, value) in [
      ("ipAddresses", address), ("macAddresses", macAddress), ("gateways", "10.0.0.1"),
      ("subnetMasks", "255.255.255.0"), ("dnsServers", "10.0.0.2"), ("winServers", "0.0.0.0"),
    ] {
      writer.key(name)
      writer.array { $0.string(value) }
    }
    writer.member("dhcpServer", "10.0.0.1")
    writer.member("processorType", "Intel64 Family 6 Model 158 Stepping 9")
    writer.member("processorClock", 2_904)
    writer.member("physicalCpus", 1)
    writer.member("logicalCpus", 4)
    writer.member("memory", 8_589_934_592)
    writer.member("freeMem", 4_294_967_296)
    writer.member("diskDrive", "C:\\")
    writer.member("freeDisk", 68_719_476_736)
    writer.member("totalDiskSpace", 238_418)
    writer.member("biosVersion", "LAB - 1")
    writer.member("serialNumber", "LAB-\(row.number)")
    writer.member("uuid", computerID)
    writer.member("timeZone", -60)
    writer.member("virtualizationPlatform", "Unknown")
    writer.member("hypervisorVendorId", "0")
    writer.member("computerDescription", "")
    writer.member("computerTimeStamp", row.lastUpdate)
    writer.member("computerUsn", row.number + 200_000)
  }

  private func writeProtection(to writer: inout JSONWriter) {
    for name in [
      "apOnOff", "avEngineOnOff", "tamperOnOff", "firewallOnOff", "ptpOnOff", "daOnOff",
      "cidsDrvOnOff", "cidsBrowserIeOnOff", "cidsBrowserFfOnOff", "elamOnOff", "pepOnOff",
      "bashStatus", "contentUpdate",
    ] {
      writer.member(name, 1)
    }
    for name in [
      "infected", "lastVirusTime", "lastHeuristicThreatTime", "cidsSilentMode", "osElamStatus",
      "edrStatus", "tdadGlobalDataDownloadTime",
    ] {
      writer.member(name, 0)
    }
    writer.member("worstInfectionIdx", "9999")
    writer.member("lastScanTime", row.lastUpdate - 3_600_000)
    writer.member("lastDownloadTime", row.lastUpdate - 7_200_000)
    writer.member("avDefsetVersion", ContentShape.version)
    writer.member("avDefsetSequence", "206913")
    writer.member("avDefsetRevision", "2")
    writer.member("cidsDefsetVersion", "240610061")
    writer.member("cidsEngineVersion", "0.0.0.0")
    writer.member("behavioralAnalysisDefsetVersion", "240609001")
    writer.member("patternIdx", "CC5409F2699A5F0322A5345A4C1E9AE9")
    writer.member("tdadOnOff", 3)
    writer.member("tdadStatusId", 127)
    writer.member("vsicStatus", 3)
    writer.member("cidsDrvMulfCode", 2)
    writer.member("quarantineDesc", "Host Integrity check is disabled.")
    writer.member("tpmDevice", "0")
    for name in ["bwf", "fbwf", "uwf"] { writer.member(name, 2) }
  }

  private var macAddress: String {
    let digits = Array(hardwareKey.prefix(8))
    return "02-00-"
      + stride(from: 0, to: 8, by: 2).map { String(digits[$0...$0 + 1]) }
      .joined(separator: "-")
  }
}

extension SimulatedEstate {
  /// The id of a computer, the same on every site; the one that it had before it was installed anew is another.
  func computerID(ofClient number: Int, isFormer: Bool = false) -> String {
    identity(ofClient: number, use: isFormer ? 5 : 1)
  }

  func computerID(of entry: ListedClient, isFormer: Bool = false) -> String {
    computerID(ofClient: number(of: entry), isFormer: isFormer)
  }

  /// The ids of a site and of a server, the same on every site.
  func siteID(_ site: Int) -> String { identity(ofClient: site, use: 703) }
  func serverID(_ server: Int, at site: Int) -> String {
    identity(ofClient: site << 16 | server, use: 704)
  }
}
