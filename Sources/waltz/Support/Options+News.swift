import Delivery
import Drivers
import Notifications
import PlanModel
import PrivateFiles
import Reports
import RotationEngine
import RunStore
import Runs
import WorkingTree

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension StateOptions {
  /// Who is told what of the runs of the directory.
  ///
  /// - Throws: ``CommandError`` where there is no notify.yaml, ``ExitStatus/findings`` where it is wrong.
  func newsSettings(_ color: ColorChoice) throws -> NewsSettings {
    guard let settings = try newsSettingsIfAny(color) else {
      throw CommandError(
        .usage,
        "There is no notify.yaml in \(path), so nobody is told anything. How it is written is in "
          + "docs/NOTIFICATIONS.md.")
    }
    return settings
  }

  /// The same; nil where there is no notify.yaml.
  func newsSettingsIfAny(_ color: ColorChoice) throws -> NewsSettings? {
    let file: NewsSettingsFile?
    do {
      file = try NewsSettingsFile(in: path)
    } catch PrivateFileTrouble.untrusted(let message) {
      throw CommandError(.environment, message)
    } catch PrivateFileTrouble.system(let code) {
      throw CommandError(
        .environment,
        "\(path)/notify.yaml cannot be read: \(String(cString: strerror(code))).")
    }
    guard let file else { return nil }
    Terminal.error.write(file.diagnostics, in: file.sources, color)
    guard let settings = file.settings else { throw ExitStatus.findings }
    return settings
  }

  /// Who tells it.
  func newsroom(at desk: RunDesk, _ settings: NewsSettings) -> Newsroom {
    Newsroom(
      desk.store, settings, courier(), holder: desk.holder,
      claimant: "\(desk.holder.identity.host) \(desk.holder.identity.pid) "
        + "\(UInt64.random(in: .min ... .max))")
  }

  /// What takes it there: secrets are looked for, and programs started, in the state directory.
  func courier() -> Courier {
    let folder = Environment.workingFolder(admitting: ["/"])
    let place = folder.absolute(path)
    let secrets = SecretResolver(
      variables: Environment.variables, folder: place.text,
      readFile: { file throws(FileTrouble) in
        do {
          return try PlanFolder(ofPlan: place.text + "/notify.yaml", in: folder).read(file).bytes
        } catch {
          throw error as? FileTrouble ?? .missing(part: file)
        }
      })
    return Courier(
      secrets: secrets,
      programs: PlainProgram(variables: Environment.variables, folder: place.text),
      time: { Environment.now().milliseconds / 1_000 })
  }
}

extension StateOptions {
  /// News of a run that somebody carries out, told beside it; nil where nobody is told. Nothing that is wrong here keeps
  /// the run from going on.
  func attendance(
    at stay: RunStay, of desk: RunDesk, _ color: ColorChoice
  ) async -> NewsAttendance? {
    do {
      let world = stay.archive.record.contents.world.kind
      guard let settings = try newsSettingsIfAny(color),
        settings.destinations.contains(where: { $0.worlds.contains(world) })
          || settings.exposure?.worlds.contains(world) == true
      else { return nil }
      let newsroom = newsroom(at: desk, settings)
      try await newsroom.prepare()
      return NewsAttendance(newsroom, of: stay.archive.id) {
        Terminal.error.write("waltz: \($0)\n")
      }
    } catch {
      let words = error is ExitStatus ? "notify.yaml has mistakes" : CommandError(error).message
      Terminal.error.write("waltz: the run goes on, and nobody is told news: \(words)\n")
      return nil
    }
  }

  /// Calls what expects a call before and after something is done, if notify.yaml names it for such a world.
  func pinging(_ world: String, _ body: () async throws -> Void) async throws {
    guard let check = try? NewsSettingsFile(in: path)?.settings?.ping,
      check.worlds.contains(world)
    else { return try await body() }
    let courier = courier()
    let pair = CheckCall.pair(
      of: "\(UInt64.random(in: .min ... .max)) \(UInt64.random(in: .min ... .max))")
    let start = Task { await courier.call(check, CheckCall(.start, pair: pair, body: "")) }
    func tell(_ status: ExitStatus) async {
      _ = await start.value
      guard let signal = Self.signal(of: status) else { return }
      let outcome = await courier.call(
        check, CheckCall(signal, pair: pair, body: "waltz ended with \(status.rawValue)"))
      if !outcome.isDelivered {
        Terminal.error.write(
          "waltz: the check in notify.yaml was not reached: \(outcome.words)\n")
      }
    }
    do {
      try await body()
    } catch {
      await tell(error as? ExitStatus ?? CommandError(error).status)
      throw error
    }
    await tell(.done)
  }

  /// What a status is to a check: waiting is no failure, and who is needed is told by news. nil where nothing was tried;
  /// the check misses a call if that goes on.
  private static func signal(of status: ExitStatus) -> CheckCall.Signal? {
    switch status {
    case .done, .waitingForClients, .waitingForOperator, .paused, .inDoubt, .leaseLost, .held,
      .aborted:
      .success
    case .findings, .environment, .abortedOpen: .failure
    case .usage, .different, .siteClaimed, .tryAgain: nil
    }
  }
}
