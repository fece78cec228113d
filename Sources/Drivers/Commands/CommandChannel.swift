import CanonicalJSON
import PlanModel
import PlanText
package import RotationEngine
import RotationGraph
package import Secrets

/// Carries steps out by programs: the channel `command` (`docs/COMMANDS.md`).
///
/// A driver that puts channels together calls it for the steps whose channel it is. Nothing is written to disk:
/// what a program printed is kept within bounds and goes into the journal with the step's outcome.
package struct CommandChannel: Sendable {
  /// The secrets that may stand in what the program of a step prints, to be hidden in it.
  package typealias KnownSecrets = @Sendable (StepRequest) async -> [Secret]

  /// What is added to the time of a program for ending it, with everything that it started.
  static let timeToEnd: Duration = ProgramRunner.grace + .seconds(5)

  private let runner: ProgramRunner
  private let secrets: KnownSecrets

  /// A channel.
  ///
  /// - Parameters:
  ///   - variables: The environment, of which programs inherit a few variables.
  ///   - folder: The plan's folder, absolute: where programs are started, and paths of programs begin.
  ///   - secrets: The secrets that are hidden in what the program of a step prints.
  package init(
    variables: [String: String], folder: String, secrets: @escaping KnownSecrets = { _ in [] }
  ) {
    runner = ProgramRunner(variables: variables, folder: folder)
    self.secrets = secrets
  }

  /// How long ``perform(_:)`` may go on at most: a later attempt begins with a look.
  package func timeLimit(of request: StepRequest) -> Duration {
    guard let command = request.graph.command(of: request.step) else { return .zero }
    let looksFirst = request.attempt > 1 && command.check != nil
    return (command.timeout.value + Self.timeToEnd) * (looksFirst ? 2 : 1)
  }

  /// Runs the step's command; from the second attempt on only where its check does not say that it is done.
  package func perform(_ request: StepRequest) async -> StepAnswer {
    guard let command = request.graph.command(of: request.step) else {
      return .failed(
        StepFailure(
          .failed, "The plan has no command for `\(request.graph.id(of: request.step))`."))
    }
    do throws(ProgramInvocation.Trouble) {
      let check = try invocation(of: command.check, for: request, purpose: .check)
      let effect = try invocation(of: command.arguments, for: request, purpose: .perform)
      guard let effect else { throw ProgramInvocation.Trouble(message: "The command is empty.") }
      // Before anything runs: without its check nobody could tell what an interrupted command has done.
      for program in [effect.program, check?.program].compactMap(\.self) {
        if let trouble = runner.trouble(with: program) {
          throw ProgramInvocation.Trouble(message: trouble)
        }
      }
      if request.attempt > 1, let check {
        switch await verdict(on: check, of: request, within: command.timeout.value).finding {
        case .done(let evidence):
          return .succeeded(
            Evidence(
              [.init("foundDone", .bool(true))] + evidence.members,
              attachments: evidence.attachments))
        case .inconclusive(let reason): return .failed(StepFailure(.cancelled, reason))
        case .notDone, .unknown: break
        }
      }
      return await verdict(on: effect, of: request, within: command.timeout.value).answer
    } catch {
      return .failed(
        StepFailure(
          .failed, "\(error.message) Nothing was done.", help: CommandVerdict.programHelp))
    }
  }

  /// Runs the step's check.
  package func observe(_ request: StepRequest) async -> Finding {
    let id = request.graph.id(of: request.step)
    guard let command = request.graph.command(of: request.step) else {
      return .unknown("The plan has no command for `\(id)`, so there is none to look with.")
    }
    do throws(ProgramInvocation.Trouble) {
      guard let check = try invocation(of: command.check, for: request, purpose: .check) else {
        return .unknown(
          "The command of `\(id)` has no `check` in the plan, so nothing can tell whether it was done."
        )
      }
      return await verdict(on: check, of: request, within: command.timeout.value).finding
    } catch {
      return .unknown("The check cannot run. \(error.message)")
    }
  }

  /// Has the step's server looked at from elsewhere.
  func view(from viewpoint: Viewpoint, for request: StepRequest) async -> CertificateProof.View {
    let name = viewpoint.name.value
    do throws(ProgramInvocation.Trouble) {
      let invocation = try ProgramInvocation(
        viewpoint.arguments.map(\.value), for: request, purpose: .probe)
      return CertificateProof.View(
        name, await verdict(on: invocation, of: request, within: viewpoint.timeout.value))
    } catch {
      return CertificateProof.View(viewpoint: name, sights: [], trouble: error.message)
    }
  }

  private func invocation(
    of arguments: [Located<String>]?, for request: StepRequest, purpose: CommandDocument.Purpose
  ) throws(ProgramInvocation.Trouble) -> ProgramInvocation? {
    guard let arguments, !arguments.isEmpty else { return nil }
    return try ProgramInvocation(arguments.map(\.value), for: request, purpose: purpose)
  }

  private func verdict(
    on invocation: ProgramInvocation, of request: StepRequest, within limit: Duration
  ) async -> CommandVerdict {
    let report = await runner.run(invocation, within: limit)
    return CommandVerdict(
      invocation: invocation, report: report, redaction: OutputRedaction(await secrets(request)),
      isRepeatable: request.graph.command(of: request.step)?.check != nil
        || !request.graph.steps[request.step].action.effect.needsEvidence)
  }
}
