import CanonicalJSON
import Hummingbird

extension ManagementAPI {
  /// The domains of the site.
  func addDomainRoutes(to routes: APIRoutes) {
    routes.get("domains") { request, context in
      await answer(request, context) { _, state in
        .json { writer in
          writer.array { writer in
            for domain in domains(state) { writer.domain(domain, state, isWhole: false) }
          }
        }
      }
    }
    routes.get("domains/:id") { request, context in
      await answer(request, context) { call, state in
        let id = call.path["id"] ?? ""
        guard let found = domains(state).first(where: { $0.id(in: state.estate) == id }) else {
          throw APIRefusal.gone("The domain \(id)")
        }
        return .json { $0.domain(found, state, isWhole: true) }
      }
    }
  }
}
