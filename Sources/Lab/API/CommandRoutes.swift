import CanonicalJSON
import Estate
import HTTPTypes
import Hummingbird
import RotationEngine

extension ManagementAPI {
  /// The command queue: a client fetches a command at its next contact, and has carried it out at the one after it.
  func addCommandRoutes(to routes: APIRoutes) {
    for kind in [
      "activescan", "baseline", "files", "fullscan", "quarantine", "reboot", "updatecontent",
    ] {
      routes.post(RouterPath("command-queue/\(kind)")) { request, context in
        await answer(request, context) { call, state in try queue(kind, call, &state) }
      }
    }
    routes.get("command-queue/:command") { request, context in
      await answer(request, context) { call, state in
        let command = try command(call, state)
        let page = try PageRequest(call, usualSize: 20)
        let range = page.range(of: command.clients.count)
        return .json(capacity: 8_192) { writer in
          writer.page(
            Array(command.clients[range]), of: command.clients.count, page, sortedBy: nil
          ) { writer, client in
            status(of: command, client, state, &writer)
          }
        }
      }
    }
    routes.post("command-queue/:command/cancel") { request, context in
      await answer(request, context) { call, state in
        let command = try command(call, state)
        let id = state.estate.identity(ofClient: state.commands.count, use: 900)
        try state.perform(
          .command(
            ClientCommand(
              id: id, kind: "cancel", site: position.site, clients: command.clients,
              at: state.estate.now, cancels: command.id)),
          by: call.author)
        return .json(.object([.init("commandID", .string(id))]))
      }
    }
  }

  private func queue(
    _ kind: String, _ call: APICall, _ state: inout LabState
  ) throws -> APIAnswer {
    func list(_ name: String) -> [String] {
      (call.query[name] ?? "").split(separator: ",").map(String.init)
    }
    let (computers, groups) = (list("computer_ids"), list("group_ids"))
    guard !computers.isEmpty || !groups.isEmpty else {
      throw APIRefusal(.badRequest, "No computer and no group is given.")
    }
    let rows = rows(state)
    var members: [JSONValue.Member] = []
    for (name, wanted) in [("commandID_computer", computers), ("commandID_group", groups)]
    where !wanted.isEmpty {
      let isGroup = name == "commandID_group"
      let clients = rows.filter { row in
        wanted.contains(
          isGroup
            ? state.estate.sites[row.site].groups[row.group].id
            : state.estate.computerID(ofClient: row.number))
      }
      guard !clients.isEmpty else {
        throw APIRefusal(.badRequest, "None of the computers or groups exists.")
      }
      let id = state.estate.identity(ofClient: state.commands.count, use: 900)
      try state.perform(
        .command(
          ClientCommand(
            id: id, kind: kind, site: position.site, clients: clients.map(\.number),
            at: state.estate.now)),
        by: call.author)
      members.append(.init(name, .string(id)))
    }
    return .json(.object(members))
  }

  private func command(_ call: APICall, _ state: LabState) throws(APIRefusal) -> ClientCommand {
    let id = call.path["command"] ?? ""
    guard let found = state.commands.first(where: { $0.id == id && $0.site == position.site })
    else { throw .gone("The command \(id)") }
    return found
  }

  private func status(
    of command: ClientCommand, _ client: Int, _ state: LabState, _ writer: inout JSONWriter
  ) {
    guard let entry = listed.first(where: { state.estate.number(of: $0) == client }) else { return }
    let row = state.estate.row(of: entry)
    let skew = state.estate.sites[row.site].clockSkew
    let isDone = row.lastUpdate - skew > command.at.milliseconds
    let domain = domainsOfGroups(state)[row.group]
    let shape = ComputerShape(row: row, estate: state.estate, domain: domain, isFormer: false)
    let begin = isDone ? Instant(milliseconds: row.lastUpdate).description : nil
    writer.object { writer in
      writer.member("beginTime", orNull: begin)
      writer.member("lastUpdateTime", orNull: begin)
      writer.member("computerName", row.name)
      writer.member("computerIp", shape.address)
      writer.member("domainName", domain.name)
      writer.member("currentLoginUserName", "user\(row.number)")
      // 0 is not started, 3 finished.
      writer.member("stateId", isDone ? 3 : 0)
      writer.member("subStateId", 0)
      writer.member("subStateDesc", orNull: String?.none)
      writer.member("binaryFileId", orNull: String?.none)
      writer.member("resultInXML", orNull: String?.none)
      writer.member("computerId", shape.computerID)
      writer.member("hardwareKey", shape.hardwareKey)
    }
  }
}
