import CanonicalJSON
import Estate
import HTTPTypes
import Hummingbird
import RotationEngine

/// An alarm of a site.
private struct SiteAlarm {
  let id: String
  let at: Int64
  let subject: String
  let message: String

  /// Whether it can be acknowledged: of some the API says that it does not know them.
  let canBeAcknowledged: Bool
}

extension ManagementAPI {
  /// Alarms of the site and of its servers.
  func addEventRoutes(to routes: APIRoutes) {
    routes.get("events/critical") { request, context in
      await answer(request, context) { call, state in
        let all = events(state)
        let isWhole = try call.flag("includeAcknowledged")
        let open = all.filter { !state.acknowledged.contains($0.id) }
        return .json(
          .object([
            .init("lastUpdated", .integer(state.serverTime(at: position.site))),
            .init("totalUnacknowledgedMessages", .integer(Int64(open.count))),
            .init(
              "criticalEventsInfoList",
              .array(
                (isWhole ? all : open).map { event in
                  .object([
                    .init("eventId", .string(event.id)),
                    .init("eventDateTime", .string(eventTime(event.at))),
                    .init("subject", .string(event.subject)),
                    .init("message", .string(event.message)),
                    .init(
                      "acknowledged",
                      .integer(state.acknowledged.contains(event.id) ? 1 : 0)),
                  ])
                })),
          ]))
      }
    }
    routes.post("events/acknowledge/:event") { request, context in
      await answer(request, context) { call, state in
        let id = call.path["event"] ?? ""
        guard events(state).contains(where: { $0.id == id && $0.canBeAcknowledged }) else {
          throw APIRefusal.plain(
            .badRequest, "{\"errorCode\":4104,\"errorMessage\":\"Unknown event: \(id)\"}")
        }
        try state.perform(.acknowledgement(id), by: call.author)
        return .empty()
      }
    }
    routes.post("events/notifications") { request, context in
      await answer(request, context) { call, _ in
        guard try call.json()["subject"]?.string != nil else {
          throw APIRefusal(.badRequest, "The request body is invalid: subject is missing.")
        }
        return .empty()
      }
    }
  }

  /// Services that are down, replication that fails, clients that are lost.
  private func events(_ state: LabState) -> [SiteAlarm] {
    let estate = state.estate
    var events: [SiteAlarm] = []
    for (index, server) in estate.sites[position.site].servers.enumerated() {
      for service in Service.allCases
      where !server[service].isRunning && server[service].isUpAt == nil {
        events.append(
          SiteAlarm(
            id: estate.identity(ofClient: index << 8 | service.rawValue.utf8.count, use: 705),
            at: server[service].startedAt, subject: "Server Health Alert",
            message: "<p>\(server.name): the service \(service.rawValue) is not running.</p>",
            canBeAcknowledged: true))
      }
    }
    for (index, link) in estate.links.enumerated()
    where link.sites.contains(position.site) && link.status == .failedConnect {
      events.append(
        SiteAlarm(
          id: estate.identity(ofClient: index, use: 706), at: link.lastRun,
          subject: "Replication failed",
          message: "<p>Replication of \(link.name) failed.</p>", canBeAcknowledged: false))
    }
    return events
  }

  /// `2023-08-12 19:22:21.0`: GMT without saying so.
  private func eventTime(_ milliseconds: Int64) -> String {
    let text = Instant(milliseconds: milliseconds).description
    return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + ".0"
  }
}
