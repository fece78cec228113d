import CanonicalJSON
import Drivers
import Foundation
import PlanModel
import RotationEngine
import TestSupport
import Testing

@Suite("Commands on another machine, over ssh")
struct CommandOverSSHTests {
  private func request(
    _ server: SSHServer, _ line: String, check: String? = nil, timeout: Duration = .days(1),
    attempt: Int = 1, port: Int? = nil
  ) -> StepRequest {
    let client = server.client(port: port) + ["{server.address}"]
    return CommandSteps.request(
      client + [line], check: check.map { client + [$0] }, timeout: timeout, address: "127.0.0.1",
      attempt: attempt)
  }

  @Test("A command and its check: done once, and seen to be done")
  func commandAndCheck() async throws {
    let server = try await SSHServer()
    let channel = CommandSteps.channel()
    let mark = server.folder.path + "/restarts"
    func step(_ attempt: Int) -> StepRequest {
      request(
        server,
        "echo restarted >> \(mark); echo '{\"step\":\"{step.id}\",\"attempt\":{step.attempt}}'",
        check: "test -e \(mark)", attempt: attempt)
    }
    guard case .notDone = await channel.observe(step(1)) else {
      Issue.record("what was not done is seen")
      return
    }
    let first = await channel.perform(step(1))
    #expect(first.failure == nil, "\(first)")
    #expect(
      first.evidence["reported"]?["step"]?.string == "restart-services/paris/sepm-par-01")
    guard case .done = await channel.observe(step(1)) else {
      Issue.record("what was done is not seen")
      return
    }
    let second = await channel.perform(step(2))
    #expect(second.evidence["foundDone"]?.bool == true)
    #expect(try server.folder.text(of: "restarts") == "restarted\n")
  }

  @Test("The exit status is the one of the other machine, and the document gets there")
  func statusAndInput() async throws {
    let server = try await SSHServer()
    let channel = CommandSteps.channel()
    let again = await channel.perform(request(server, "exit 75"))
    #expect(again.failure?.isRetryable == true)
    let document = await channel.perform(request(server, "cat"))
    #expect(document.evidence["reported"]?["run"]?.string == "emea-2026-1")
  }

  @Test("A host whose key has changed is not talked to: the step fails, its check cannot tell")
  func changedKey() async throws {
    let server = try await SSHServer()
    try server.knowHost("other")
    let mark = server.folder.path + "/done"
    let step = request(server, "touch \(mark)", check: "touch \(mark)")
    let channel = CommandSteps.channel()
    let failure = try #require(await channel.perform(step).failure)
    #expect(
      failure.message == "`ssh` ended with exit status 255: Host key verification failed.")
    #expect(!failure.isRetryable)
    #expect(failure.evidence.attached.contains("REMOTE HOST IDENTIFICATION HAS CHANGED"))
    guard case .unknown(let reason) = await channel.observe(step) else {
      Issue.record("a check that did not run tells")
      return
    }
    #expect(reason.contains("255: Host key verification failed."))
    #expect(!server.folder.holds("done"))
  }

  @Test(
    "A machine that is not reached is tried again for as long as it takes, and its check has no answer"
  )
  func unreachable() async throws {
    let closed = try #require(LoopbackListener(.closed))
    let server = try await SSHServer()
    let channel = CommandSteps.channel()
    let step = request(server, "true", check: "true", port: closed.port)
    let failure = try #require(await channel.perform(step).failure)
    #expect(failure.isPassing && failure.kind == .failed)
    #expect(failure.message.hasSuffix("Connection refused. Nothing was done."), "\(failure)")
    guard case .inconclusive(let reason) = await channel.observe(step) else {
      Issue.record("a check that did not run tells")
      return
    }
    #expect(reason.contains("Connection refused"))
    withExtendedLifetime((closed, server)) {}
  }

  @Test("Where the connection is lost, a check decides whether it was done")
  func lostConnection() async throws {
    let server = try await SSHServer()
    let channel = CommandSteps.channel()
    let mark = server.folder.path + "/done"
    // Ends the part of the server that serves this connection.
    func step(_ attempt: Int) -> StepRequest {
      request(
        server, "touch \(mark); kill -9 $PPID; sleep 60", check: "test -e \(mark)",
        attempt: attempt)
    }
    let failure = try #require(await channel.perform(step(1)).failure)
    #expect(failure.isPassing && !failure.message.contains("Nothing was done"), "\(failure)")
    #expect(await channel.perform(step(2)).evidence["foundDone"]?.bool == true)
    // Without a check nobody could tell, and a person is asked.
    let unchecked = try #require(
      await channel.perform(request(server, "kill -9 $PPID; sleep 60")).failure)
    #expect(!unchecked.isRetryable)
    // A program there that ends with the same status says something else.
    let other = try #require(
      await channel.perform(request(server, "echo no >&2; exit 255")).failure)
    #expect(!other.isRetryable)
  }

  @Test("A connection that hangs is given up at the timeout, before it and after it is made")
  func hangs() async throws {
    let silent = try #require(LoopbackListener(.silent))
    let server = try await SSHServer()
    let channel = CommandSteps.channel()
    let nobody = request(server, "true", timeout: .seconds(1), port: silent.port)
    let sleeping = request(server, "exec sleep 86400", timeout: .seconds(3))
    for step in [nobody, sleeping] {
      let failure = try #require(await channel.perform(step).failure)
      #expect(failure.kind == .timedOut && failure.isRetryable)
    }
    withExtendedLifetime((silent, server)) {}
  }

  @Test("Ten megabytes of output come through, and are kept within bounds")
  func muchOutput() async throws {
    let server = try await SSHServer()
    let answer = await CommandSteps.channel().perform(
      request(server, "yes 0123456789abcdef | head -c 10485760; echo; echo '{\"end\":1}'"))
    #expect(answer.failure == nil, "\(answer)")
    #expect(answer.evidence["reported"]?["end"]?.integer == 1)
    #expect(answer.evidence["output"]?["bytes"]?.integer ?? 0 >= 10_485_771)
    #expect(answer.evidence.attached.utf8.count < 400_000)
  }

  @Test("What a command leaves behind on the other machine keeps nobody waiting")
  func grandchildren() async throws {
    let server = try await SSHServer()
    let answer = await CommandSteps.channel().perform(
      request(server, "sleep 86400 >/dev/null 2>&1 </dev/null & echo \"{\\\"left\\\":$!}\""))
    #expect(answer.failure == nil, "\(answer)")
    let left = try #require(answer.evidence["reported"]?["left"]?.integer)
    kill(pid_t(left), SIGKILL)
  }
}
