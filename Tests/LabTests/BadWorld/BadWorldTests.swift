import Estate
import Lab
import PlanModel
import RotationEngine
import SEPMClient
import TestSupport
import Testing

/// Each row of the table in `docs/OPERATIONS.md`, "When the world is bad", happens in a lab.
@Suite("When the world is bad")
struct BadWorldTests {
  /// One thing that can happen.
  struct Row: Sendable, CustomTestStringConvertible {
    /// What happens, as the table says.
    let happening: String

    /// What is said while it lasts, a part of it.
    let says: String

    /// Lets it happen in a run of its own, looks what the run makes of it, and lets it pass.
    let play: @Sendable (Row) async throws -> VisitedRun

    var testDescription: String { happening }

    /// Expects that whoever looks is told.
    func expectSaid(in run: VisitedRun) async throws {
      let status = try await run.status()
      #expect(status.contains(says), "\(happening): \(status)")
    }
  }

  @Test("The run stays right, says what is wrong, and does nothing twice", arguments: rows)
  func row(_ row: Row) async throws {
    let run = try await row.play(row)
    var counts: [EstateOperation: Int] = [:]
    for deed in try run.deeds() { counts[deed, default: 0] += 1 }
    #expect(counts.values.allSatisfy { $0 == 1 }, "done twice: \(counts.filter { $0.value > 1 })")
    try await run.lab.stop()
  }

  @Test("Every row is in the document, and the document has no other")
  func document() throws {
    let text = try Repository.text("docs/OPERATIONS.md")
    let lines = text.split(separator: "\n").drop { $0 != "## When the world is bad" }
    let told = lines.filter { $0.hasPrefix("| ") }.dropFirst()
    #expect(told.count == Self.rows.count)
    for (line, row) in zip(told, Self.rows) {
      #expect(line.hasPrefix("| \(row.happening) |"), "\(line)")
      #expect(line.contains(row.says), "\(row.says) is not in: \(line)")
    }
  }

  static let rows: [Row] = [
    Row(happening: "The API is down for a day", says: "nothing listens there") { row in
      let run = try await VisitedRun()
      try await run.set(LabFault(.closedPort, detail: "api"))
      #expect(try await run.visit() == .resting(.retry))
      for _ in 0..<8 { try await run.visit(after: .hours(3)) }
      #expect(try await run.visit(after: .hours(2)) == .resting(.operator))
      try await row.expectSaid(in: run)
      #expect(try await run.state().counts.failed == 0)
      #expect(try run.deeds().isEmpty)
      try await run.clear(.closedPort)
      try await run.visit(every: .hours(2), until: .recordSettings)
      return run
    },
    Row(
      happening: "The API is down for a day while clients are waited for",
      says: "Nobody could count clients"
    ) { row in
      let run = try await VisitedRun()
      try await run.goToWait()
      try await run.set(LabFault(.closedPort, detail: "api"))
      #expect(try await run.visit(after: .hours(12)) == .resting(.clients))
      #expect(try await run.visit(after: .hours(13)) == .resting(.operator))
      try await row.expectSaid(in: run)
      try await run.clear(.closedPort)
      try await run.visit(every: .days(4), until: .awaitVerificationDisabled)
      return run
    },
    Row(
      happening: "The API comes back with another certificate", says: "the password was not sent"
    ) { row in
      let run = try await VisitedRun()
      // Somebody was faster than the run.
      _ = try await run.lab.ask(.time(speed: 600, advanceMilliseconds: nil))
      #expect(try await run.lab.act(.updateCertificate, on: VisitedRun.server).status == 0)
      #expect(try await run.lab.act(.restartServices, on: VisitedRun.server).status == 0)
      #expect(try await run.visit() == .failed)
      try await row.expectSaid(in: run)
      #expect(try await run.state().counts.failed == 1)
      // Hours change nothing, and nothing is tried.
      let events = try await run.state().lastSequence
      #expect(try await run.visit(after: .hours(5)) == .failed)
      #expect(try await run.state().steps.allSatisfy { $0.attempt <= 1 })
      #expect(try await run.state().lastSequence <= events + 2)
      return run
    },
    Row(
      happening: "The password is changed while clients are waited for",
      says: "it was not sent again"
    ) { row in
      let run = try await VisitedRun()
      try await run.goToWait()
      let password = try run.password()
      try run.changePassword(to: "of-yesterday")
      // A poll every half second.
      _ = try await run.lab.ask(.time(speed: 1_800, advanceMilliseconds: nil))
      try await run.stay {
        let before = try await run.state().lastSequence
        try await run.wait { $0.lastSequence >= before + 4 }
        try await row.expectSaid(in: run)
        try run.changePassword(to: password)
        try await run.wait { $0.waits.values.first?.inconclusiveReason == nil }
      }
      #expect(try await run.lab.refusedLogOns() == 1)
      _ = try await run.lab.ask(.time(speed: 1, advanceMilliseconds: nil))
      try await run.visit(every: .days(4), until: .awaitVerificationDisabled)
      return run
    },
    Row(happening: "The API answers 500 to every third request", says: "SEPM answers 500") { row in
      let run = try await VisitedRun()
      // At first to all.
      try await run.set(LabFault(.serverError))
      #expect(try await run.visit() == .resting(.retry))
      try await row.expectSaid(in: run)
      try await run.set(LabFault(.serverError, every: 3))
      try await run.visit(every: .minutes(10), until: .recordSettings)
      try await run.close(.switchClientsToHTTP, on: VisitedRun.site)
      try await run.visit(every: .minutes(10), until: .disableVerification)
      try await run.clear(.serverError)
      return run
    },
    Row(
      happening: "The API tells of fewer clients than yesterday",
      says: "clients were found; the plan expects 40"
    ) { row in
      let run = try await VisitedRun()
      // At the first count nobody knows better than the plan.
      try await run.set(LabFault(.fewerClients, number: 70))
      try await run.goToWait()
      try await row.expectSaid(in: run)
      try await run.clear(.fewerClients)
      try await run.visit(after: .days(5))
      let before = try #require(try await run.state().waits.values.first?.lastCount)
      #expect(before.adopted * 10 > before.counted * 9)
      // Later, who is gone without a reason is still waited for. Once a day every row is asked for.
      try await run.set(LabFault(.fewerClients, number: 70))
      try await run.visit(after: .hours(25))
      let wait = try #require(try await run.state().waits.values.first)
      let count = try #require(wait.lastCount)
      #expect(wait.inconclusiveReason == nil && wait.denominator >= wait.frozen ?? .max)
      #expect(count.adopted * 2 < before.adopted && count.counted + count.stale >= before.counted)
      try await run.visit(after: .days(4))
      try await run.visit(after: .hours(2))
      try await run.expect(.awaitVerificationDisabled, .waiting)
      try await run.clear(.fewerClients)
      try await run.visit(every: .days(2), until: .awaitVerificationDisabled)
      return run
    },
    Row(happening: "The clock of a server jumps by an hour", says: "ahead of this machine's") {
      row in
      let run = try await VisitedRun()
      func jump(_ milliseconds: Int64) async throws {
        _ = try await run.lab.ask(
          .trouble(
            EstateOperation(.setClockSkew, on: VisitedRun.site, number: milliseconds)))
      }
      try await jump(3_600_000)
      #expect(try await run.visit() == .failed)
      try await row.expectSaid(in: run)
      try await jump(0)
      try await run.ask(.retry, .checkServer)
      try await run.goToWait()
      // In the middle of a wait it is measured anew, and nobody adopts by it.
      try await run.visit(after: .hours(2))
      let before = try #require(try await run.state().waits.values.first?.lastCount)
      try await jump(3_600_000)
      try await run.visit(after: .minutes(16))
      let after = try #require(try await run.state().waits.values.first?.lastCount)
      #expect(after.counted == before.counted)
      #expect(after.adopted >= before.adopted && after.adopted < after.counted)
      try await jump(0)
      try await run.visit(every: .days(4), until: .awaitVerificationDisabled)
      return run
    },
    Row(
      happening: "The API hangs in the middle of a page",
      says: "there was no complete answer within"
    ) { row in
      let run = try await VisitedRun()
      try await run.goToWait()
      try await run.visit(after: .hours(1))
      try await run.set(LabFault(.hang, detail: "computers"))
      run.limit(answer: .seconds(2))
      try await run.visit(after: .hours(1))
      try await row.expectSaid(in: run)
      try await run.clear(.hang)
      run.unlimit()
      try await run.visit(every: .days(4), until: .awaitVerificationDisabled)
      return run
    },
    Row(
      happening: "The answer to a change is lost", says: "`switch-clients-to-http/paris`"
    ) { row in
      let run = try await VisitedRun()
      try await run.visit()
      try await row.expectSaid(in: run)
      try await run.close(.switchClientsToHTTP, on: VisitedRun.site)
      try await run.set(LabFault(.lostAnswer, detail: "settings"))
      try await run.visit()
      try await run.expect(.disableVerification, .succeeded)
      try await run.clear(.lostAnswer)
      return run
    },
    Row(
      happening: "The answer of a restart is lost", says: "was ended by signal 9"
    ) { row in
      // It restarts the services, and dies before it can say so.
      let run = try await VisitedRun(restart: ["sh", "-c", #""$@" && kill -9 $$"#, "sh"])
      try await run.goToRestart()
      #expect(try await run.visit() == .failed)
      try await row.expectSaid(in: run)
      // Whoever says "retry" without a look does no harm: the check is asked first.
      try await run.ask(.retry, .restartServices)
      try await run.visit(every: .minutes(10), until: .verifyCertificate)
      return run
    },
    Row(
      happening: "The ssh host key changed", says: "Host key verification failed"
    ) { row in
      let server = try await SSHServer()
      let run = try await VisitedRun(restart: server.client() + ["127.0.0.1"])
      try server.knowHost("other")
      try await run.goToRestart()
      #expect(try await run.visit() == .failed)
      try await row.expectSaid(in: run)
      #expect(try !run.deeds().contains { $0.verb == .restartServices })
      try server.knowHost("host")
      try await run.ask(.retry, .restartServices)
      try await run.visit(every: .minutes(10), until: .verifyCertificate)
      withExtendedLifetime(server) {}
      return run
    },
    Row(
      happening: "The machine of a command is not reached over ssh", says: "Connection refused"
    ) { row in
      let server = try await SSHServer()
      let closed = try #require(LoopbackListener(.closed))
      let settings = try server.folder.write("Port \(closed.port)\n", as: "client.conf")
      let run = try await VisitedRun(restart: server.client(settings: settings) + ["127.0.0.1"])
      try await run.goToRestart()
      #expect(try await run.visit() == .resting(.retry))
      try await row.expectSaid(in: run)
      #expect(try !run.deeds().contains { $0.verb == .restartServices })
      _ = try server.folder.write("Port \(server.port)\n", as: "client.conf")
      try await run.visit(every: .minutes(10), until: .verifyCertificate)
      withExtendedLifetime((server, closed)) {}
      return run
    },
    Row(
      happening: "The program of a command is missing", says: "Nothing was done."
    ) { row in
      let tools = try TestFolder()
      let run = try await VisitedRun(restart: [tools.path + "/restart"])
      try await run.goToRestart()
      #expect(try await run.visit() == .failed)
      try await row.expectSaid(in: run)
      #expect(try !run.deeds().contains { $0.verb == .restartServices })
      _ = try tools.write("#!/bin/sh\nexec \"$@\"\n", as: "restart")
      _ = try await tools.shell("chmod +x restart")
      try await run.ask(.retry, .restartServices)
      try await run.visit(every: .minutes(10), until: .verifyCertificate)
      return run
    },
    Row(
      happening: "The disk of the bastion is full", says: "`switch-clients-to-http/paris`"
    ) { row in
      let run = try await VisitedRun()
      try await run.visit()
      try await row.expectSaid(in: run)
      try await run.close(.switchClientsToHTTP, on: VisitedRun.site)
      try run.fillDisk(true)
      do {
        try await run.visit()
        Issue.record("the run went on without a journal")
      } catch {
        #expect("\(error)".contains("disk is full"), "\(error)")
      }
      // What was done was meant to be: its intent is recorded.
      if try run.deeds().contains(where: { $0.verb == .setVerification }) {
        try await run.expect(.disableVerification, .running)
      }
      try run.fillDisk(false)
      try await run.visit(every: .minutes(10), until: .disableVerification)
      return run
    },
  ]
}
