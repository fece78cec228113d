import CanonicalJSON
import RotationEngine
import Testing

@testable import Drivers
@testable import SEPMClient

@Suite("The record of settings")
struct SettingsRecordTests {
  private static func id(_ number: Int) throws -> SEPMID {
    let digits = String(number, radix: 16, uppercase: true)
    return try #require(SEPMID(String(repeating: "0", count: 32 - digits.count) + digits))
  }

  private static func location(
    _ number: Int, verifies: Bool = true, downloads: Bool = true
  ) throws -> SettingsRecord.Location {
    let document = """
      {"configuration":{"communication_settings":{"mode":"PULL","download_profile":\(downloads),\
      "sem_server":{"name":"Default Management Server List"}},"general_settings":\
      {"security_settings":{"secure_communications":\(verifies)},"odd":1.50,"text":"\\"ALLOW\\""}}}
      """
    return .init(
      id: try id(number), name: "Default",
      settings: try #require(LocationSettings(document: Array(document.utf8))))
  }

  private static func record() throws -> SettingsRecord {
    SettingsRecord(
      siteName: "Site Paris", serverTime: 1_700_000_000_000,
      domains: [.init(id: try id(1), name: "Default", purgesAfterDays: 30)],
      groups: [
        .init(
          id: try id(2), path: "My Company", policyDate: 1_600_000_000_000,
          locations: [try location(10)], inherits: false),
        .init(
          id: try id(3), path: "My Company\\Lab", policyDate: nil,
          locations: [try location(11, verifies: false, downloads: false)], inherits: false),
        .init(
          id: try id(4), path: "My Company\\Lab\\Deep", policyDate: nil, locations: [],
          inherits: true),
        .init(
          id: try id(5), path: "My Company\\Laboratory", policyDate: nil, locations: [],
          inherits: true),
      ], partners: ["Site Berlin"], hasSettings: true)
  }

  @Test("It comes back from its document as it was, SEPM's own bytes included")
  func roundTrip() throws {
    let record = try Self.record()
    #expect(SettingsRecord(record.json) == record)
    let attachment = Attachment(document: record.json)
    #expect(SettingsRecord(try JSONValue(parsing: attachment.bytes)) == record)
    #expect(
      String(decoding: record.groups[0].locations[0].settings.document, as: UTF8.self)
        .contains("1.50"))
  }

  @Test("A record that lacks a part is none: what it lacks would never be put back")
  func damaged() throws {
    guard case .object(let members) = try Self.record().json else { return }
    for index in members.indices where !["site", "formatVersion"].contains(members[index].name) {
      var left = members
      left.remove(at: index)
      #expect(SettingsRecord(.object(left)) == nil, "without \(members[index].name)")
    }
    let broken = members.map { member -> JSONValue.Member in
      guard member.name == "groups", case .array(var groups) = member.value else { return member }
      groups[0] = .object([.init("id", .string("no id"))])
      return .init("groups", .array(groups))
    }
    #expect(SettingsRecord(.object(broken)) == nil)
  }

  @Test("Groups whose clients can never adopt are known, with those that follow them")
  func deafGroups() throws {
    #expect(try Self.record().deafGroups == [try Self.id(3), try Self.id(4)])
    #expect(try Self.record().purgesAfter == 30 * 86_400_000)
  }

  @Test("Markers come back from their document as they were")
  func markers() throws {
    let markers = GroupMarkers(times: [try Self.id(2): 5, try Self.id(3): 7], changedAt: 9)
    #expect(GroupMarkers(markers.json) == markers)
    #expect(GroupMarkers(.object([.init("changedAt", .integer(1))])) == nil)
  }
}
