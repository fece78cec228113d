package import RotationEngine

/// What a rehearsal did to a rotation, what it asked of people, and what came of it.
package struct RehearsalReport: Sendable {
  /// Where an executor was killed.
  package enum Moment: String, Sendable, CaseIterable {
    /// After a step's intent was recorded, before its effect.
    case beforeEffect = "before-effect"

    /// After a part of the effect.
    case amidEffect = "amid-effect"

    /// After the effect, before its outcome could be recorded.
    case afterEffect = "after-effect"

    /// As soon as the step's beginning was recorded.
    case begun

    /// As soon as the step's end was recorded.
    case ended
  }

  /// An executor that was killed.
  package struct Kill: Sendable, Equatable {
    /// When, in the lab's time.
    package let at: Instant

    /// The step that was under way.
    package let step: String

    /// How far it was.
    package let moment: Moment

    /// A kill.
    package init(at: Instant, step: String, moment: Moment) {
      self.at = at
      self.step = step
      self.moment = moment
    }
  }

  /// Something that a person was asked for, and did.
  package struct Deed: Sendable, Equatable {
    /// What a person does for a run.
    package enum Kind: String, Sendable, CaseIterable {
      /// Did what a gate asks for, and approved it.
      case approved

      /// Approved a gate without doing what it asks for.
      case approvedInVain = "approved-in-vain"

      /// Said that a gate's action cannot be done.
      case rejected

      /// Had a failed step tried again.
      case retried

      /// Said of a step in doubt what is so.
      case resolved
    }

    /// When, in the lab's time.
    package let at: Instant

    /// The step.
    package let step: String

    /// What was done.
    package let kind: Kind

    /// A deed.
    package init(at: Instant, step: String, kind: Kind) {
      self.at = at
      self.step = step
      self.kind = kind
    }
  }

  /// The plan's name, the run and its graph.
  package var plan: String
  package var run: String
  package var digest: String

  /// Of which world it was a rehearsal.
  package var seed: Int64
  package var scenario: String

  /// Virtual seconds a real one, and how long it took in real time.
  package var speed: Int
  package var took: Duration

  /// When it began and ended in the lab's time.
  package var startedAt: Instant
  package var endedAt: Instant

  /// Where the run stands; what the journal claims is part of it.
  package var state: RunState

  /// What is so in the lab.
  package var truth: EstateTruth

  /// Orphans that the thresholds of the plan accept: clients that its waits went on without.
  package var accepted: Int

  /// Who was killed where, and how often the lab was asked and answered badly.
  package var kills: [Kill]
  package var faults: [String]

  /// What people did.
  package var deeds: [Deed]

  /// Where the journal and the lab disagree, and what is not as it should be at the end: full sentences.
  package var objections: [String]

  /// Whether any certificate of the lab was changed.
  package var hasSwapped: Bool

  /// The folder with the lab and the state directory of the run.
  package var folder: String

  /// A report.
  package init(
    plan: String, run: String, digest: String, seed: Int64, scenario: String, speed: Int,
    took: Duration, startedAt: Instant, endedAt: Instant, state: RunState, truth: EstateTruth,
    accepted: Int, kills: [Kill], faults: [String], deeds: [Deed], objections: [String],
    hasSwapped: Bool, folder: String
  ) {
    self.plan = plan
    self.run = run
    self.digest = digest
    self.seed = seed
    self.scenario = scenario
    self.speed = speed
    self.took = took
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.state = state
    self.truth = truth
    self.accepted = accepted
    self.kills = kills
    self.faults = faults
    self.deeds = deeds
    self.objections = objections
    self.hasSwapped = hasSwapped
    self.folder = folder
  }

  /// Whether the rotation came to its end and nothing is to be said against it.
  package var isClean: Bool { state.status == .succeeded && objections.isEmpty }

  /// In one sentence.
  package var verdict: String {
    if !objections.isEmpty {
      return "The rotation is not as it claims to be: look at what is said against it below."
    }
    if state.status == .succeeded {
      return "The rotation came to its end, and the lab is as the journal says."
    }
    let swap =
      hasSwapped
      ? "certificates were changed before" : "no certificate was changed, and no client was lost"
    return "The rotation did not come to its end; \(swap)."
  }
}
