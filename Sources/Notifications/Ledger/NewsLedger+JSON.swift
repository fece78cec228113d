internal import CanonicalJSON
import PlanText
import RotationEngine

extension NewsLedger {
  /// The ledger as it is kept.
  package var bytes: [UInt8] {
    var writer = JSONWriter(capacity: 1_024)
    writer.object { writer in
      writer.member("format", 1)
      writer.key("runs")
      writer.object { writer in
        for (run, position) in positions.sorted(by: { $0.key < $1.key }) {
          writer.key(run)
          writer.object { writer in
            writer.member("urgent", position.urgent)
            writer.member("ordinary", position.ordinary)
            writer.key("told")
            writer.array { writer in for key in position.told.sorted() { writer.string(key) } }
          }
        }
      }
      writer.member("failures", failures)
      writer.member("nextTry", orNull: nextTry?.description)
      writer.member("disabledAt", orNull: disabledAt?.description)
      writer.member("lastDigest", orNull: lastDigest)
      writer.key("attempts")
      writer.array { writer in
        for attempt in attempts {
          writer.object { writer in
            writer.member("at", attempt.at.description)
            writer.member("news", attempt.news)
            writer.member("delivered", attempt.isDelivered)
            writer.member("outcome", attempt.outcome)
          }
        }
      }
    }
    return writer.bytes
  }

  /// A ledger as it was kept; nil where the bytes make no sense.
  package init?(_ bytes: [UInt8]) {
    guard let json = try? JSONValue(parsing: bytes), let runs = json["runs"]?.object,
      let failures = json["failures"]?.integer, let attempts = json["attempts"]?.array
    else { return nil }
    var positions: [String: Position] = [:]
    for run in runs {
      guard let urgent = run.value["urgent"]?.integer,
        let ordinary = run.value["ordinary"]?.integer,
        let told = run.value["told"]?.array
      else { return nil }
      var position = Position()
      (position.urgent, position.ordinary) = (Int(urgent), Int(ordinary))
      position.told = Set(told.compactMap(\.string))
      positions[run.name] = position
    }
    self.init(
      positions: positions, failures: Int(failures),
      nextTry: json["nextTry"]?.string.flatMap { Instant($0) },
      disabledAt: json["disabledAt"]?.string.flatMap { Instant($0) },
      lastDigest: json["lastDigest"]?.integer,
      attempts: attempts.compactMap { item in
        guard let at = item["at"]?.string.flatMap({ Instant($0) }), let news = item["news"]?.string,
          let outcome = item["outcome"]?.string
        else { return nil }
        return Attempt(
          at: at, news: news, isDelivered: item["delivered"] == .bool(true), outcome: outcome)
      })
  }
}
