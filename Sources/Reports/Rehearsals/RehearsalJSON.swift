import CanonicalJSON
import RotationEngine

/// The end of a rehearsal, for programs.
package enum RehearsalJSON {
  /// One line, without its end.
  package static func line(_ report: RehearsalReport) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      writer.member("clean", report.isClean)
      writer.member("plan", report.plan)
      writer.member("run", report.run)
      writer.member("digest", report.digest)
      writer.member("seed", report.seed)
      writer.member("scenario", report.scenario)
      writer.member("speed", report.speed)
      writer.member("startedAt", report.startedAt.description)
      writer.member("endedAt", report.endedAt.description)
      writer.member("tookMilliseconds", Int(report.took / .milliseconds(1)))
      writer.member("status", RunStanding(report.state, at: report.endedAt).rawValue)
      writer.member("stepsDone", report.state.counts.done)
      writer.member("steps", report.state.steps.count)
      writer.member("clients", report.truth.clients)
      writer.member("orphans", report.truth.orphans)
      writer.member("latentOrphans", report.truth.latentOrphans)
      writer.member("acceptedOrphans", report.accepted)
      writer.member("certificatesChanged", report.hasSwapped)
      writer.key("kills")
      writer.array { writer in
        for kill in report.kills {
          write(kill.at, kill.step, "moment", kill.moment.rawValue, to: &writer)
        }
      }
      writer.key("faults")
      writer.array { writer in for fault in report.faults { writer.string(fault) } }
      writer.key("people")
      writer.array { writer in
        for deed in report.deeds {
          write(deed.at, deed.step, "did", deed.kind.rawValue, to: &writer)
        }
      }
      writer.key("objections")
      writer.array { writer in for objection in report.objections { writer.string(objection) } }
      writer.member("folder", report.folder)
    }
    return writer.bytes
  }

  /// Something that happened to a step.
  private static func write(
    _ at: Instant, _ step: String, _ name: String, _ value: String, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("at", at.description)
      writer.member("step", step)
      writer.member(name, value)
    }
  }
}
