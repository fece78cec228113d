import PlanModel
import Testing

@testable import SEPMClient

@Suite("Settings of locations")
struct SettingsTests {
  private let groupPath = "/groups/\(Samples.group)"
  private var path: String { "\(groupPath)/locations/\(Samples.location)/settings" }
  private let verification =
    "configuration.general_settings.security_settings.secure_communications"

  private func settings(_ text: String) throws(MalformedAnswer) -> LocationSettings {
    try LocationSettings(reading: Array(text.utf8))
  }

  @Test("What a rotation needs is read, and all of it is kept but what could be a password")
  func reading() async throws {
    let sepm = try await ScriptedSEPM(["GET \(path)": [.json(Samples.settings())]])
    let settings = try await sepm.client().settings(
      of: Samples.location.id, in: Samples.group.id)
    #expect(settings.verifies)
    #expect(settings.mode == "PULL")
    #expect(settings.heartbeat == 300)
    #expect(settings.serverList == "Default Management Server List for Site Paris")
    #expect(settings.downloadsProfile == true)
    #expect(settings.connects == true)
    #expect(settings["configuration.general_settings.tamper_protection.action"] == #""\"ALLOW\"""#)
    #expect(settings["lockedoptions.mode[1]"] == "false")
    #expect(settings["lockedoptions.none"] == "{}")
    #expect(settings["configuration.password_protection.password"] == LocationSettings.hidden)
    #expect(settings["configuration.password_protection.service"] == "true")
    let text = String(decoding: settings.document, as: UTF8.self)
    #expect(
      text
        == Samples.settings().replacing(#""hash-canary-51ab""#, with: LocationSettings.hidden))
    #expect(LocationSettings(document: settings.document) == settings)
    #expect(LocationSettings(document: Array("{}".utf8)) == nil)
  }

  @Test("The flag must be true or false")
  func exactness() throws {
    for wrong in ["null", "1", #""yes""#, "{}"] {
      #expect(throws: MalformedAnswer.self, "\(wrong)") {
        _ = try settings(Samples.settings(verifies: wrong))
      }
    }
    #expect(try !settings(Samples.settings(verifies: "false")).verifies)
    let deep =
      String(repeating: #"{"a":"#, count: 1_000) + "1" + String(repeating: "}", count: 1_000)
    #expect(throws: MalformedAnswer.self) { _ = try settings(deep) }
  }

  @Test("What differs is named leaf by leaf")
  func differences() throws {
    let recorded = try settings(Samples.settings())
    #expect(LocationSettings.differences(between: recorded, and: recorded).isEmpty)
    let now = try settings(
      Samples.settings(verifies: "false", mode: "PUSH")
        .replacing(#""randomization_enabled":true,"#, with: "")
        .replacing(#""lockedoptions":{"#, with: #""lockedoptions":{"new":1,"#))
    let differences = LocationSettings.differences(between: recorded, and: now)
    let group = "configuration.communication_settings"
    #expect(
      differences == [
        .init(path: "\(group).mode", recorded: #""PULL""#, now: #""PUSH""#),
        .init(path: verification, recorded: "true", now: "false"),
        .init(path: "lockedoptions.new", recorded: nil, now: "1"),
        .init(path: "\(group).randomization_enabled", recorded: "true", now: nil),
      ])
  }

  @Test("One leaf is patched and nothing else is sent")
  func patching() async throws {
    let sepm = try await ScriptedSEPM(["PATCH \(path)": [.answer(200, [], "")]])
    let client = try sepm.client()
    for isOn in [true, false] {
      try await client.setVerification(isOn, in: Samples.location.id, of: Samples.group.id)
      #expect(
        sepm.server.requests.last?.body
          == #"{"configuration":{"general_settings":{"security_settings":{"secure_communications":\#(isOn)}}}}"#
      )
    }
  }

  @Test("A 404 is looked into: no group, no location, or no such resource in this version")
  func absence() async throws {
    let group = Reply.json(
      Samples.group(Samples.group.description, path: "My Company\\\\Group1"))
    let locations = Reply.json(
      #"["Default:api/v1/locations/\#(Samples.location)","a:b/c:api/v1/locations/\#(Samples.group)"]"#
    )
    let other = Reply.json(#"["api/v1/locations/\#(Samples.group)"]"#)
    let missing: [Reply] = [
      .error(404, "HTTP 404 Not Found"), .html("<html>404</html>", status: 404),
    ]
    for reply in missing {
      let cases: [([String: [Reply]], SEPMError.Kind)] = [
        ([groupPath: [group], "\(groupPath)/locations": [locations]], .resourceAbsent),
        (
          [groupPath: [group], "\(groupPath)/locations": [other]],
          .notFound("the group has no such location")
        ),
        ([groupPath: [.error(410, "gone")]], .notFound("there is no such group")),
        (
          [groupPath: [.html("<html>404</html>", status: 404)]], .notFound("there is no such group")
        ),
      ]
      for (replies, kind) in cases {
        var script = Dictionary(uniqueKeysWithValues: replies.map { ("GET \($0)", $1) })
        script["GET \(path)"] = [reply]
        script["PATCH \(path)"] = [reply]
        let client = try await ScriptedSEPM(script).client()
        let (location, group) = (Samples.location.id, Samples.group.id)
        #expect(
          await failure { () async throws(SEPMError) in
            try await client.settings(of: location, in: group)
          } == kind)
        #expect(
          await failure { () async throws(SEPMError) in
            try await client.setVerification(true, in: location, of: group)
          } == kind)
      }
    }
    let gone = try await ScriptedSEPM(["GET \(path)": [.error(410, "no group")]])
    let client = try gone.client()
    #expect(
      await failure { () async throws(SEPMError) in
        try await client.settings(of: Samples.location.id, in: Samples.group.id)
      } == .notFound("no group"))
  }

  @Test("Locations are texts, with names that may hold anything")
  func locations() throws {
    let id = Samples.location
    #expect(
      ClientLocation("Default:api/v1/locations/\(id)")
        == ClientLocation(id: id.id, name: "Default"))
    #expect(
      ClientLocation("VPN: a/b:api/v1/locations/\(id)")
        == ClientLocation(id: id.id, name: "VPN: a/b"))
    #expect(ClientLocation("api/v1/locations/\(id)") == ClientLocation(id: id.id, name: ""))
    for wrong in ["", "Default", "Default:api/v1/locations/", "Default:api/v1/groups/\(id)"] {
      #expect(ClientLocation(wrong) == nil, "\(wrong)")
    }
  }
}
