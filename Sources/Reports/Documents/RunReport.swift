import ConsoleGuide
import PlanModel
package import PlanText
package import RotationEngine
import RotationGraph

/// A run for whoever was not there: what came of it, when protection was reduced, who allowed and did what, and what
/// was excepted. Made from the journal alone by ``RunReportFold``; every format is written from this one value.
package struct RunReport: Sendable {
  /// What the record of the run says beside its journal.
  package struct Origin: Sendable {
    /// The plan with three asterisks for what nobody may see.
    var planText: String { String(decoding: plan.masked, as: UTF8.self) }

    /// `NAME-N`.
    package var run: String

    /// The kind of its world: `real`, `simulated`, `lab`.
    package var world: String

    /// The version of Waltz that made it.
    package var toolVersion: String

    /// When it was made and by whom, in real time.
    package var createdAt: Instant
    package var createdBy: String

    /// Where the plan was read from, and the plan but for what nobody may see.
    package var planPath: String
    package var plan: ShownSource

    /// The hash of the last event that the report is made of, in hexadecimal.
    package var head: String

    /// What the record says.
    package init(
      run: String, world: String, toolVersion: String, createdAt: Instant, createdBy: String,
      planPath: String, plan: ShownSource, head: String
    ) {
      self.run = run
      self.world = world
      self.toolVersion = toolVersion
      self.createdAt = createdAt
      self.createdBy = createdBy
      self.planPath = planPath
      self.plan = plan
      self.head = head
    }
  }

  /// One time during which something was open: from the first attempt at opening it to the success of closing it.
  struct Span {
    let from: Instant
    /// Nil while it is open.
    var to: Instant?
  }

  /// How long something was open at one site or partnership.
  struct Exposure {
    let opening: Opening
    let name: String
    let spans: [Span]
    let seconds: Int

    /// How long the plan expected it to be, and lets it be at worst; nil where it says nothing of it.
    let planned: StepDurations.Estimate?

    var isOpen: Bool { spans.last.map { $0.to == nil } ?? false }
  }

  /// A count of clients.
  struct Sample {
    let at: Instant
    let adopted: Int
    let denominator: Int
    let share: Share
  }

  /// When a wait was thought to end, and when that was said.
  struct Prediction {
    let at: Instant
    let forecast: WaitForecast
  }

  /// When the run was thought to end, and when that was said.
  struct EndPrediction {
    let at: Instant
    let forecast: RunForecast
  }

  /// One attempt at a wait.
  struct Wait {
    /// How it ended.
    enum Outcome: String {
      case open
      case passed
      case skipped
      case failed
    }

    let step: Int
    let attempt: Int
    let startedAt: Instant
    let policy: WaitPolicy
    var endedAt: Instant?
    var outcome = Outcome.open
    var passing: WaitPassing?
    var samples: [Sample] = []
    var predictions: [Prediction] = []
    var polls = 0
    var inconclusivePolls = 0
    var lastCount: AdoptionCount?

    var minimumEnds: Instant { startedAt + policy.minimum.value }

    /// The first prediction that names times, and those at a quarter, a half and three quarters of them.
    var shownPredictions: [Prediction] {
      let told = predictions.filter { $0.forecast.ends?.median != nil }
      let places = Set((0..<4).map { told.count * $0 / 4 })
      return told.indices.filter { places.contains($0) }.map { told[$0] }
    }

    var deadline: Instant { startedAt + policy.deadline.value }
  }

  /// Something that a person was asked to do.
  struct GateRecord {
    /// What a person said of it.
    struct Answer {
      let at: Instant
      let word: OperatorWord
    }

    /// How it ended.
    enum Outcome {
      case open
      /// A look at its effect confirmed it, or, where `isWordOnly`, nothing can look and the word stands.
      case confirmed(Evidence, isWordOnly: Bool)
      /// What was seen spoke against it, and it was asked again.
      case askedAgain(String)
      case rejected(String)
      case failed(String)
      case skipped(OperatorWord)
    }

    let step: Int
    let attempt: Int
    let askedAt: Instant
    let gate: Gate
    var answer: Answer?
    var outcome = Outcome.open
    var endedAt: Instant?
  }

  /// One attempt at a step.
  struct Attempt {
    /// How it ended.
    enum Outcome: String {
      case open
      case succeeded
      case failed
      case interrupted
      case skipped
    }

    let number: Int
    let startedAt: Instant
    var endedAt: Instant?
    var outcome = Outcome.open
  }

  /// Something that went wrong, and what came of it.
  struct Trouble {
    let at: Instant
    let step: Int
    let attempt: Int
    let what: String
    let message: String
    let help: String?
    let retryAt: Instant?
  }

  /// Something that was not as the plan and the procedure have it, and who answers for it.
  struct Exception {
    enum Kind: String, CaseIterable {
      case skipped
      case sentBack = "sent-back"
      case takenForDone = "taken-for-done"
      case passedAtDeadline = "passed-at-deadline"
      case lineReleased = "line-released"
      case adopted
      case unlocked
      case paused
      case refused
    }

    let at: Instant
    let kind: Kind
    let step: Int?
    let by: String?
    let note: String?
    let acceptsOrphans: Bool
    /// What is said of it beside the note; nil for most.
    let detail: String?
  }

  /// The counts of clients right before a certificate was changed.
  struct Recount {
    let step: Int
    var counts = 0
    /// How many of them did not let the change begin.
    var tooFew = 0
    var lastAt: Instant
    /// The last one; nil where nobody could be counted.
    var last: Sample?
    var isEnough = false
  }

  /// A fall of contacts, after which nothing more was opened.
  struct LineStop {
    let at: Instant
    let step: Int
    let fall: ContactFall
  }

  /// Somebody who started the run or took it up.
  struct Stay {
    let at: Instant
    let by: String
  }

  let origin: Origin
  let overview: RunOverview
  let exposures: [Exposure]
  let waits: [Wait]
  let predictions: [EndPrediction]
  let gates: [GateRecord]
  /// For each step its attempts.
  let attempts: [[Attempt]]
  let troubles: [Trouble]
  let exceptions: [Exception]
  let recounts: [Recount]
  let lineStops: [LineStop]
  let stays: [Stay]

  var state: RunState { overview.state }
  var graph: StepGraph { overview.state.graph }

  /// The figures that the run ended with, else those until now.
  var figures: RunFigures {
    state.figures ?? state.figures(at: overview.until, truth: nil)
  }

  /// `SEQ:HASH`, as `waltz verify --expect` takes it.
  package var head: String { "\(state.lastSequence):\(origin.head)" }
}
