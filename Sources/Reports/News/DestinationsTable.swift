import CanonicalJSON
package import Notifications
package import RotationEngine

/// `waltz notify status`: what was told to each destination, and what waits.
package enum DestinationsTable {
  /// One destination.
  package struct Row: Sendable {
    let name: String
    let ledger: NewsLedger

    /// What is due and was not told.
    let waiting: Int

    /// A destination.
    package init(name: String, ledger: NewsLedger, waiting: Int) {
      self.name = name
      self.ledger = ledger
      self.waiting = waiting
    }

    var state: String {
      if ledger.disabledAt != nil { return "gone" }
      if ledger.failures > 0 { return "failing" }
      return ledger.lastDelivery == nil ? "not used yet" : "reached"
    }
  }

  /// For people.
  package static func text(_ rows: [Row], now: Instant, layout: TextLayout) -> String {
    var table = TextTable([
      .init(title: "DESTINATION", minimum: 8), .init(title: "STATE"),
      .init(title: "WAITING", isNumber: true), .init(title: "LAST TOLD", minimum: 10),
      .init(title: "NEXT TRY", minimum: 10), .init(title: "WHAT IT SAID LAST", minimum: 10),
    ])
    for row in rows {
      table.add([
        .init(row.name, .title),
        .init(row.state, row.ledger.failures > 0 ? .trouble : .good),
        .init(Wording.number(row.waiting)),
        .init(row.ledger.lastDelivery.map { Wording.minute($0.at) } ?? ""),
        .init(row.ledger.nextTry.map { Wording.minute($0) } ?? ""),
        .init(row.ledger.attempts.last?.outcome ?? ""),
      ])
    }
    return table.lines(indent: 0, layout).map { $0 + "\n" }.joined()
  }

  /// For programs.
  package static func json(_ rows: [Row]) -> String {
    var writer = JSONWriter(indent: 2)
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      writer.key("destinations")
      writer.array { writer in
        for row in rows {
          writer.object { writer in
            writer.member("name", row.name)
            writer.member("state", row.state)
            writer.member("waiting", row.waiting)
            writer.member("failures", row.ledger.failures)
            writer.member("nextTryAt", orNull: row.ledger.nextTry?.description)
            writer.member("disabledAt", orNull: row.ledger.disabledAt?.description)
            writer.key("attempts")
            writer.array { writer in
              for attempt in row.ledger.attempts {
                writer.object { writer in
                  writer.member("at", attempt.at.description)
                  writer.member("news", attempt.news)
                  writer.member("delivered", attempt.isDelivered)
                  writer.member("outcome", attempt.outcome)
                }
              }
            }
          }
        }
      }
    }
    writer.newLine()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
