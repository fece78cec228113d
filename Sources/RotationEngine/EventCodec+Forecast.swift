package import CanonicalJSON
import PlanModel

extension WaitForecast {
  /// Its members, as they stand in an event and in what is printed of it.
  package func write(_ writer: inout JSONWriter) {
    writer.member("notBefore", notBefore.description)
    writer.member("historyHours", historyHours)
    writer.key("ends")
    if let ends {
      writer.object { writer in
        writer.member("q10", orNull: ends.early?.description)
        writer.member("q50", orNull: ends.median?.description)
        writer.member("q90", orNull: ends.late?.description)
        writer.member("deadlineMetMillionths", ends.meetsDeadline.millionths)
        writer.member("leavesBehind", orNull: ends.leavesBehind)
        writer.key("tomorrow")
        writer.object { writer in
          writer.member("at", ends.tomorrow.at.description)
          writer.member("adoptedFrom", ends.tomorrow.adopted.lowerBound)
          writer.member("adoptedTo", ends.tomorrow.adopted.upperBound)
        }
      }
    } else {
      writer.null()
    }
    writer.member("absentSince", orNull: absentSince?.description)
    writer.member("stuck", stuck)
  }
}

extension EventFields {
  func forecast() throws -> WaitForecast {
    WaitForecast(
      notBefore: try time("notBefore"), historyHours: try number("historyHours"),
      ends: value["ends"]?.object == nil ? nil : try EventFields(value["ends"] ?? .null).ends(),
      absentSince: value["absentSince"]?.string.flatMap { Instant($0) }, stuck: try number("stuck"))
  }

  private func ends() throws -> WaitForecast.Ends {
    let tomorrow = EventFields(value["tomorrow"] ?? .null)
    let least = try tomorrow.number("adoptedFrom")
    return WaitForecast.Ends(
      early: value["q10"]?.string.flatMap { Instant($0) },
      median: value["q50"]?.string.flatMap { Instant($0) },
      late: value["q90"]?.string.flatMap { Instant($0) },
      meetsDeadline: Share(millionths: try number("deadlineMetMillionths")),
      leavesBehind: try optionalNumber("leavesBehind"),
      tomorrow: WaitForecast.Band(
        at: try tomorrow.time("at"),
        adopted: least...max(least, try tomorrow.number("adoptedTo"))))
  }
}
