import CanonicalJSON
import Estate
import Hummingbird

extension ManagementAPI {
  /// What runs: answers anybody.
  func addVersionRoutes(to routes: APIRoutes) {
    routes.get("version") { request, context in
      await answerAnybody(request, context) { _, state, _ in
        let server = state.estate.sites[position.site].servers[position.server]
        return .json { $0.version(VersionShape(server.version)) }
      }
    }
  }
}
