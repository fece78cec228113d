import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// `waltz report --format json`. Members only grow within a major version; what is not known is null.
struct RunReportJSON {
  let report: RunReport

  private var state: RunState { report.state }
  private var graph: StepGraph { report.graph }
  private var overview: RunOverview { report.overview }

  /// The document, indented, with a line feed at its end.
  var text: String {
    var writer = JSONWriter(indent: 2, capacity: 1 << 16)
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      origin(&writer)
      writer.key("head")
      writer.object { writer in
        writer.member("sequence", state.lastSequence)
        writer.member("hash", report.origin.head)
      }
      figures(&writer)
      writer.list("exposures", report.exposures, exposure)
      writer.list("waits", report.waits, wait)
      writer.list("predictions", report.predictions) { writer, prediction in
        writer.member("at", prediction.at.description)
        prediction.forecast.write(&writer)
      }
      writer.list("recounts", report.recounts, recount)
      writer.list("gates", report.gates, gate)
      writer.list("steps", Array(graph.steps.indices), step)
      writer.list("failures", report.troubles, trouble)
      writer.list("lineStops", report.lineStops, lineStop)
      writer.list("exceptions", report.exceptions, exception)
      if let provenance = report.state.start?.provenance {
        writer.key("provenance")
        provenance.write(&writer)
      } else {
        writer.member("provenance", orNull: String?.none)
      }
      writer.list("executors", report.stays) { writer, stay in
        writer.member("at", stay.at.description)
        writer.member("by", stay.by)
      }
    }
    writer.newLine()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func origin(_ writer: inout JSONWriter) {
    let (origin, plan) = (report.origin, graph.plan)
    writer.member("run", origin.run)
    writer.key("plan")
    writer.object { writer in
      writer.member("name", overview.plan)
      writer.member("description", orNull: plan.description)
      writer.list("labels", plan.labels) { writer, label in
        writer.member("key", label.key.value)
        writer.member("value", label.value.value)
      }
      writer.member("path", origin.planPath)
      writer.member("text", origin.planText)
    }
    writer.member("digest", orNull: overview.digest)
    writer.member("world", origin.world)
    writer.member("seed", orNull: state.start?.seed)
    writer.member("tool", origin.toolVersion)
    writer.member("createdAt", origin.createdAt.description)
    writer.member("createdBy", origin.createdBy)
    writer.member("status", overview.standing.rawValue)
    writer.member("reason", overview.reason)
    writer.member("ended", state.status.isEnded)
    writer.member("startedAt", orNull: state.startedAt?.description)
    writer.member("until", overview.until.description)
  }

  private func figures(_ writer: inout JSONWriter) {
    let figures = report.figures
    writer.key("figures")
    writer.object { writer in
      writer.member("sites", figures.sites)
      writer.member("servers", figures.servers)
      writer.member("clients", orNull: figures.clients)
      writer.member("orphans", orNull: figures.orphans)
      writer.member("latentOrphans", orNull: figures.latentOrphans)
      writer.member("gates", figures.gates)
    }
  }

  private func exposure(_ writer: inout JSONWriter, _ exposure: RunReport.Exposure) {
    writer.member("opening", exposure.opening.code)
    writer.member("name", exposure.name)
    writer.member("seconds", exposure.seconds)
    writer.member("open", exposure.isOpen)
    writer.member("expectedSeconds", orNull: exposure.planned?.expected.components.seconds)
    writer.member("atMostSeconds", orNull: exposure.planned?.worst.components.seconds)
    writer.list("spans", exposure.spans) { writer, span in
      writer.member("from", span.from.description)
      writer.member("to", orNull: span.to?.description)
    }
  }

  private func wait(_ writer: inout JSONWriter, _ wait: RunReport.Wait) {
    let policy = wait.policy
    writer.member("step", graph.id(of: wait.step))
    writer.member("attempt", wait.attempt)
    writer.member("startedAt", wait.startedAt.description)
    writer.member("endedAt", orNull: wait.endedAt?.description)
    writer.member("outcome", wait.outcome.rawValue)
    writer.member("ground", orNull: wait.passing?.ground.rawValue)
    writer.member("requiredMillionths", policy.adopted.value.millionths)
    writer.member("minimumEndsAt", wait.minimumEnds.description)
    writer.member("deadline", wait.deadline.description)
    writer.member("onDeadline", policy.onDeadline.value.rawValue)
    writer.member("polls", wait.polls)
    writer.member("inconclusivePolls", wait.inconclusivePolls)
    writer.list("samples", wait.samples, sample)
    writer.list("predictions", wait.predictions) { writer, prediction in
      let ends = prediction.forecast.ends
      writer.member("at", prediction.at.description)
      writer.member("notBefore", prediction.forecast.notBefore.description)
      writer.member("historyHours", prediction.forecast.historyHours)
      writer.member("early", orNull: ends?.early?.description)
      writer.member("median", orNull: ends?.median?.description)
      writer.member("late", orNull: ends?.late?.description)
      writer.member("meetsDeadlineMillionths", orNull: ends?.meetsDeadline.millionths)
      writer.member("leavesBehind", orNull: ends?.leavesBehind)
      writer.member("absentSince", orNull: prediction.forecast.absentSince?.description)
      writer.member("stuck", prediction.forecast.stuck)
    }
    writer.key("last")
    guard let last = wait.lastCount else { return writer.null() }
    writer.object { writer in
      writer.member("counted", last.counted)
      writer.member("adopted", last.adopted)
      writer.member("pendingOnline", last.pendingOnline)
      writer.member("pendingOffline", last.pendingOffline)
      writer.member("stale", last.stale)
      writer.member("excluded", last.excluded)
      writer.member("joined", last.joined)
      writer.member("removed", last.removed)
      writer.list("cohorts", last.cohorts) { writer, cohort in
        writer.member("name", cohort.name)
        writer.member("counted", cohort.counted)
        writer.member("adopted", cohort.adopted)
      }
    }
  }

  private func sample(_ writer: inout JSONWriter, _ sample: RunReport.Sample) {
    writer.member("at", sample.at.description)
    writer.member("adopted", sample.adopted)
    writer.member("denominator", sample.denominator)
    writer.member("shareMillionths", sample.share.millionths)
  }

  private func recount(_ writer: inout JSONWriter, _ recount: RunReport.Recount) {
    writer.member("step", graph.id(of: recount.step))
    writer.member("counts", recount.counts)
    writer.member("tooFew", recount.tooFew)
    writer.member("lastAt", recount.lastAt.description)
    writer.member("enough", recount.isEnough)
    writer.member("shareMillionths", orNull: recount.last?.share.millionths)
  }

  private func gate(_ writer: inout JSONWriter, _ gate: RunReport.GateRecord) {
    writer.member("step", graph.id(of: gate.step))
    writer.member("attempt", gate.attempt)
    writer.member("askedAt", gate.askedAt.description)
    writer.member("askedAgainBecause", orNull: gate.gate.reason)
    writer.key("instructions")
    writer.array { writer in for line in gate.gate.instructions { writer.string(line) } }
    writer.member("answeredAt", orNull: gate.answer?.at.description)
    writer.member("by", orNull: gate.answer?.word.by)
    writer.member("note", orNull: gate.answer?.word.note)
    writer.member("endedAt", orNull: gate.endedAt?.description)
    var (outcome, detail): (String, String?) = ("open", nil)
    var evidence: Evidence?
    switch gate.outcome {
    case .open: break
    case .confirmed(let seen, let isWordOnly):
      outcome = isWordOnly ? "taken-on-word" : "confirmed"
      evidence = seen
    case .askedAgain(let reason): (outcome, detail) = ("asked-again", reason)
    case .rejected(let message): (outcome, detail) = ("rejected", message)
    case .failed(let message): (outcome, detail) = ("failed", message)
    case .skipped(let word): (outcome, detail) = ("skipped", word.words)
    }
    writer.member("outcome", outcome)
    writer.member("detail", orNull: detail)
    writer.key("evidence")
    if let evidence { writer.value(.object(evidence.members)) } else { writer.null() }
  }

  private func step(_ writer: inout JSONWriter, _ step: Int) {
    writer.member("id", graph.id(of: step))
    writer.member("channel", graph.steps[step].channel.rawValue)
    writer.member("state", state.steps[step].phase.code)
    writer.list("attempts", report.attempts[step]) { writer, attempt in
      writer.member("attempt", attempt.number)
      writer.member("startedAt", attempt.startedAt.description)
      writer.member("endedAt", orNull: attempt.endedAt?.description)
      writer.member("outcome", attempt.outcome.rawValue)
    }
  }

  private func trouble(_ writer: inout JSONWriter, _ trouble: RunReport.Trouble) {
    writer.member("step", graph.id(of: trouble.step))
    writer.member("attempt", trouble.attempt)
    writer.member("at", trouble.at.description)
    writer.member("what", trouble.what)
    writer.member("message", trouble.message)
    writer.member("help", orNull: trouble.help)
    writer.member("retryAt", orNull: trouble.retryAt?.description)
  }

  private func lineStop(_ writer: inout JSONWriter, _ stop: RunReport.LineStop) {
    writer.member("at", stop.at.description)
    writer.member("step", graph.id(of: stop.step))
    writer.member("group", orNull: stop.fall.group)
    writer.member("from", stop.fall.from.description)
    writer.member("until", stop.fall.until.description)
    writer.member("expected", stop.fall.expected)
    writer.member("seen", stop.fall.seen)
  }

  private func exception(_ writer: inout JSONWriter, _ exception: RunReport.Exception) {
    writer.member("kind", exception.kind.rawValue)
    writer.member("at", exception.at.description)
    writer.member("step", orNull: exception.step.map { graph.id(of: $0) })
    writer.member("by", orNull: exception.by)
    writer.member("note", orNull: exception.note)
    writer.member("acceptsOrphans", exception.acceptsOrphans)
    writer.member("detail", orNull: exception.detail)
  }
}

extension Opening {
  /// The opening in machine formats.
  var code: String {
    switch self {
    case .verificationOff: "verification-off"
    case .clientsOnHTTP: "clients-on-http"
    case .replicationBroken: "replication-broken"
    case .certificateUnproven: "certificate-unproven"
    }
  }
}
