import CanonicalJSON
package import Notifications
import PlanText
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

  /// The check of exposures.
  package struct Check: Sendable {
    let row: Row
    let open: [ExposureRound.OpenSite]

    /// The check.
    ///
    /// - Parameters:
    ///   - row: What it was told.
    ///   - open: Where verification is off.
    package init(_ row: Row, _ open: [ExposureRound.OpenSite]) {
      self.row = row
      self.open = open
    }
  }

  /// For people.
  package static func text(
    _ rows: [Row], exposure: Check? = nil, now: Instant, layout: TextLayout
  ) -> String {
    var table = TextTable([
      .init(title: "DESTINATION", minimum: 8), .init(title: "STATE"),
      .init(title: "WAITING", isNumber: true), .init(title: "LAST TOLD", minimum: 10),
      .init(title: "NEXT TRY", minimum: 10), .init(title: "WHAT IT SAID LAST", minimum: 10),
    ])
    let check = exposure.map {
      Row(
        name: "\($0.row.name) (a check)", ledger: $0.row.ledger, waiting: $0.row.waiting)
    }
    let all = rows + (check.map { [$0] } ?? [])
    guard !all.isEmpty else { return "notify.yaml names no destination: nobody is told news.\n" }
    for row in all {
      table.add([
        .init(row.name, .title),
        .init(row.state, row.ledger.failures > 0 ? .trouble : .good),
        .init(Wording.number(row.waiting)),
        .init(row.ledger.lastDelivery.map { Wording.minute($0.at) } ?? ""),
        .init(row.ledger.nextTry.map { Wording.minute($0) } ?? ""),
        .init(row.ledger.attempts.last?.outcome ?? ""),
      ])
    }
    var lines = table.lines(indent: 0, layout)
    if let open = exposure?.open, !open.isEmpty {
      let sites = open.map { "\($0.site) (\($0.isLeft ? "left by " : "")\($0.run))" }
      lines.append(
        visibleLine(
          "Verification is off at \(Wording.list(sites, atMost: 8)).", unicode: layout.unicode))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// For programs.
  package static func json(_ rows: [Row], exposure: Check? = nil) -> String {
    var writer = JSONWriter(indent: 2)
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      writer.key("destinations")
      writer.array { writer in
        for row in rows { writer.object { write(row, &$0) } }
      }
      writer.key("checks")
      writer.array { writer in
        guard let exposure else { return }
        writer.object { writer in
          write(exposure.row, &writer)
          writer.key("open")
          writer.array { writer in
            for open in exposure.open {
              writer.object { writer in
                writer.member("site", open.site)
                writer.member("run", open.run)
                writer.member("left", open.isLeft)
              }
            }
          }
        }
      }
    }
    writer.newLine()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func write(_ row: Row, _ writer: inout JSONWriter) {
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
