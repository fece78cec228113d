import CanonicalJSON
import Estate
import Lab
import PlanModel
import RotationEngine
import TestSupport
import Testing

@Suite("The listeners of a lab")
struct ListenerTests {
  /// The SHA-256 of what a port presents; nil where it is closed.
  private static func presented(
    _ lab: RunningLab, _ port: String, server: Int = 0
  ) async throws -> String? {
    let own = lab.lab.description.sites[0].servers[server]
    let number = try #require(own.ports.first { $0.name == port }?.port)
    let outcome = try await lab.folder.shell(
      "openssl s_client -connect \(own.address):\(number) </dev/null 2>/dev/null "
        + "| openssl x509 -noout -fingerprint -sha256 2>/dev/null | tr -d : | tr A-F a-f")
    guard let digest = outcome.output.split(separator: "=").last, outcome.output.contains("=")
    else { return nil }
    return "sha256:" + digest.prefix(64)
  }

  @Test("Each port presents what its service has loaded: a service that was not restarted shows")
  func loaded() async throws {
    let lab = try await RunningLab()
    let old = try await Self.presented(lab, "api")
    #expect(old != nil)
    for port in ["console", "clients", "reporting"] {
      #expect(try await Self.presented(lab, port) == old)
    }
    #expect(try await Self.presented(lab, "api", server: 1) != old)
    let updated = try await lab.act(.updateCertificate, on: "paris/par-01")
    let new = updated.result["certificate"]?.string
    #expect(new != nil && new != old)
    #expect(try await Self.presented(lab, "console") == old)
    let one = OperatorAction(.restartServices, on: "paris/par-01", service: .manager)
    async let restarted = lab.ask(.act(one, key: nil))
    while try await Self.presented(lab, "console") != nil {}
    #expect(try await Self.presented(lab, "clients") == old)
    // The console is down meanwhile: whoever needs it comes back later.
    #expect(try await lab.act(.updateCertificate, on: "paris/par-01").status == 75)
    try await lab.advance(by: .minutes(6))
    #expect(try await restarted.status == 0)
    #expect(try await Self.presented(lab, "console") == new)
    #expect(try await Self.presented(lab, "api") == old)
    try await lab.stop()
    #expect(try await Self.presented(lab, "api") == nil)
  }

  @Test("A port is opened once, however many look at it at the same time")
  func lookedAtOften() async throws {
    let lab = try await RunningLab()
    let old = try await Self.presented(lab, "api")
    for action in [Action.updateCertificate, .restoreCertificate] {
      #expect(try await lab.act(action, on: "paris/par-01").status == 0)
      async let restarted = lab.act(.restartServices, on: "paris/par-01")
      while try await Self.presented(lab, "console") != nil {}
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<32 {
          group.addTask { try await lab.advance(by: .seconds(30)) }
        }
        try await group.waitForAll()
      }
      #expect(try await restarted.status == 0)
    }
    // A listener that was left behind would take some of these.
    for port in ["console", "api"] {
      for _ in 0..<12 { #expect(try await Self.presented(lab, port) == old) }
    }
    try await lab.stop()
  }

  @Test("A service that does not come up is told as that, and comes up at the next try")
  func noStart() async throws {
    let lab = try await RunningLab()
    let trouble = EstateOperation(.failStarts, on: "paris/par-01", service: .webServer, number: 1)
    #expect(try await lab.ask(.trouble(trouble)).status == 0)
    for isUp in [false, true] {
      async let restarted = lab.act(.restartServices, on: "paris/par-01")
      while try await Self.presented(lab, "console") != nil {}
      try await lab.advance(by: .minutes(6))
      let reply = try await restarted
      #expect(reply.status == (isUp ? 0 : 1))
      #expect(reply.message?.contains("semwebsrv") == (isUp ? nil : true))
      #expect(try await (Self.presented(lab, "clients") != nil) == isUp)
      #expect(try await Self.presented(lab, "console") != nil)
    }
    try await lab.stop()
  }

  /// A lab in the folder of one that was stopped, whose hold on it ends with the last of its tasks.
  private static func startedAgain(in folder: TestFolder) async throws -> RunningLab {
    while true {
      do {
        return try await RunningLab(in: folder)
      } catch  where "\(error)".contains("Another lab uses") {
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  @Test("A lab that is started again has its ports, certificates, time and settings")
  func again() async throws {
    let folder = try TestFolder()
    let before = try await Self.before(in: folder)
    let next = try await Self.startedAgain(in: folder)
    #expect(try await next.ask(.truth).result == before.truth)
    #expect(try await next.ask(.log).result == before.log)
    #expect(next.url() == before.url)
    #expect(try await Self.presented(next, "api") == before.presented)
    #expect(try await next.ask(.fault(nil)).result["faults"]?.array?.count == 1)
    // Tokens died with the service, what was done under a key stays done.
    #expect(try await next.call("GET", "domains", token: before.token).status == 401)
    _ = try await next.act(.updateCertificate, on: "paris/par-01", key: "once")
    #expect(try await next.ask(.log).result == before.log)
    try await next.stop()
  }

  @Test("A folder belongs to one plan")
  func otherPlan() async throws {
    let folder = try TestFolder()
    _ = try await Self.before(in: folder)
    let changed = LabPlans.two(paris: 61)
    await #expect(throws: (any Error).self) { try await RunningLab(changed, in: folder) }
  }

  /// A lab to which something was done, and which was stopped.
  private static func before(
    in folder: TestFolder
  ) async throws -> (
    truth: JSONValue, log: JSONValue, url: String, presented: String?, token: String
  ) {
    let lab = try await RunningLab(in: folder)
    try await lab.advance(by: .days(3))
    let token = try await lab.logOn()
    let (id, location) = try await lab.group("My Company", token: token)
    _ = try await lab.call(
      "PATCH", "groups/\(id)/locations/\(location)/settings", token: token,
      body: verificationPatch(false))
    _ = try await lab.act(.updateCertificate, on: "paris/par-01", key: "once")
    _ = try await lab.ask(.fault(LabFault(.settingsMissing, target: "berlin")))
    let result = (
      try await lab.ask(.truth).result, try await lab.ask(.log).result, lab.url(),
      try await presented(lab, "api"), token
    )
    try await lab.stop()
    return result
  }

  @Test("Two labs do not share a folder")
  func lock() async throws {
    let lab = try await RunningLab()
    await #expect(throws: LabError.self) { try await RunningLab(in: lab.folder) }
    try await lab.stop()
  }
}
