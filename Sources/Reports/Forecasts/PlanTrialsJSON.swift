import CanonicalJSON
import Forecasts
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// `waltz plan forecast --format json`. Members only grow within a major version; what is not known is null.
package enum PlanTrialsJSON {
  /// The document, indented, with a line feed at its end.
  package static func text(of trials: PlanTrials) -> String {
    var writer = JSONWriter(indent: 2, capacity: 8_192)
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      write(trials, &writer)
    }
    writer.newLine()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The members of what runs came to.
  static func write(_ trials: PlanTrials, _ writer: inout JSONWriter) {
    writer.member("plan", orNull: trials.columns.first?.graph.plan.name.value)
    writer.member("scenario", trials.scenario)
    writer.member("start", trials.start.description)
    writer.member("seed", trials.seeds.lowerBound)
    writer.member("runs", trials.seeds.count)
    writer.key("columns")
    writer.array { writer in
      for column in trials.columns {
        writer.object { write(column, trials.start, &$0) }
      }
    }
  }

  private static func write(
    _ column: PlanTrials.Column, _ start: Instant, _ writer: inout JSONWriter
  ) {
    let summary = column.summary
    writer.member("whatIf", orNull: column.whatIf)
    writer.member("digest", column.digest)
    writer.member("finished", summary.finished)
    writer.key("unfinished")
    writer.array { writer in
      for (ending, runs) in summary.unfinished {
        writer.object { writer in
          writer.member("reason", code(ending))
          writer.member("runs", runs)
        }
      }
    }
    range("seconds", summary.lasted, &writer) { $0.integer($1.components.seconds) }
    range("endsAt", summary.lasted, &writer) { $0.string((start + $1).description) }
    writer.member("losing", summary.losing)
    range("orphans", summary.orphans, &writer) { $0.integer(Int64($1)) }
    range("latentOrphans", summary.latentOrphans, &writer) { $0.integer(Int64($1)) }
    range("gates", summary.gates, &writer) { $0.integer(Int64($1)) }
    exposures("verificationOff", summary.verificationOff, named: "site", &writer)
    exposures("replicationBroken", summary.replicationBroken, named: "partnership", &writer)
    writer.key("waits")
    writer.array { writer in
      for wait in summary.waits {
        writer.object { writer in
          writer.member("step", column.graph.id(of: wait.step))
          range("seconds", wait.lasted, &writer) { $0.integer($1.components.seconds) }
          writer.member("byMinimumMillionths", wait.byMinimum.millionths)
          writer.member("deadlineMetMillionths", wait.metDeadline.millionths)
        }
      }
    }
  }

  private static func code(_ ending: RunEnd) -> String {
    switch ending {
    case .succeeded: "succeeded"
    case .failed, .aborted: "failed"
    case .resting(let reason): reason.rawValue
    }
  }

  private static func exposures(
    _ name: String, _ exposures: [TrialSummary.Exposure], named key: String,
    _ writer: inout JSONWriter
  ) {
    writer.key(name)
    writer.array { writer in
      for exposure in exposures {
        writer.object { writer in
          writer.member(key, exposure.name)
          range("seconds", exposure.seconds, &writer) { $0.integer(Int64($1)) }
        }
      }
    }
  }

  private static func range<Value>(
    _ name: String, _ range: TrialRange<Value>?, _ writer: inout JSONWriter,
    _ write: (inout JSONWriter, Value) -> Void
  ) {
    writer.key(name)
    guard let range else { return writer.null() }
    writer.object { writer in
      for (name, value) in [("q10", range.low), ("q50", range.middle), ("q90", range.high)] {
        writer.key(name)
        write(&writer, value)
      }
    }
  }
}
