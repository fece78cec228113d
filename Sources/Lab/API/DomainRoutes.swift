import CanonicalJSON
import Hummingbird

extension ManagementAPI {
  /// The domains of the site.
  func addDomainRoutes(to routes: APIRoutes) {
    routes.get("domains") { request, context in
      await answer(request, context) { _, state in
        .json { writer in writer.array { $0.domain(state, isWhole: false) } }
      }
    }
    routes.get("domains/:id") { request, context in
      await answer(request, context) { call, state in
        guard call.path["id"] == DomainShape.id(in: state.estate) else {
          throw APIRefusal.gone("The domain \(call.path["id"] ?? "")")
        }
        return .json { $0.domain(state, isWhole: true) }
      }
    }
  }
}
