import CanonicalJSON
import Estate
import HTTPTypes
import Hummingbird

extension ManagementAPI {
  /// The machines.
  func addComputerRoutes(to routes: APIRoutes) {
    routes.get("computers") { request, context in
      await answer(request, context) { call, state in
        try computers(call, state, ofGroup: nil)
      }
    }
    routes.patch("computers") { request, context in
      await answer(request, context) { call, state in
        guard let moves = try call.json().array, !moves.isEmpty else {
          throw APIRefusal(.badRequest, "The request body is invalid.")
        }
        var answers: [JSONValue] = []
        var failures = 0
        for move in moves {
          let isDone = try self.move(move, call, &state)
          if !isDone { failures += 1 }
          answers.append(
            .object([
              .init("responseCode", .string(isDone ? "200" : "409")),
              .init(
                "responseMessage",
                .string(isDone ? "OK" : "The client or the group does not exist.")),
            ]))
        }
        guard failures < moves.count else {
          throw APIRefusal(.conflict, "The client or the group does not exist.")
        }
        return .json(failures == 0 ? .ok : HTTPResponse.Status(code: 207)) {
          $0.value(.array(answers))
        }
      }
    }
    routes.delete("computers/:computer") { request, context in
      await answer(request, context) { call, state in
        guard try delete(call.path["computer"] ?? "", call, &state) else {
          throw APIRefusal.gone("The client")
        }
        return .empty(.noContent)
      }
    }
    routes.post("computers/delete") { request, context in
      await answer(request, context) { call, state in
        let ids = (try call.json().array ?? []).compactMap(\.string)
        guard !ids.isEmpty else {
          throw APIRefusal(.badRequest, "The request body is invalid.")
        }
        var count = 0
        for id in ids where try delete(id, call, &state) { count += 1 }
        guard count > 0 else { throw APIRefusal.gone("The client") }
        return .empty(count == ids.count ? .ok : HTTPResponse.Status(code: 207))
      }
    }
  }

  /// A page of the list, filtered as the call says.
  ///
  /// - Throws: ``APIRefusal``
  func computers(
    _ call: APICall, _ state: LabState, ofGroup group: Int?
  ) throws(APIRefusal) -> APIAnswer {
    let page = try PageRequest(call, usualSize: 20)
    let since = try call.number("lastUpdate", in: 0...Int64.max, or: 0)
    let isReduced = try call.flag("verbose")
    let estate = state.estate
    let domain = try self.domain(of: call, state)
    let domains = domainsOfGroups(state)
    let hidden = state.faults.percent(of: .fewerClients, site: self.site, server: server)
    let doubled = state.faults.percent(of: .duplicates, site: self.site, server: server)
    let order = call.query["sort"].flatMap { $0.isEmpty ? nil : $0 } ?? "COMPUTER_NAME"
    guard
      ["COMPUTER_NAME", "COMPUTER_ID", "COMPUTER_DOMAIN_NAME", "DOMAIN_ID"].contains(order)
    else { throw APIRefusal(.badRequest, "The parameter sort is invalid.") }
    var found = (order == "COMPUTER_ID" ? listedByID : listed).filter { entry in
      estate.isListed(entry)
        && (group.map { estate.group(of: entry) == $0 }
          ?? (domains[estate.group(of: entry)] == domain))
        && estate.number(of: entry) * 37 % 100 >= hidden
    }.map { ListedRow(entry: $0) }
    if doubled > 0 {
      found = found.flatMap { row in
        estate.number(of: row.entry) * 53 % 100 < doubled
          ? [row, ListedRow(entry: row.entry, isFormer: true)] : [row]
      }
      if order == "COMPUTER_ID" { found.sort { $0.id(in: estate) < $1.id(in: estate) } }
    }
    // Each of these makes the other filters void.
    if let id = call.query["computer_id"], !id.isEmpty {
      found = found.filter { $0.id(in: estate) == id }
    } else if let key = call.query["hardware_key"], !key.isEmpty {
      found = found.filter {
        estate.identity(ofClient: estate.number(of: $0.entry), use: 0) == key
      }
    } else {
      if since > 0 { found = found.filter { $0.lastUpdate(in: estate) >= since } }
      if let pattern = call.query["computerName"], !pattern.isEmpty {
        let name = NamePattern(pattern)
        found = found.filter { name.matches(estate.row(of: $0.entry).name) }
      }
    }
    let ascending = call.query["order"]?.uppercased() != "DESC"
    if !ascending { found.reverse() }
    let content = Array(found[page.range(of: found.count)])
    return .json(capacity: content.count * 4_096 + 1_024) { writer in
      writer.page(
        content, of: found.count, page,
        sortedBy: (order, ascending)
      ) { writer, listed in
        let row = listed.row(in: estate)
        ComputerShape(
          row: row, estate: estate, domain: domains[row.group], isFormer: listed.isFormer
        ).write(to: &writer, isReduced: isReduced)
      }
    }
  }

  /// Deletes the record of one client, by its computer id; false where the site's own clients have none such.
  private func delete(
    _ id: String, _ call: APICall, _ state: inout LabState
  ) throws -> Bool {
    let estate = state.estate
    guard let entry = listed.first(where: { estate.computerID(of: $0) == id }) else { return false }
    let key = estate.identity(ofClient: estate.number(of: entry), use: 0)
    let outcome = try state.perform(
      .operation(EstateOperation(.deleteClient, on: site, detail: key)), by: call.author)
    if case .done = outcome { return true }
    return false
  }

  /// Moves one client to a group.
  private func move(
    _ move: JSONValue, _ call: APICall, _ state: inout LabState
  ) throws -> Bool {
    guard let key = move["hardwareKey"]?.string, let id = move["group"]?["id"]?.string else {
      throw APIRefusal(.badRequest, "The request body is invalid.")
    }
    let groups = state.estate.sites[position.site].groups
    guard let group = groups.first(where: { $0.id == id }) else { return false }
    let outcome = try state.perform(
      .operation(EstateOperation(.moveClient, on: site, group: group.path, detail: key)),
      by: call.author)
    if case .done = outcome { return true }
    return false
  }
}

/// A row of the list: a client, or what is left of it from before it was installed anew.
private struct ListedRow {
  let entry: ListedClient
  var isFormer = false

  func id(in estate: SimulatedEstate) -> String { estate.computerID(of: entry, isFormer: isFormer) }

  func row(in estate: SimulatedEstate) -> ClientRow {
    isFormer ? estate.formerRow(of: entry) : estate.row(of: entry)
  }

  func lastUpdate(in estate: SimulatedEstate) -> Int64 {
    isFormer ? estate.formerRow(of: entry).lastUpdate : estate.lastUpdate(of: entry)
  }
}

/// What a name is held against: a star stands for anything.
private struct NamePattern {
  private let parts: [Substring]
  private let text: String

  init(_ text: String) {
    self.text = text.lowercased()
    parts = self.text.split(separator: "*", omittingEmptySubsequences: false)
  }

  func matches(_ name: String) -> Bool {
    let name = name.lowercased()
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return name == text
    }
    guard name.hasPrefix(first), name.hasSuffix(last), name.count >= first.count + last.count
    else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
