import CanonicalJSON
import Estate
import HTTPTypes
import Hummingbird
import RotationEngine

extension ManagementAPI {
  /// What a site knows of its partners (`docs/SEPM.md`, "Replication status").
  func addReplicationRoutes(to routes: APIRoutes) {
    routes.get("replication/is_replicated") { request, context in
      await answer(request, context) { _, state in
        .json { $0.bool(!partners(state).isEmpty) }
      }
    }
    routes.get("replication/status") { request, context in
      await answer(request, context) { _, state in
        let status = status(state)
        let isArray = state.faults.isOn(.statusArray, site: site, server: server)
        return .json(.object([.init("replicationStatus", isArray ? .array([status]) : status)]))
      }
    }
    routes.post("replication/replicatenow") { request, context in
      await answer(request, context) { call, state in
        for name in ["content", "logs"] where try call.flag(name) {
          throw APIRefusal(.badRequest, "invalid option")
        }
        let name = call.query["partnerSiteName"] ?? ""
        let partner = partners(state).first { state.estate.sites[$0.partner].name == name }
        guard let partner else {
          throw APIRefusal(.badRequest, "The replication partner \(name) does not exist.")
        }
        try state.perform(
          .operation(
            EstateOperation(.replicateNow, on: state.estate.links[partner.link].name)),
          by: call.author)
        return .json(.object([.init("code", .integer(0))]))
      }
    }
  }

  /// The partners that the site lists.
  private func partners(_ state: LabState) -> [(link: Int, partner: Int)] {
    state.estate.links.enumerated().compactMap { index, link in
      guard let side = link.sites.firstIndex(of: position.site), link.sides[side] != .deleted,
        let partner = link.sites.first(where: { $0 != position.site })
      else { return nil }
      return (index, partner)
    }
  }

  private func status(_ state: LabState) -> JSONValue {
    let skew = state.estate.sites[position.site].clockSkew
    func moment(_ time: Int64) -> JSONValue { .integer(time == 0 ? 0 : time + skew) }
    return .object([
      .init("id", .string(state.estate.siteID(position.site))),
      .init("siteName", .string(site)),
      .init("siteLocation", .string("N/A")),
      .init(
        "replicationPartnerStatusList",
        .array(
          partners(state).map { index, partner in
            let link = state.estate.links[index]
            return .object([
              .init("id", .string(state.estate.siteID(partner))),
              .init("name", .string(state.estate.sites[partner].name)),
              .init("location", .string("N/A")),
              .init("status_code", .string(state.estate.replicationPhase(of: index))),
              .init("lastRunTime", moment(link.lastRun)),
              .init("lastSuccessfulRunTime", moment(link.lastSuccess)),
              .init("nextRunTime", moment(link.nextRun ?? 0)),
            ])
          })),
    ])
  }
}

extension SimulatedEstate {
  /// SEPM's word for where replication stands: how far the run of just now is, or how the last one ended.
  fileprivate func replicationPhase(of link: Int) -> String {
    let state = links[link]
    guard state.isActive, let end = state.nextRun else { return state.status.rawValue }
    let length = runLength(of: link)
    let passed = now.milliseconds - (end - length)
    guard passed >= 0, length > 0 else { return state.status.rawValue }
    return ["CONNECTING", "AUTHENTICATING", "SUBMITTING", "PROCESSING"][
      Int(min(passed * 4 / length, 3))]
  }
}
