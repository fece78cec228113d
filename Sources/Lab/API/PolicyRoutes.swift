import CanonicalJSON
import Estate
import HTTPTypes
import Hummingbird

extension ManagementAPI {
  private static let policyTypes = [
    "adc", "av", "exceptions", "fw", "hi", "hid", "ips", "lu", "mem", "tdad", "upgrade",
  ]

  /// The inventory of policies, one of each type.
  func addPolicyRoutes(to routes: APIRoutes) {
    routes.get("policies/summary") { request, context in
      await answer(request, context) { call, state in
        try policies(Self.policyTypes, call, state)
      }
    }
    routes.get("policies/summary/:type") { request, context in
      await answer(request, context) { call, state in
        let type = call.path["type"] ?? ""
        // Management server lists are no policies to the API.
        guard Self.policyTypes.contains(type) else {
          throw APIRefusal(.badRequest, "The policy type argument is invalid.")
        }
        return try policies([type], call, state)
      }
    }
  }

  private func policies(
    _ types: [String], _ call: APICall, _ state: LabState
  ) throws(APIRefusal) -> APIAnswer {
    let page = try PageRequest(call, usualSize: 20)
    let estate = state.estate
    let groups = estate.sites[position.site].groups
    return .json(capacity: 8_192) { writer in
      writer.page(Array(types[page.range(of: types.count)]), of: types.count, page, sortedBy: nil) {
        writer, type in
        writer.object { writer in
          writer.member(
            "id", estate.identity(ofClient: type.utf8.reduce(0) { $0 * 31 + Int($1) }, use: 707))
          writer.member("name", "\(type) policy")
          writer.member("desc", "")
          writer.member("policytype", type)
          writer.member("subtype", orNull: String?.none)
          writer.member("enabled", true)
          writer.member("domainid", LabDomain.first.id(in: estate))
          writer.member("lastmodifiedtime", estate.installedAt)
          writer.key("sources")
          writer.null()
          writer.key("assignedtolocations")
          writer.array { writer in
            for (index, group) in groups.enumerated() where !group.inherits {
              writer.object { writer in
                writer.member("groupId", group.id)
                writer.member("defaultLocationId", estate.locationID(0, ofGroup: index))
                writer.key("locationIds")
                writer.array { writer in
                  for location in group.locations.indices {
                    writer.string(estate.locationID(location, ofGroup: index))
                  }
                }
              }
            }
          }
          writer.key("assignedtocloudgroups")
          writer.null()
        }
      }
    }
  }
}
