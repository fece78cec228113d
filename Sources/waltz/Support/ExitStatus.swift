import RotationEngine
import RunStore
import Runs
import WorkingTree

/// What a command's end means to a script (`README.md`, "Exit status").
enum ExitStatus: Int32, Error {
  case done = 0
  case findings = 1
  case usage = 2
  case environment = 3
  case different = 4
  case waitingForClients = 10
  case waitingForOperator = 11
  case paused = 12
  case inDoubt = 13
  case leaseLost = 14
  case held = 15
  case aborted = 16
  case abortedOpen = 17
  case siteClaimed = 18

  /// What a program that carries out a step says where it should be tried again (`docs/PROCEDURE.md`, "Channels").
  case tryAgain = 75

  /// The status of an executor's stay. A run that reached its end and left orphans behind is not clean.
  init(_ end: RunEnd, _ state: RunState) {
    let figures = state.figures
    switch end {
    case .succeeded:
      self = (figures?.orphans ?? 0) + (figures?.latentOrphans ?? 0) > 0 ? .findings : .done
    case .failed: self = .findings
    case .aborted:
      self = state.openChanges.isEmpty ? .aborted : .abortedOpen
    case .resting(.clients), .resting(.retry): self = .waitingForClients
    case .resting(.operator): self = .waitingForOperator
    case .resting(.inDoubt): self = .inDoubt
    case .resting(.paused), .resting(.stopped): self = .paused
    }
  }
}

/// A failure of the command itself: said on standard error, with the status it ends with.
struct CommandError: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  /// What went wrong below, in the words of who found it.
  init(_ error: any Error) {
    switch error {
    case let error as CommandError: self = error
    case let error as RunError: self.init(Self.status(of: error.kind), error.message)
    case let error as WorkspaceError: self.init(Self.status(of: error.kind), error.message)
    case let error as StateError: self.init(Self.status(of: error.kind), error.message)
    case let error as JournalError: self.init(Self.status(of: error.kind), error.message)
    default: self.init(.environment, "\(error)")
    }
  }

  private static func status(of kind: RunError.Kind) -> ExitStatus {
    switch kind {
    case .refused: .usage
    case .unreadable, .setBack, .noWorld: .environment
    }
  }

  private static func status(of kind: WorkspaceError.Kind) -> ExitStatus {
    switch kind {
    case .arguments: .usage
    case .environment: .environment
    case .findings: .findings
    }
  }

  private static func status(of kind: StateError.Kind) -> ExitStatus {
    switch kind {
    case .noSuchRun, .ambiguousRun, .ended, .noSuchRequest, .requestClosed, .noSuchLease: .usage
    case .siteHeld: .held
    case .siteClaimed: .siteClaimed
    case .missing, .permissionDenied, .untrusted, .readOnly, .diskFull, .notADatabase, .foreign,
      .corrupt, .newerFormat, .locked, .copied, .setBack, .device, .tooLarge, .defect:
      .environment
    }
  }

  private static func status(of kind: JournalError.Kind) -> ExitStatus {
    switch kind {
    case .held: .held
    case .leaseLost: .leaseLost
    case .impossibleLease, .storage: .environment
    }
  }
}
