package import CanonicalJSON

/// One recorded fact of a run (`docs/EVENTS.md`). A run's state is the fold of its events.
package struct RunEvent: Sendable, Equatable {
  /// The position in the journal, from 1 and without gaps.
  package let sequence: Int

  /// When it became a fact, by the run's clock.
  package let at: Instant

  /// What happened.
  package let kind: Kind

  /// An event.
  package init(sequence: Int, at: Instant, kind: Kind) {
    self.sequence = sequence
    self.at = at
    self.kind = kind
  }

  /// What happened. Steps are positions in the run's graph, attempts count from 1.
  package enum Kind: Sendable, Equatable {
    case runStarted(RunStart)
    case stepStarted(step: Int, attempt: Int)
    case stepSucceeded(step: Int, attempt: Int, evidence: Evidence)
    case stepFailed(step: Int, attempt: Int, failure: StepFailure, retryAt: Instant?)
    /// An intent without an outcome was found when the run resumed, or the step was stopped; or a look at its effect had
    /// no answer.
    case stepInterrupted(step: Int, attempt: Int, finding: Finding)
    case stepSkipped(step: Int, word: OperatorWord)
    /// Clients were counted: by a poll of a wait step, or right before an attempt at a certificate update,
    /// which is then the step.
    case waitSampled(step: Int, attempt: Int? = nil, sample: WaitSample)
    case waitPassed(step: Int, attempt: Int? = nil, passing: WaitPassing)
    case gateOpened(step: Int, attempt: Int, gate: Gate)
    case gateApproved(step: Int, attempt: Int, word: OperatorWord)
    /// The operator sent a failed, or an already finished, step back to be done again.
    case stepReset(step: Int, word: OperatorWord)
    /// A request that could not be followed, with the reason; kept for the audit.
    case requestRefused(request: OperatorRequest, reason: String)
    case runWaiting(RestReason)
    case runPaused(OperatorWord)
    case runResumed(by: String)
    /// The journal is a copy, or was put back to an older one, and an operator decided to go on with it: steps may have
    /// been carried out of which it does not know.
    case runAdopted(OperatorWord)
    /// An operator took the hold on the run from an executor that was believed to be gone.
    case runUnlocked(OperatorWord)
    /// Contacts fell after a change of certificates, as a count for the step showed: nothing more is opened.
    case lineStopped(step: Int, fall: ContactFall)
    /// An operator looked into it and lets the run open things again.
    case lineReleased(OperatorWord)
    case runSucceeded(RunFigures)
    case runFailed(RunFigures)
    case runAborted(RunFigures)
  }
}

/// With what a run starts.
package struct RunStart: Sendable, Equatable {
  /// The plan's name.
  package let plan: String

  /// The digest of the graph.
  package let digest: String

  /// Who started it.
  package let by: String

  /// The seed of the simulated estate; nil in the real world.
  package let seed: Int64?

  /// Where the graph came from and who had approved it; nil where it was compiled of a plan and nothing was demanded.
  package let provenance: RunProvenance?

  /// The start of a run.
  package init(
    plan: String, digest: String, by: String, seed: Int64?, provenance: RunProvenance? = nil
  ) {
    self.plan = plan
    self.digest = digest
    self.by = by
    self.seed = seed
    self.provenance = provenance
  }

  /// The same without the bytes of its attachments, which are the store's.
  var withoutAttachments: RunStart {
    guard var provenance, !provenance.attachments.isEmpty else { return self }
    provenance.attachments = []
    return RunStart(plan: plan, digest: digest, by: by, seed: seed, provenance: provenance)
  }
}

/// What was seen or done, as a small JSON object for the auditor: fingerprints, times, counts.
package struct Evidence: Sendable, Equatable {
  /// The members in the order they are shown.
  package var members: [JSONValue.Member]

  /// What the members refer to, on its way into the store: evidence that was read back has none.
  package var attachments: [Attachment]

  /// Evidence.
  package init(_ members: [JSONValue.Member] = [], attachments: [Attachment] = []) {
    self.members = members
    self.attachments = attachments
  }

  /// This, and what else was seen.
  package func adding(_ other: Evidence) -> Evidence {
    Evidence(members + other.members, attachments: attachments + other.attachments)
  }

  /// That somebody says so, who had a look.
  static func confirmation(_ word: OperatorWord) -> Evidence {
    Evidence([
      .init("confirmedBy", .string(word.by)), .init("note", word.note.map { .string($0) } ?? .null),
    ])
  }

  /// The value of the first member called `name`; nil where there is none.
  package subscript(_ name: String) -> JSONValue? { JSONValue.object(members)[name] }

  /// Whether it is only that somebody says so.
  package var isConfirmation: Bool { members.first?.name == "confirmedBy" }

  /// Whether two say the same: the members name what is attached.
  package static func == (one: Evidence, other: Evidence) -> Bool { one.members == other.members }
}

/// What an observation found.
package enum Finding: Sendable, Equatable {
  /// The effect is there.
  case done(Evidence)

  /// The effect is not there.
  case notDone(String)

  /// Nothing can tell, and why.
  case unknown(String)

  /// No answer this time, and why: asked again, it may be told.
  case inconclusive(String)
}

/// Who said what, and what they answer for.
package struct OperatorWord: Sendable, Equatable {
  /// The person.
  package let by: String

  /// What they noted; nil where they said nothing.
  package let note: String?

  /// Whether they accept that clients may be orphaned by what they ask for.
  package let acceptsOrphans: Bool

  /// A word.
  package init(by: String, note: String?, acceptsOrphans: Bool = false) {
    self.by = by
    self.note = note
    self.acceptsOrphans = acceptsOrphans
  }
}

/// What a person is asked to do.
package struct Gate: Sendable, Equatable {
  /// What to do in the console, a line an act.
  package let instructions: [String]

  /// Why it is asked again; nil the first time.
  package let reason: String?

  /// A gate.
  package init(instructions: [String], reason: String? = nil) {
    self.instructions = instructions
    self.reason = reason
  }
}

/// One poll of a wait.
package enum WaitSample: Sendable, Equatable {
  /// The clients were counted.
  case counted(AdoptionCount)

  /// They could not be counted: no answer is not 0 %.
  case inconclusive(reason: String)

  /// The same without the bytes of its attachments, which are the store's.
  var withoutAttachments: WaitSample {
    guard case .counted(var count) = self, !count.evidence.attachments.isEmpty else { return self }
    count.evidence.attachments = []
    return .counted(count)
  }
}

/// How many clients have adopted a change (`docs/PROCEDURE.md`, "Waits").
package struct AdoptionCount: Sendable, Equatable {
  /// A cohort's part of the count.
  package struct Cohort: Sendable, Equatable {
    /// The cohort's name in the plan.
    package let name: String

    /// Its clients that are counted.
    package let counted: Int

    /// Those of them that have adopted.
    package let adopted: Int

    /// A cohort's part.
    package init(name: String, counted: Int, adopted: Int) {
      self.name = name
      self.counted = counted
      self.adopted = adopted
    }
  }

  /// Clients seen within `activeWithin` and not excluded: adopted and pending together.
  package var counted: Int

  /// Clients that have the change.
  package var adopted: Int

  /// Clients that have not, and are connected now.
  package var pendingOnline: Int

  /// Clients that have not, and are not connected.
  package var pendingOffline: Int

  /// Clients not seen within `activeWithin`.
  package var stale: Int

  /// Clients waived by rule.
  package var excluded: Int

  /// Clients that joined since the wait began.
  package var joined: Int

  /// Clients that left the count since the wait began, with an explanation: deleted, moved or stale.
  package var removed: Int

  /// The cohorts in the order of the plan.
  package var cohorts: [Cohort]

  /// What the count rests on, where it is new: the machines that are the denominator from now on.
  package var evidence: Evidence

  /// Contacts that are missing since the site's last change of a certificate; nil where none are, or nothing is known to
  /// compare with.
  package var fall: ContactFall?

  /// When and how the wait will end, where this count says so: not each does.
  package var forecast: WaitForecast?

  /// When and how the run will end, where this count says so: not each does.
  package var runForecast: RunForecast?

  /// A count.
  package init(
    counted: Int, adopted: Int, pendingOnline: Int, pendingOffline: Int, stale: Int, excluded: Int,
    joined: Int = 0, removed: Int = 0, cohorts: [Cohort] = [], evidence: Evidence = Evidence(),
    fall: ContactFall? = nil, forecast: WaitForecast? = nil, runForecast: RunForecast? = nil
  ) {
    self.fall = fall
    self.forecast = forecast
    self.runForecast = runForecast
    self.counted = counted
    self.adopted = adopted
    self.pendingOnline = pendingOnline
    self.pendingOffline = pendingOffline
    self.stale = stale
    self.excluded = excluded
    self.joined = joined
    self.removed = removed
    self.cohorts = cohorts
    self.evidence = evidence
  }
}

/// How a wait passed.
package struct WaitPassing: Sendable, Equatable {
  /// Whether the thresholds held, or the deadline let it proceed with the floor.
  package enum Ground: String, Sendable, CaseIterable {
    case thresholds
    case deadline
  }

  /// On what ground.
  package let ground: Ground

  /// Clients that count: the frozen denominator, with joins, without explained removals.
  package let counted: Int

  /// Clients that have adopted.
  package let adopted: Int

  /// A passing.
  package init(ground: Ground, counted: Int, adopted: Int) {
    self.ground = ground
    self.counted = counted
    self.adopted = adopted
  }
}

/// Why a run rests.
package enum RestReason: String, Sendable, CaseIterable {
  /// A wait has not passed.
  case clients

  /// A failed attempt is made again later, and no wait is under way.
  case retry

  /// A person is needed, whatever else goes on: see ``Attention``.
  case `operator`

  /// A step's outcome cannot be told.
  case inDoubt = "in-doubt"

  /// The operator paused it.
  case paused

  /// It was told to stop.
  case stopped
}

/// The figures of a finished run.
package struct RunFigures: Sendable, Equatable {
  /// How long something was open.
  package struct Exposure: Sendable, Equatable {
    /// The site or partnership.
    package let name: String

    /// How long, in seconds.
    package let seconds: Int

    /// Whether it is still open; it then counts until the end of the run.
    package let isOpen: Bool

    /// An exposure.
    package init(name: String, seconds: Int, isOpen: Bool) {
      self.name = name
      self.seconds = seconds
      self.isOpen = isOpen
    }
  }

  /// Rotating sites.
  package var sites: Int

  /// Servers that got a certificate.
  package var servers: Int

  /// Clients of all sites; nil where nobody knows.
  package var clients: Int?

  /// Clients that can talk to no server and will not recover by themselves; nil where nobody knows.
  package var orphans: Int?

  /// Offline clients that will be orphans when they return; nil where nobody knows.
  package var latentOrphans: Int?

  /// Gates that people closed.
  package var gates: Int

  /// For each rotating site how long verification was off.
  package var verificationOff: [Exposure]

  /// For each partnership how long replication was broken.
  package var replicationBroken: [Exposure]

  /// Figures.
  package init(
    sites: Int, servers: Int, clients: Int?, orphans: Int?, latentOrphans: Int?, gates: Int,
    verificationOff: [Exposure], replicationBroken: [Exposure]
  ) {
    self.sites = sites
    self.servers = servers
    self.clients = clients
    self.orphans = orphans
    self.latentOrphans = latentOrphans
    self.gates = gates
    self.verificationOff = verificationOff
    self.replicationBroken = replicationBroken
  }
}
