import CanonicalJSON
import PlanModel
package import RotationEngine

/// What was seen of the sites of a plan before a rotation, for programs.
package enum ObservationJSON {
  /// One line, without its end.
  package static func line(_ sites: [SiteObservation], of plan: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      writer.member("plan", plan)
      writer.key("sites")
      writer.array { writer in for site in sites { write(site, to: &writer) } }
    }
    return writer.bytes
  }

  private static func write(_ site: SiteObservation, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("site", site.site)
      switch site.sight {
      case .seen(let clients):
        writer.member("seen", true)
        write(clients, to: &writer)
      case .trouble(let reason):
        writer.member("seen", false)
        writer.member("reason", reason)
      case .noAPI:
        writer.member("seen", false)
        writer.member("reason", "The plan has no `api` for it.")
      }
      writer.key("contacts")
      write(site.hours, to: &writer)
    }
  }

  private static func write(_ clients: ObservedClients, to writer: inout JSONWriter) {
    writer.member("at", clients.at.description)
    writer.member("clients", clients.clients)
    writer.member("online", clients.online)
    writer.key("lastContact")
    writer.object { writer in
      for (age, count) in zip(ObservedClients.Age.allCases, clients.ages) {
        writer.member("\(age)", count)
      }
    }
    writer.key("outlook")
    guard let outlook = clients.outlook else { return writer.null() }
    writer.object { writer in
      writer.member("wait", outlook.wait.rawValue)
      writer.member("counted", outlook.counted)
      writer.member("reachedAfterSeconds", outlook.reachedAfter.components.seconds)
      writer.member("deadlineSeconds", outlook.deadline.components.seconds)
      writer.member("pending", outlook.pending)
      writer.member("stale", outlook.stale)
      writer.member("excluded", outlook.excluded)
      writer.key("leftBehind")
      writer.array { writer in
        for client in outlook.leftBehind {
          writer.object { writer in
            writer.member("name", client.name)
            writer.member("group", client.group)
            writer.member("lastSeen", orNull: client.lastSeen?.description)
            writer.member("reason", client.reason)
          }
        }
      }
    }
  }

  /// Hours that were watched, and the mean of each hour of the week.
  private static func write(_ hours: ContactHours, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("hours", hours.counts.count)
      writer.member(
        "from", orNull: hours.bounds.map { ContactHours.begin(of: $0.lowerBound).description })
      writer.member(
        "until", orNull: hours.bounds.map { ContactHours.begin(of: $0.upperBound + 1).description })
      writer.key("week")
      writer.array { writer in
        for count in hours.week() {
          if let count { writer.integer(count) } else { writer.null() }
        }
      }
    }
  }
}
