import CanonicalJSON
import Estate
import HTTPTypes
import Hummingbird

extension ManagementAPI {
  /// Groups, their locations and their machines.
  func addGroupRoutes(to routes: APIRoutes) {
    routes.get("groups") { request, context in
      await answer(request, context) { call, state in
        if call.query["mode"] == "tree" { return tree(state) }
        let page = try PageRequest(call, usualSize: 25)
        let domain = try self.domain(of: call, state)
        let domains = domainsOfGroups(state)
        var groups = visibleGroups(state).filter { domains[$0] == domain }
        if let path = call.query["fullPathName"], !path.isEmpty {
          groups = groups.filter { state.estate.sites[position.site].groups[$0].path == path }
        }
        let descending = call.query["order"]?.uppercased() == "DESC"
        groups.sort {
          let (one, other) = (
            state.estate.sites[position.site].groups[$0].path,
            state.estate.sites[position.site].groups[$1].path
          )
          return descending ? one > other : one < other
        }
        let counts = populations(state)
        return .json(capacity: 16_384) { writer in
          writer.page(
            Array(groups[page.range(of: groups.count)]), of: groups.count, page,
            sortedBy: ("NAME", !descending)
          ) { writer, group in
            writer.group(
              group, at: position.site, in: domain, state, count: counts[group], isWhole: false)
          }
        }
      }
    }
    routes.get("groups/:group") { request, context in
      await answer(request, context) { call, state in
        let group = try group(call, state)
        let count = populations(state)[group]
        let domain = domainsOfGroups(state)[group]
        return .json {
          $0.group(group, at: position.site, in: domain, state, count: count, isWhole: true)
        }
      }
    }
    routes.get("groups/:group/locations") { request, context in
      await answer(request, context) { call, state in
        let source = state.estate.sites[position.site].source(of: try group(call, state))
        let isNamed = try call.flag("hasName")
        return .json { writer in
          writer.array { writer in
            for (index, location) in state.estate.sites[position.site].groups[source].locations
              .enumerated()
            {
              let path = "api/v1/locations/\(state.estate.locationID(index, ofGroup: source))"
              writer.string(isNamed ? "\(location.name):\(path)" : path)
            }
          }
        }
      }
    }
    routes.get("groups/:group/locations/:location/xml") { request, context in
      await answer(request, context) { call, state in
        let (source, location) = try self.location(call, state)
        let name = state.estate.sites[position.site].groups[source].locations[location].name
        return .json { writer in
          writer.object { writer in
            writer.member("location_id", state.estate.locationID(location, ofGroup: source))
            writer.member("location_name", name)
            writer.member(
              "location_rules_xml", "<LocationRules Name=\"\(name)\"></LocationRules>")
          }
        }
      }
    }
    routes.get("groups/:group/computers") { request, context in
      await answer(request, context) { call, state in
        try computers(call, state, ofGroup: group(call, state))
      }
    }
  }

  /// The group of a call's path.
  ///
  /// - Throws: ``APIRefusal`` where there is none of that id.
  func group(_ call: APICall, _ state: LabState) throws(APIRefusal) -> Int {
    let id = call.path["group"] ?? ""
    let found = visibleGroups(state).first {
      state.estate.sites[position.site].groups[$0].id == id
    }
    guard let found else { throw .gone("The group \(id)") }
    return found
  }

  /// The location of a call's path, and the group whose settings it belongs to.
  ///
  /// - Throws: ``APIRefusal`` where there is none of that id.
  func location(
    _ call: APICall, _ state: LabState
  ) throws(APIRefusal) -> (source: Int, location: Int) {
    let source = state.estate.sites[position.site].source(of: try group(call, state))
    let id = call.path["location"] ?? ""
    let found = state.estate.sites[position.site].groups[source].locations.indices.first {
      state.estate.locationID($0, ofGroup: source) == id
    }
    guard let found else { throw .gone("The location \(id)") }
    return (source, found)
  }

  private func visibleGroups(_ state: LabState) -> [Int] {
    state.estate.sites[position.site].groups.indices.filter {
      !state.estate.sites[position.site].groups[$0].isHidden
    }
  }

  /// How many machines each group has.
  private func populations(_ state: LabState) -> [Int] {
    var counts = [Int](repeating: 0, count: state.estate.sites[position.site].groups.count)
    for entry in listed where state.estate.isListed(entry) {
      counts[state.estate.group(of: entry)] += 1
    }
    return counts
  }

  private func tree(_ state: LabState) -> APIAnswer {
    let counts = populations(state)
    let groups = visibleGroups(state)
    let domains = domainsOfGroups(state)
    func write(_ group: Int, _ writer: inout JSONWriter) {
      writer.group(
        group, at: position.site, in: domains[group], state, count: counts[group], isWhole: false
      ) { writer in
        writer.array { writer in
          for child in groups
          where state.estate.sites[position.site].groups[child].parent == group {
            write(child, &writer)
          }
        }
      }
    }
    return .json(capacity: 16_384) { writer in
      writer.array { writer in
        for group in groups
        where state.estate.sites[position.site].groups[group].parent == nil {
          write(group, &writer)
        }
      }
    }
  }
}
