import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("The commands of a lab")
struct LabCommandTests {
  @Test(
    "A lab says where it is, does what it is asked for once, tells it, and goes on after an interrupt"
  )
  func tour() async throws {
    let desk = try Desk()
    let lab = try await ServedLab(desk)
    #expect(lab.description["formatVersion"]?.string == "1.0")
    let server = lab.description["sites"]?["paris"]?["servers"]?["sepm-par-01"]
    #expect(server?["ports"]?.object?.map(\.name) == ["console", "clients", "reporting", "api"])
    let api = try #require(lab.description["sites"]?["paris"]?["api"]?.string)
    let version = try await desk.shell("curl -sS --cacert lab/ca.pem \(api)/sepm/api/v1/version")
    #expect(version.output.contains(#""API_VERSION":"14.3"#), "\(version)")

    let key = ["WALTZ_IDEMPOTENCY_KEY": "one"]
    let update = ["lab", "act", "update-certificate", "paris/sepm-par-01", "--state", "lab"]
    let first = try await desk.waltz(update, environment: key)
    #expect(first.status == 0)
    let fingerprint = try #require(try first.json()["certificate"]?.string)
    #expect(try await desk.waltz(update, environment: key).status == 0)
    let check = [
      "lab", "act", "--check", "restart-services", "paris/sepm-par-01", "--state", "lab",
    ]
    let since = ["--since", "2026-01-05T08:00:00Z"]
    #expect(try await desk.waltz(check + since).status == 1)
    let restart = try await desk.waltz(
      "lab", "act", "restart-services", "paris/sepm-par-01", "--state", "lab")
    #expect(restart.status == 0, "\(restart)")
    #expect(try await desk.waltz(check + since).status == 0)
    #expect(
      try await desk.waltz("lab", "act", "upgrade-server", "nobody", "--state", "lab").status == 1)

    let truth = try await desk.waltz("lab", "truth", "--state", "lab").json()
    let loaded = truth["sites"]?["paris"]?["servers"]?["sepm-par-01"]?["semapisrv"]?["certificate"]
    #expect(loaded?.string == fingerprint)
    let log = try await desk.waltz("lab", "log", "--state", "lab").json()
    #expect(log["entries"]?.array?.count == 2)
    let fault = try await desk.waltz(
      "lab", "fault", "throttle", "paris", "--number", "3", "--state", "lab")
    #expect(try fault.json()["faults"]?.array?.count == 1)
    let before = try await desk.waltz("lab", "time", "--advance", "7d", "--state", "lab").json()
    #expect(await lab.interrupt() == 0)

    #expect(try await desk.waltz("lab", "truth", "--state", "lab").status == 3)
    let next = try await ServedLab(desk)
    #expect(next.description == lab.description)
    let after = try await desk.waltz("lab", "time", "--state", "lab").json()
    let (one, other) = (before["now"]?.string ?? "z", after["now"]?.string ?? "")
    #expect(one < other && other.prefix(10) == one.prefix(10))
    #expect(
      try await desk.waltz("lab", "log", "--state", "lab").json()["entries"]?.array?.count == 3)
    #expect(await next.interrupt() == 0)
  }

  @Test("The overlay of a lab fits its plan, and what it serves is what the plan expects")
  func overlay() async throws {
    let desk = try Desk()
    let lab = try await ServedLab(desk)
    let validation = try await desk.waltz(
      "plan", "validate", "quickstart.yaml", "--overlay", "lab/overlay.yaml", "--format", "json")
    #expect(validation.status == 0, "\(validation)")
    #expect(try validation.json()["errorCount"]?.integer == 0)
    let show = try await desk.waltz(
      "plan", "show", "quickstart.yaml", "--overlay", "lab/overlay.yaml", "--format", "json")
    let steps = try show.json()["steps"]?.array ?? []
    let channels = Set(
      steps.filter { $0["action"]?.string == "update-certificate" }
        .compactMap { $0["channel"]?.string })
    #expect(channels == ["command"])
    #expect(
      steps.contains {
        $0["action"]?.string == "disable-verification" && $0["channel"]?.string == "api"
      })
    // Nobody but the owner can use it.
    let attributes = try FileManager.default.attributesOfItem(atPath: desk.folder + "/lab/control")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(await lab.interrupt() == 0)
  }

  @Test("What is wrong with the arguments of a lab is said")
  func arguments() async throws {
    let desk = try Desk()
    for wrong in [
      ["act", "no-such-action", "paris"], ["act", "update-certificate"],
      ["time", "--advance", "x"],
      ["time", "--speed", "-1"], ["fault", "no-such-fault"], ["fault", "no-start"],
    ] {
      #expect(try await desk.waltz(["lab"] + wrong).status == 2, "\(wrong)")
    }
    let nobody = try await desk.waltz("lab", "truth", "--state", "nowhere")
    #expect(nobody.status == 3 && nobody.errors.contains("No lab answers"))
  }
}
