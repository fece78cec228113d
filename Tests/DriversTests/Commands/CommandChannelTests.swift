import CanonicalJSON
import Drivers
import Foundation
import PlanModel
import RotationEngine
import RotationGraph
import TestSupport
import Testing

@Suite("Commands as programs")
struct CommandChannelTests {
  private func shell(_ line: String) -> [String] { ["sh", "-c", line] }

  @Test("A status of 0 is done, with what the program says of itself and all that it printed")
  func done() async throws {
    let answer = await CommandSteps.channel().perform(
      CommandSteps.request(
        shell("echo working; echo '{\"services\":[\"semsrv\"],\"n\":3}'; echo trouble >&2")))
    guard case .succeeded(let evidence) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(evidence["reported"]?["services"]?.array == [.string("semsrv")])
    #expect(evidence["reported"]?["n"]?.integer == 3)
    let attachment = try #require(evidence.attachments.first)
    #expect(evidence["output"]?["attachment"]?.string == attachment.digest)
    #expect(evidence.attached.contains("working\n"))
    #expect(evidence.attached.contains("trouble\n"))
    #expect(evidence["output"]?["bytesLeftOut"]?.integer == 0)
    #expect(!evidence.isConfirmation)
  }

  @Test(
    "Any other status is a failure, and 75 one that is tried again",
    arguments: [(1, false), (2, false), (74, false), (75, true), (76, false), (255, false)])
  func statuses(status: Int, isRetryable: Bool) async throws {
    let answer = await CommandSteps.channel().perform(
      CommandSteps.request(shell("echo one; echo 'the disk is full.' >&2; exit \(status)")))
    let failure = try #require(answer.failure)
    #expect(failure.kind == .failed)
    #expect(failure.isRetryable == isRetryable)
    #expect(
      failure.message.contains("\(status)") && failure.message.hasSuffix(": the disk is full."))
    #expect(failure.evidence["exitStatus"]?.integer == Int64(status))
    #expect(failure.evidence.attached.contains("the disk is full."))
  }

  @Test("A program that a signal ends has failed")
  func signalled() async throws {
    let answer = await CommandSteps.channel().perform(CommandSteps.request(shell("kill -9 $$")))
    let failure = try #require(answer.failure)
    #expect(failure.kind == .failed && !failure.isRetryable)
    #expect(failure.message == "`sh` was ended by signal 9.")
  }

  @Test(
    "What cannot be started says so, and the command has not run when only its check is missing")
  func missing() async throws {
    let folder = try TestFolder()
    let plain = try folder.write("#!/bin/sh\n", as: "plain")
    let cases: [([String], [String]?, String)] = [
      (
        ["no-such-program"], nil,
        "The program `no-such-program` is not in the PATH of this machine."
      ),
      (["bin/tool"], nil, "There is no program `bin/tool`."),
      ([plain], nil, "The program `\(plain)` cannot be executed."),
      ([folder.path], nil, "The program `\(folder.path)` cannot be executed."),
      (
        ["touch", "done"], ["no-such-check"],
        "The program `no-such-check` is not in the PATH of this machine."
      ),
    ]
    for (command, check, message) in cases {
      let answer = await CommandSteps.channel(in: folder.path).perform(
        CommandSteps.request(command, check: check))
      let failure = try #require(answer.failure)
      #expect(failure.message == message + " Nothing was done.")
      #expect(!failure.isRetryable && failure.help != nil)
    }
    #expect(!folder.holds("done"))
    let script = try folder.write("#!/no/such/interpreter\n", as: "script")
    #expect(chmod(script, 0o755) == 0)
    let answer = await CommandSteps.channel(in: folder.path).perform(
      CommandSteps.request(["./script"]))
    #expect(try #require(answer.failure).message.hasSuffix("Nothing was done."))
  }

  @Test(
    "A program is looked for in the PATH, a path begins in the plan's folder, and so does the program"
  )
  func places() async throws {
    let folder = try TestFolder()
    let script = try folder.write("#!/bin/sh\npwd\n", as: "tool")
    #expect(chmod(script, 0o755) == 0)
    for command in [["./tool"], [script], ["tool"]] {
      let channel = CommandSteps.channel(
        in: folder.path, variables: ["PATH": "relative:\(folder.path):/bin"])
      let answer = await channel.perform(CommandSteps.request(command))
      let real = try await folder.shell("pwd -P").output
      #expect(answer.evidence.attached.contains(real), "\(command) \(answer)")
    }
  }

  @Test("The program gets the step's variables, a few of this process, and no others")
  func environment() async throws {
    let answer = await CommandSteps.channel(
      variables: [
        "PARIS_P12_PASSWORD": "canary-in-a-variable", "SSH_AUTH_SOCK": "/agent", "TZ": "UTC",
        "LD_PRELOAD": "", "WALTZ_STATE": "/state",
      ]
    ).perform(CommandSteps.request(["env"], attempt: 3))
    let lines = answer.evidence.attached.split(separator: "\n").filter { $0.contains("=") }
    #expect(
      Set(lines) == [
        "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nowhere", "LANG=C.UTF-8", "TZ=UTC",
        "SSH_AUTH_SOCK=/agent", "WALTZ_RUN=emea-2026-1",
        "WALTZ_STEP=restart-services/paris/sepm-par-01", "WALTZ_ATTEMPT=3",
        "WALTZ_IDEMPOTENCY_KEY=emea-2026-1/restart-services/paris/sepm-par-01",
      ])
  }

  @Test("Standard input has one line of JSON that says what is asked for, and then ends")
  func document() async throws {
    let answer = await CommandSteps.channel().perform(CommandSteps.request(["cat"]))
    let reported = try #require(answer.evidence["reported"])
    #expect(reported["formatVersion"]?.string == "1.0")
    #expect(reported["purpose"]?.string == "perform")
    #expect(reported["run"]?.string == "emea-2026-1")
    #expect(reported["step"]?.string == "restart-services/paris/sepm-par-01")
    #expect(reported["server"]?["address"]?.string == "sepm-par-01.example.net")
    #expect(reported["server"]?["ports"]?["clients"]?.integer == 443)
    #expect(reported["certificate"]?["fingerprint"]?.string == CommandSteps.fingerprint)
    #expect(reported["addresses"]?.array == [.string("sepm-par-01.example.net")])
    #expect(reported["partnership"] == .null)
  }

  @Test("A program need not read what it is told")
  func unread() async {
    for _ in 0..<20 {
      let answer = await CommandSteps.channel().perform(CommandSteps.request(["true"]))
      #expect(answer.failure == nil)
    }
  }

  @Test("Arguments reach the program as they are: no shell looks at them")
  func arguments() async {
    let answer = await CommandSteps.channel().perform(
      CommandSteps.request([
        "printf", "[%s]", "{server.address}", "$HOME", "a b", "`id`", "{x}", "{{",
      ]))
    #expect(
      answer.evidence.attached.contains("[sepm-par-01.example.net][$HOME][a b][`id`][{x}][{{]"))
  }

  @Test(
    "A check tells: 0 is done, 1 is not, anything else is unknown",
    arguments: [0, 1, 2, 75, 255])
  func check(status: Int) async {
    let finding = await CommandSteps.channel().observe(
      CommandSteps.request(["false"], check: shell("echo 'looked'; exit \(status)")))
    switch (status, finding) {
    case (0, .done(let evidence)): #expect(evidence.attached.contains("looked"))
    case (1, .notDone(let reason)): #expect(reason.hasSuffix(": looked."))
    case (2..., .unknown(let reason)): #expect(reason.contains("exit status \(status): looked."))
    default: Issue.record("\(status): \(finding)")
    }
  }

  @Test("Without a check, or with one that cannot run, nothing can tell")
  func noCheck() async {
    for check in [nil, ["no-such-check"], ["sh", "-c", "kill -9 $$"]] {
      let finding = await CommandSteps.channel().observe(
        CommandSteps.request(["true"], check: check))
      guard case .unknown = finding else {
        Issue.record("\(finding)")
        return
      }
    }
    let hanging = CommandSteps.request(
      ["true"], check: ["sleep", "86400"], timeout: .milliseconds(300))
    guard case .unknown(let reason) = await CommandSteps.channel().observe(hanging) else {
      Issue.record("a check that hangs tells")
      return
    }
    #expect(reason.contains("was killed"))
  }

  @Test("A later attempt looks first, for what any earlier one may have done")
  func laterAttempts() async throws {
    let folder = try TestFolder()
    let since = Instant(milliseconds: 1_767_500_000_000)
    func attempt(_ number: Int, checkEndsWith status: Int) async -> StepAnswer {
      await CommandSteps.channel(in: folder.path).perform(
        CommandSteps.request(
          ["touch", "acted"],
          check: [
            "sh", "-c", "echo \"{\\\"since\\\":\\\"$0\\\"}\"; exit \(status)", "{step.startedAt}",
          ],
          attempt: number, since: since))
    }
    let first = await attempt(1, checkEndsWith: 0)
    #expect(folder.holds("acted") && first.evidence["foundDone"] == nil)
    #expect(unlink("\(folder.path)/acted") == 0)
    let second = await attempt(2, checkEndsWith: 0)
    #expect(!folder.holds("acted"))
    #expect(second.evidence["foundDone"]?.bool == true)
    #expect(second.evidence["reported"]?["since"]?.string == since.description)
    for status in [1, 2] {
      _ = await attempt(2, checkEndsWith: status)
      #expect(folder.holds("acted"))
      #expect(unlink("\(folder.path)/acted") == 0)
    }
  }

  @Test("How long an attempt may take counts its look, and ending what hangs")
  func timeLimits() {
    let channel = CommandSteps.channel()
    let plain = CommandSteps.request(["true"], timeout: .minutes(15))
    let looking = CommandSteps.request(["true"], check: ["true"], timeout: .minutes(15), attempt: 2)
    #expect(channel.timeLimit(of: plain) == .minutes(15) + .seconds(10))
    #expect(channel.timeLimit(of: looking) == .minutes(30) + .seconds(20))
  }

  @Test("Of much output the beginning and the end are kept, and how much is missing is said")
  func muchOutput() async throws {
    let answer = await CommandSteps.channel().perform(
      CommandSteps.request(
        shell("echo first; yes 0123456789abcdef | head -c 10485760; echo; echo '{\"last\":true}'")))
    let evidence = answer.evidence
    #expect(evidence["reported"]?["last"]?.bool == true)
    let bytes = try #require(evidence["output"]?["bytes"]?.integer)
    let leftOut = try #require(evidence["output"]?["bytesLeftOut"]?.integer)
    #expect(bytes == 10_485_760 + 6 + 1 + 14)
    let text = evidence.attached
    #expect(leftOut > 10_000_000 && text.utf8.count < 400_000)
    #expect(text.contains("standard output, \(bytes) bytes\nfirst\n"))
    #expect(text.contains("[\(leftOut) bytes are left out here]"))
  }
}
