import CanonicalJSON
import Estate
import Hummingbird

/// The virus definitions that every machine of a lab has.
enum ContentShape {
  static let version = "240611002"
  static let revision = "2024-06-11 rev. 002"
}

extension ManagementAPI {
  /// Counts of clients, and the newest content.
  func addStatisticsRoutes(to routes: APIRoutes) {
    routes.get("stats/client/onlinestatus") { request, context in
      await answer(request, context) { _, state in
        let rows = rows(state)
        let online = rows.count { $0.isOnline }
        return statistics(
          "clientCountStatsList",
          [
            [
              .init("status", .string("ONLINE")),
              .init("clientsCount", .integer(Int64(online))),
            ],
            [
              .init("status", .string("OFFLINE")),
              .init("clientsCount", .integer(Int64(rows.count - online))),
            ],
          ], state)
      }
    }
    routes.get("stats/client/version") { request, context in
      await answer(request, context) { _, state in
        let rows = rows(state)
        let old = rows.count { $0.isOldAgent }
        var list: [[JSONValue.Member]] = []
        if old > 0 {
          list.append(
            version("14.2.1031.0100", old, "14.2.1 (14.2 RU1) build 0100"))
        }
        list.append(
          version("14.3.9816.7000", rows.count - old, "14.3 (14.3 RU7) build 9816"))
        return statistics("clientVersionList", list, state)
      }
    }
    routes.get("stats/client/content") { request, context in
      await answer(request, context) { _, state in
        statistics(
          "clientDefStatusList",
          [
            [
              .init("version", .string(ContentShape.revision)),
              .init("clientsCount", .integer(Int64(rows(state).count))),
            ]
          ], state)
      }
    }
    routes.get("content/avdef/latest") { request, context in
      await answer(request, context) { _, _ in
        .json { writer in
          writer.object { writer in
            writer.member("contentName", "AV_DEFS")
            writer.member("publishedBySymantec", ContentShape.revision)
            writer.member("publishedBySEPM", ContentShape.revision)
          }
        }
      }
    }
  }

  /// Every row that the site lists.
  func rows(_ state: LabState) -> [ClientRow] {
    listed.filter { state.estate.isListed($0) }.map { state.estate.row(of: $0) }
  }

  private func statistics(
    _ name: String, _ list: [[JSONValue.Member]], _ state: LabState
  ) -> APIAnswer {
    .json(
      .object([
        .init("lastUpdated", .integer(state.serverTime(at: position.site))),
        .init(name, .array(list.map(JSONValue.object))),
      ]))
  }

  private func version(_ version: String, _ count: Int, _ formatted: String) -> [JSONValue.Member] {
    [
      .init("version", .string(version)), .init("clientsCount", .integer(Int64(count))),
      .init("formattedVersion", .string(formatted)),
    ]
  }
}
