import CertificateChecks
import CertificateSources
import Drivers
import PlanModel
import PlanText

extension PlanDraft {
  /// The section `sites`.
  func writeSites(_ year: String, _ time: Int64, to text: inout CommentedLines) {
    text.comment("A site is one SEPM database and the servers that share it.")
    text.add("sites:")
    for site in sites {
      writeOrigin(of: site, to: &text)
      text.add("  \(CommentedLines.scalar(site.name)):")
      if let found = site.found {
        writeFacts(found.inventory, to: &text)
        writeAPI(found.api, time, to: &text)
      } else {
        text.comment(
          "FILL IN: nobody asked this site; a partner tells of it. Write the plan again with '--from-api' for it too, or "
            + "fill in 'clients', 'database' and 'api'. Without a certificate at its servers it is not rotated, and only "
            + "its replication is broken and restored.", indent: 4)
      }
      writeServers(of: site, year, to: &text)
    }
    text.add("")
  }

  private func writeOrigin(of site: DraftSite, to text: inout CommentedLines) {
    if let name = site.foundName, name != site.name {
      text.comment("SEPM calls this site \(CommentedLines.quoted(name)).", indent: 2)
    } else if site.foundName == nil {
      text.comment("SEPM did not say what this site is called.", indent: 2)
    }
  }

  private func writeFacts(_ inventory: SiteInventory, to text: inout CommentedLines) {
    for problem in inventory.unread {
      text.comment("Not known: \(CommentedLines.shown(problem))", indent: 4)
    }
    if inventory.domains.count > 1 {
      let names = inventory.domains.prefix(10).map(CommentedLines.quoted).joined(separator: ", ")
      text.comment(
        "It has \(inventory.domains.count.grouped) domains, all of which are rotated: \(names).",
        indent: 4)
    }
    if let clients = inventory.clients {
      text.add(
        "    clients: \(clients)  # seen in the last \(SiteInventory.activeDays) days")
    } else {
      text.comment(
        "FILL IN: how many clients it has; the list of computers could not be read to its end.",
        indent: 4)
      text.add("    # clients: 500")
    }
    if let database = inventory.database {
      text.add("    database: \(database.rawValue)")
    } else {
      let type = inventory.databaseType.map { ": SEPM says \(CommentedLines.quoted($0))" } ?? ""
      text.comment(
        "FILL IN: sql-server, sql-express or embedded\(type). With sql-express the database's certificate is renewed, "
          + "too. Admin ▸ Servers in the console shows it.", indent: 4)
      text.add("    # database: sql-server")
    }
  }

  private func writeAPI(_ api: SiteAPI, _ time: Int64, to text: inout CommentedLines) {
    text.add("    api:")
    text.add("      url: \(CommentedLines.scalar(api.url.value))")
    text.add("      username: \(CommentedLines.scalar(api.username.value))")
    switch api.password.value {
    case .environment(let name):
      text.add("      password: { env: \(CommentedLines.scalar(name)) }")
    case .file(let path): text.add("      password: { file: \(CommentedLines.scalar(path)) }")
    case .command(let arguments):
      let list = arguments.map(CommentedLines.scalar).joined(separator: ", ")
      text.add("      password: { command: [\(list)] }")
    }
    switch api.trust.value {
    case .system: break
    case .certificateAuthority(let path):
      text.add("      trust: { ca: \(CommentedLines.scalar(path)) }")
    case .fingerprint(let pin):
      text.comment(
        "Pinned: exactly this certificate is trusted, because the server presented it on \(UTCText.day(time)). If nobody "
          + "compared it with the one on the server yet, do it now: a browser on the server itself shows it at "
          + "https://localhost:8446.", indent: 6)
      text.add("      trust: { fingerprint: \(pin) }")
    }
  }

  private func writeServers(of site: DraftSite, _ year: String, to text: inout CommentedLines) {
    let inventory = site.found?.inventory
    if let count = inventory?.serverCount, count > site.servers.count + site.serversLeftOut {
      text.comment(
        "SEPM counts \(count.grouped) servers here and at its partners, but names none. These are the ones that machines "
          + "were in contact with. Compare them with Admin ▸ Servers in the console, and add those that are missing.",
        indent: 4)
    }
    if inventory != nil, !site.knowsAPIServer {
      text.comment(
        "FILL IN: which of the servers answers at the URL of the API could not be told.", indent: 4)
    }
    if site.serversLeftOut > 0 {
      text.comment(
        "\(site.serversLeftOut.grouped) more names of servers are left out, which no site has. Compare them with Admin ▸ "
          + "Servers in the console.", indent: 4)
    }
    text.add("    servers:")
    for server in site.servers {
      if let name = server.foundName, name != server.name {
        text.comment("SEPM calls it \(CommentedLines.quoted(name)).", indent: 6)
      } else if server.foundName == nil {
        text.comment("FILL IN: no machine told what this server is called.", indent: 6)
      }
      writeSights(of: server, to: &text)
      text.add("      \(CommentedLines.scalar(server.name)):")
      text.add("        address: \(CommentedLines.scalar(server.host))")
      if server.apiPort != ServerPorts.standard.api.value {
        text.add("        ports: { api: \(server.apiPort) }")
      }
      guard let inventory else { continue }
      text.add("        certificate: \(CommentedLines.scalar("\(site.name)-\(year)"))")
      if ProductVersion(inventory.version) != nil {
        text.add("        version: \(inventory.version)")
      }
    }
  }

  /// What the ports of a server present, and what that says of its address.
  private func writeSights(of server: DraftSite.Server, to text: inout CommentedLines) {
    let endpoints = server.endpoints
    let answers = endpoints.compactMap { endpoint in
      sights[endpoint].map { (endpoint.port, $0) }
    }
    var isThere = false
    var groups: [(words: String, ports: [Int])] = []
    for (port, answer) in answers {
      if case .certificate = answer { isThere = true }
      let words = answer.words
      if let known = groups.firstIndex(where: { $0.words == words }) {
        groups[known].ports.append(port)
      } else {
        groups.append((words, [port]))
      }
    }
    if server.address == .missing || !isThere && server.address == .suggested {
      text.comment(
        "FILL IN: the address by which clients reach the server"
          + (server.address == .missing ? "." : "; nothing answers at this one."), indent: 6)
    }
    guard isThere else { return }
    for group in groups {
      let ports = group.ports.map(String.init).joined(separator: ", ")
      text.comment("Port\(group.ports.count == 1 ? "" : "s") \(ports): \(group.words).", indent: 6)
    }
    if groups.count > 1 {
      text.comment(
        "If a port has another number here, add it: 'ports: { console: 9443 }'. A port that presents another certificate "
          + "belongs to a service that was not restarted after the last change.", indent: 6)
    }
  }
}

extension ServerEvidence.Answer {
  /// What a port presents, for a comment.
  fileprivate var words: String {
    switch self {
    case .certificate(let facts):
      "presents \(facts.fingerprintText)"
        + (facts.notAfter.map { ", good until \(UTCText.day($0))" } ?? "")
    case .nothing(let reason): CommentedLines.shown(reason)
    }
  }
}
