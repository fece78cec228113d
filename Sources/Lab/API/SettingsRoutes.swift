import CanonicalJSON
import Estate
import HTTPTypes
import Hummingbird

extension ManagementAPI {
  /// The settings of locations: what of a rotation's changes the API can do itself.
  func addSettingsRoutes(to routes: APIRoutes) {
    routes.get("groups/:group/locations/:location/settings") { request, context in
      await answer(request, context) { call, state in
        try checkSettings(state)
        let (source, location) = try self.location(call, state)
        let group = state.estate.sites[position.site].groups[source]
        return .json(capacity: 4_096) {
          $0.settings(
            group.locations[location], downloadsProfile: group.downloadsProfile,
            heartbeat: state.estate.heartbeatSeconds)
        }
      }
    }
    routes.patch("groups/:group/locations/:location/settings") { request, context in
      await answer(request, context) { call, state in
        try checkSettings(state)
        let named = try group(call, state)
        let (source, location) = try self.location(call, state)
        guard named == source else {
          throw APIRefusal(.badRequest, "The group inherits its settings from its parent.")
        }
        let wanted = try SettingsShape.verification(in: try call.json())
        let group = state.estate.sites[position.site].groups[source]
        let name = group.locations[location].name
        let isIgnored = state.ignoresPatch(of: group.path, name, site: site, server: server)
        if let wanted, !isIgnored {
          try state.perform(
            .operation(
              EstateOperation(
                .setVerification, on: site, group: group.path, location: name, isOn: wanted)),
            by: call.author)
        }
        return .empty()
      }
    }
  }

  /// Older releases do not have the resource.
  private func checkSettings(_ state: LabState) throws(APIRefusal) {
    guard state.faults.isOn(.settingsMissing, site: site, server: server) else { return }
    throw APIRefusal(.notFound, "HTTP 404 Not Found")
  }
}
