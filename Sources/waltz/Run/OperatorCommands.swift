import ArgumentParser
import Reports
import RotationEngine
import RunStore
import Runs

/// What the operator's verbs have in common: a request in the run's mailbox, which the run's executor
/// follows at once, or the next one does.
struct RequestOptions: ParsableArguments {
  @Argument(help: "The run.", completion: .openRuns)
  var run: String

  @Option(help: "Why, or what was done; kept for the auditor.")
  var note: String?

  @OptionGroup var state: StateOptions

  /// Posts the request if it makes sense as the run stands.
  func post(
    _ verb: OperatorRequest.Verb, step: String? = nil, acceptsOrphans: Bool = false
  ) async throws {
    let posting = try await state.desk(.writing).post(
      verb, step: step, note: note, acceptsOrphans: acceptsOrphans, to: run
    ) { danger in
      Terminal.output.write("\(danger.words)\n")
    }
    Terminal.output.write(
      posting.isHeld
        ? "Noted; the executor of \(posting.run) acts on it now.\n"
        : "Noted; `\(state.commands.of(posting.run).resume)` acts on it.\n")
  }
}

struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Says that a gate's action is done; a probe confirms it.")

  @OptionGroup var request: RequestOptions
  @Argument(help: "The gate's step.", completion: .steps(.gates)) var step: String

  func run() async throws { try await request.post(.approve, step: step) }
}

struct RejectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Says that a gate's action will not be done; the step fails.")

  @OptionGroup var request: RequestOptions
  @Argument(help: "The gate's step.", completion: .steps(.gates)) var step: String

  func run() async throws { try await request.post(.reject, step: step) }
}

struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Tries a failed step again, or the step before it that did not do what it said.")

  @OptionGroup var request: RequestOptions
  @Argument(help: "The step.", completion: .steps(.failures)) var step: String

  func run() async throws { try await request.post(.retry, step: step) }
}

struct SkipCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip",
    abstract: "Skips a step that is not needed; what waits for it goes on.",
    discussion: """
      A step that protects clients is skipped only with --accept-orphans, because clients may lose \
      their server for good. Waltz first says which clients, how many and how, and records who \
      accepted it.
      """)

  @OptionGroup var request: RequestOptions
  @Argument(help: "The step.", completion: .steps(.open)) var step: String

  @Flag(help: "Skip even a step that protects clients.")
  var acceptOrphans = false

  func validate() throws {
    guard let note = request.note, !note.isEmpty else {
      throw ValidationError("Skipping needs a reason for the auditor: add --note.")
    }
  }

  func run() async throws {
    try await request.post(.skip, step: step, acceptsOrphans: acceptOrphans)
  }
}

struct PauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Starts nothing new until unpaused; running steps finish.")

  @OptionGroup var request: RequestOptions

  func run() async throws { try await request.post(.pause) }
}

struct UnpauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpause",
    abstract: "Lets a paused run go on, or one whose line is stopped open things again.",
    discussion: """
      A line stops where far fewer clients make contact after a certificate changed than before: nothing more is \
      opened until somebody found out why and says so with --note.
      """)

  @OptionGroup var request: RequestOptions

  func run() async throws { try await request.post(.unpause) }
}

struct AbortCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abort",
    abstract: "Ends a run as it is; nothing is undone, and what is still open is listed.")

  @OptionGroup var request: RequestOptions

  func run() async throws { try await request.post(.abort) }
}

struct ResolveCommand: AsyncParsableCommand {
  enum Truth: EnumerableFlag {
    case done
    case notDone
  }

  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Says whether a step in doubt happened, after a look at the server.")

  @OptionGroup var request: RequestOptions
  @Argument(help: "The step.", completion: .steps(.doubts)) var step: String

  @Flag(help: "Whether it happened.")
  var truth: Truth

  func run() async throws {
    try await request.post(truth == .done ? .resolveDone : .resolveNotDone, step: step)
  }
}

struct WithdrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Withdraws a request that no executor has taken up yet.",
    discussion: """
      A request made with `approve`, `skip`, `abort` and their like waits until an executor takes \
      it up; `waltz status` shows it with its number. A request that was taken up is in the run's \
      events and cannot be withdrawn.
      """)

  @Argument(help: "The run.", completion: .openRuns) var run: String

  @Argument(
    help: ArgumentHelp(
      "The request's number. Can be left out if only one waits.", valueName: "request"))
  var request: Int64?

  @OptionGroup var state: StateOptions

  func run() async throws {
    let (run, taken) = try await state.desk(.writing).withdraw(request, from: run)
    Terminal.output.write(
      """
      Withdrawn: \(taken.request.words), asked by \(taken.request.word.by). \(run) is as if it had not been \
      asked.

      """)
  }
}

struct UnlockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlock",
    abstract: "Takes a run from an executor that is gone, where Waltz cannot tell.",
    discussion: """
      An executor holds its run for a minute at a time. Without --epoch this says who holds it, and what \
      speaks for and against that process being alive; nothing is changed. With the epoch that it \
      names the run is free at once.
      """)

  @OptionGroup var request: RequestOptions

  @Option(help: "The epoch of the hold, as `waltz unlock RUN` shows it.")
  var epoch: Int?

  func run() async throws {
    let desk = try request.state.desk(epoch == nil ? .reading : .writing)
    if let epoch {
      let run = try await desk.unlock(request.run, epoch: epoch, note: request.note)
      Terminal.output.write(
        """
        Run \(run) is free: `\(request.state.commands.of(run).resume)` takes it up, and looks first at what was under \
        way.

        """)
    } else if let report = try await desk.leaseReport(of: request.run) {
      for line in report.lines { Terminal.output.write("\(line)\n") }
    } else {
      Terminal.output.write("Nobody holds run \(request.run), so it needs no unlocking.\n")
    }
  }
}

struct AdoptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Goes on with a state directory that was copied, or put back from a backup.",
    discussion: """
      A copy does not know what was done since it was made, and the original may be in use, so no run of \
      it goes on by itself. This says what is known to be lost, and lets the runs go on: whatever may have \
      been done since is looked at before it is done again, and in doubt where nobody can see it. Use \
      it only if the original is gone or will never be used again.
      """)

  @Option(help: "Why; kept for the auditor.")
  var note: String?

  @OptionGroup var state: StateOptions

  func run() async throws {
    let file = try state.file(.writing, isToBeAdopted: true)
    let adoption = try await state.desk(at: file).adopt(file, note: note)
    for line in adoption.lines { Terminal.output.write("\(line)\n") }
  }
}
