import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Testing

@testable import Drivers
@testable import SEPMClient

@Suite("What is recorded to be put back")
struct SettingsBaselineTests {
  private static func id(_ number: Int) throws -> SEPMID {
    let digits = String(number, radix: 16, uppercase: true)
    return try #require(SEPMID(String(repeating: "0", count: 32 - digits.count) + digits))
  }

  /// One group with a location each, given as whether it verifies and its list.
  private static func record(
    _ places: [(verifies: Bool, list: String)], heartbeat: Int = 300
  ) throws -> SettingsRecord {
    SettingsRecord(
      siteName: "Site Paris", serverTime: 1_700_000_000_000,
      domains: [.init(id: try id(1), name: "Default", purgesAfterDays: 30)],
      groups: try places.enumerated().map { number, place in
        let document = """
          {"configuration":{"communication_settings":{"sem_server":{"name":"\(place.list)","description":null},\
          "pull_mode_heartbeat_freq_in_seconds":\(heartbeat)},"odd":1.50,"general_settings":\
          {"proxy_password":"top","security_settings":{"secure_communications":\(place.verifies)}}}}
          """
        return .init(
          id: try id(100 + number), path: "My Company\\\(number)", policyDate: 1,
          locations: [
            .init(
              id: try id(200 + number), name: "Default",
              settings: try #require(try? LocationSettings(reading: Array(document.utf8))))
          ], inherits: false)
      }, partners: [], hasSettings: true)
  }

  private static func earlier(
    _ record: SettingsRecord, verification: Bool = true, lists: Bool = true
  ) -> EarlierSettings {
    EarlierSettings(
      run: "paris-1", record: record.json, hasLeftVerification: verification,
      hasLeftServerLists: lists)
  }

  private static let lists = ["Default", "Copy of Default"]

  @Test("What an earlier run left changed is taken from its record, and nothing else")
  func takenOver() throws {
    let before = try Self.record([(true, "Default"), (false, "Default"), (true, "Default")])
    // The last group is new, and the heartbeat was changed by somebody since.
    let found = try Self.record(
      Array(repeating: (false, "Copy of Default"), count: 4), heartbeat: 600)
    let baseline = SettingsBaseline(found, after: Self.earlier(before), RecordedSettings())
    let expected = try Self.record(
      [(true, "Default"), (false, "Default"), (true, "Default"), (false, "Copy of Default")],
      heartbeat: 600)
    #expect(baseline.record == expected)
    #expect(baseline.takenOver == .init(run: "paris-1", locations: 3))
    let told = baseline.evidence["takenOver"]
    #expect(told?["run"]?.string == "paris-1" && told?["locations"]?.integer == 3)
    #expect(baseline.evidence.members.first?.name == "takenOver")
  }

  @Test("What the run did not change, or put back itself, is as it is found")
  func partly() throws {
    let before = try Self.record([(true, "Default")])
    let found = try Self.record([(false, "Copy of Default")])
    for (verification, lists) in [(true, false), (false, true), (false, false)] {
      let baseline = SettingsBaseline(
        found, after: Self.earlier(before, verification: verification, lists: lists),
        RecordedSettings())
      #expect(
        baseline.record
          == (try Self.record([(verification, Self.lists[lists ? 0 : 1])])))
      #expect((baseline.takenOver == nil) == (!verification && !lists))
    }
    // All was put back by hand meanwhile.
    let back = SettingsBaseline(before, after: Self.earlier(before), RecordedSettings())
    #expect(back.record == before && back.takenOver == nil)
    #expect(back.evidence["takenOver"] == nil)
    // A record that nobody understands tells nothing.
    let odd = EarlierSettings(
      run: "paris-1", record: .null, hasLeftVerification: true, hasLeftServerLists: true)
    #expect(SettingsBaseline(found, after: odd, RecordedSettings()).record == found)
  }

  @Test("The plan may say that verification is put on everywhere")
  func on() throws {
    let found = try Self.record([(false, "Default"), (true, "Default")])
    let meant = RecordedSettings(verification: Located(.on))
    let baseline = SettingsBaseline(found, after: nil, meant)
    #expect(baseline.record == (try Self.record([(true, "Default"), (true, "Default")])))
    #expect(baseline.switchedOn == 1)
    #expect(baseline.evidence["verifyingByPlan"]?.integer == 1)
    let asFound = SettingsBaseline(
      found, after: nil, RecordedSettings(verification: Located(.asFound)))
    #expect(asFound.record == found && asFound.switchedOn == 0)
  }

  @Test("A document keeps its other bytes when a value is replaced, what is hidden included")
  func documents() throws {
    let settings = try #require(
      try Self.record([(false, "Copy of Default")]).places.first?.location.settings)
    let other = try #require(try Self.record([(true, "Default")]).places.first?.location.settings)
    let both = settings.verifying?.listed(as: other)
    #expect(both?.document == other.document)
    #expect(String(decoding: other.document, as: UTF8.self).contains("(hidden)"))
    #expect(settings.replacing(["no.such.path": "1"]) == settings)
    #expect(settings.replacing([LocationSettings.verification: "1"]) == nil)
  }
}
