@testable import SEPMClient

/// Answers as real servers give them, shortened where a member matters to nobody.
enum Samples {
  /// An id, as text and as value.
  struct Name: CustomStringConvertible, Sendable {
    let description: String

    var id: SEPMID { SEPMID(description) ?? .init(zero: ()) }
  }

  static let group = Name(description: "E5E684A60A3208010F6C3B8E3A6F1D2B")
  static let location = Name(description: "8E3C1A2B0A3208011D2B3C4D5E6F7A8B")

  /// A page, with the members of a real one.
  static func page(
    _ elements: [String], number: Int, size: Int, total: Int, isLast: Bool
  ) -> String {
    """
    {"content":[\(elements.joined(separator: ","))],"sort":[{"direction":"ASC","property":"NAME",\
    "ascending":true}],"number":\(number),"size":\(size),"numberOfElements":\(elements.count),\
    "totalElements":\(total),"totalPages":\((total + size - 1) / size),"lastPage":\(isLast),\
    "firstPage":\(number == 0)}
    """
  }

  /// A group as a list has it.
  static func group(
    _ id: String, path: String, date: String = "1556542282626", inherits: Bool = false
  ) -> String {
    """
    {"id":"\(id)","name":"\(path.split(separator: "\\\\").last ?? "")","description":"",\
    "fullPathName":"\(path)","numberOfPhysicalComputers":12,"numberOfRegisteredUsers":0,\
    "createdBy":"AF3C39A10A320801000000DBF200C60A\(String(repeating: " ", count: 96))",\
    "created":1360247301316,"lastModified":1360247301316,\
    "policySerialNumber":"\(id.prefix(4))-04/29/2019 12:51:22 626","policyDate":\(date),\
    "customIpsNumber":"","domain":{"id":"AEC1B14F0A3208010F6C3B8E3A6F1D2B","name":"Default"},\
    "policyInheritanceEnabled":\(inherits)}
    """
  }

  /// A computer of 14.3, with members that nobody needs, null ones and one of 14.2's in lower case.
  static func computer(
    _ id: String, name: String = "WS-0001", serial: String = #""E5E6-08/21/2024 12:38:31 900""#,
    more: String = ""
  ) -> String {
    """
    {"group":{"id":"\(group)","name":"My Company\\\\Group1","description":null,"fullPathName":null,\
    "domain":{"id":"AEC1B14F0A3208010F6C3B8E3A6F1D2B","name":"Default"},"policyDate":null},\
    "ipAddresses":["10.0.0.7","FE80::1"],"macAddresses":["00-50-56-00-00-07"],"gateways":[],\
    "dnsServers":null,"winServers":[],"subnetMasks":[],"agentId":"B7A1","uniqueId":"\(id)",\
    "hardwareKey":"0123456789ABCDEF0123456789ABCDEF","computerName":"\(name)",\
    "domainOrWorkgroup":"corp.example.com","operatingSystem":"Windows 11","osFunction":"Workstation",\
    "osfunction":"workstation","osmajor":10,"osMajor":10,"osname":"Windows","osName":"Windows",\
    "agentVersion":"14.3.9717.7000","profileVersion":"14.3.25029","profileSerialNo":\(serial),\
    "profileChecksum":null,"onlineStatus":1,"lastUpdateTime":1724243911900,"agentTimeStamp":1724243911900,\
    "creationTime":1690000000000,"lastServerId":"0A32080189C4D6C71A2B3C4D5E6F7A8B",\
    "lastServerName":"SEPM-PAR-01","lastSiteId":"57E9A1B20A3208011A2B3C4D5E6F7A8B",\
    "lastSiteName":"Site Paris","deleted":0,"isNpvdiClient":0,"agentType":"105","freeMem":1.5e9,\
    "behavioralAnalysisDefsetVersion":"","quarantineStatus":null\(more)}
    """
  }

  /// Settings of a location, with a password and an enumeration that no document may be sent back with.
  static func settings(verifies: String = "true", mode: String = "PULL") -> String {
    """
    {"configuration":{"communication_settings":{"mode":"\(mode)","pull_mode_heartbeat_freq_in_seconds":300,\
    "randomization_enabled":true,"randomization_range":300,"sem_server":{"name":"Default Management Server List \
    for Site Paris","description":null},"connect_to_server":true,"download_profile":true},\
    "general_settings":{"restart":{"options":[]},"security_settings":{"stopped_mode":"ALLOW",\
    "secure_communications":\(verifies)},"tamper_protection":{"enabled":true,"action":"\\"ALLOW\\""}},\
    "password_protection":{"password":"hash-canary-51ab","user_interface":false,"service":true},\
    "external_communication_settings":{"proxy":{"https":{"user":"p","password":""}}}},\
    "lockedoptions":{"mode":[true,false],"none":{}}}
    """
  }
}

extension SEPMID {
  fileprivate init(zero: Void) {
    guard let id = SEPMID(String(repeating: "0", count: 32)) else { preconditionFailure("no id") }
    self = id
  }
}
