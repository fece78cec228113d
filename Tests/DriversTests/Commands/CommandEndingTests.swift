import CanonicalJSON
import Drivers
import Foundation
import RotationEngine
import TestSupport
import Testing

@Suite("The end of a command that does not end")
struct CommandEndingTests {
  /// A shell that starts two more processes, one of which takes no signal but the last, says who they are, and
  /// hangs.
  private static let family =
    "trap '' TERM; sleep 86400 & a=$!; (trap - TERM; exec sleep 86400) & b=$!; echo $$ $a $b > pids.new; "
    + "mv pids.new pids; wait; wait; sleep 86400"

  private func processes(of folder: TestFolder) -> [pid_t] {
    guard folder.holds("pids"), let text = try? folder.text(of: "pids") else { return [] }
    return text.split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
  }

  private func expectEnd(of processes: [pid_t]) async {
    #expect(processes.count == 3)
    let limit = ContinuousClock.now + .seconds(600)
    for process in processes {
      while !hasEnded(process), ContinuousClock.now < limit { await Task.yield() }
      #expect(hasEnded(process), "\(process)")
    }
  }

  @Test(
    "When its time is over, everything that it started ends with it, whatever it does about signals"
  )
  func timeOut() async throws {
    // A busy machine may need longer to start a shell than there is time: then once more, more patiently.
    var limit = Duration.seconds(1)
    while limit < .seconds(600) {
      let folder = try TestFolder()
      let answer = await CommandSteps.channel(in: folder.path).perform(
        CommandSteps.request(["sh", "-c", "echo begun; \(Self.family)"], timeout: limit))
      let failure = try #require(answer.failure)
      #expect(failure.kind == .timedOut && failure.isRetryable)
      #expect(failure.message.contains("did not end within"))
      guard folder.holds("pids") else {
        limit = limit * 4
        continue
      }
      #expect(failure.evidence.attached.contains("begun"))
      return await expectEnd(of: processes(of: folder))
    }
    Issue.record("the shell never began")
  }

  @Test("When the run is stopped, everything that it started ends with it")
  func cancellation() async throws {
    let folder = try TestFolder()
    let task = Task {
      await CommandSteps.channel(in: folder.path).perform(
        CommandSteps.request(["sh", "-c", Self.family]))
    }
    while !folder.holds("pids") { try await Task.sleep(for: .milliseconds(10)) }
    task.cancel()
    let failure = try #require(await task.value.failure)
    #expect(failure.kind == .cancelled)
    await expectEnd(of: processes(of: folder))
  }

  @Test("A step that is cancelled before it begins starts nothing")
  func cancelledBefore() async throws {
    let folder = try TestFolder()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return await CommandSteps.channel(in: folder.path).perform(
        CommandSteps.request(["touch", "done"]))
    }
    task.cancel()
    #expect(await task.value.failure?.kind == .cancelled)
    #expect(!folder.holds("done"))
  }

  @Test("A check that is cancelled has said nothing")
  func cancelledCheck() async throws {
    let folder = try TestFolder()
    let task = Task {
      await CommandSteps.channel(in: folder.path).observe(
        CommandSteps.request(["true"], check: ["sh", "-c", Self.family]))
    }
    while !folder.holds("pids") { try await Task.sleep(for: .milliseconds(10)) }
    task.cancel()
    guard case .inconclusive = await task.value else {
      Issue.record("a check that was cut off has told something")
      return
    }
    await expectEnd(of: processes(of: folder))
  }

  @Test("What a program leaves behind when it ends keeps nobody waiting, and goes on")
  func background() async throws {
    let folder = try TestFolder()
    let answer = await CommandSteps.channel(in: folder.path).perform(
      CommandSteps.request(["sh", "-c", "sleep 86400 & echo $! > pids; echo '{\"left\":1}'"]))
    #expect(answer.evidence["reported"]?["left"]?.integer == 1)
    let left = try #require(processes(of: folder).first)
    #expect(!hasEnded(left))
    kill(left, SIGKILL)
  }

  @Test("A program that closes its output is waited for")
  func closedOutput() async throws {
    let folder = try TestFolder()
    let answer = await CommandSteps.channel(in: folder.path).perform(
      CommandSteps.request(["sh", "-c", "exec >&- 2>&-; sleep 0.3; touch done; exit 3"]))
    #expect(answer.evidence["exitStatus"]?.integer == 3)
    #expect(folder.holds("done"))
  }
}
