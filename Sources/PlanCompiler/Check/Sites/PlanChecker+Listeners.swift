import PlanModel
import PlanText

extension PlanChecker {
  /// Where the servers listen: one port of one address is one service of one server.
  mutating func checkListeners() {
    var owners: [String: ServerPlace] = [:]
    owners.reserveCapacity(plan.sites.reduce(0) { $0 + $1.servers.count })
    // For the few addresses that several servers have, who has which port.
    var listeners: [String: [Int: ServerPlace]] = [:]
    for (index, site) in plan.sites.enumerated() {
      for (position, server) in site.servers.enumerated() {
        let place = ServerPlace(site: index, server: position)
        checkPorts(of: server)
        let address = server.address.value.lowercased()
        guard let first = owners[address] else {
          owners[address] = place
          continue
        }
        var ports = listeners.removeValue(forKey: address) ?? self.ports(of: first)
        let taken = server.ports.all.first { ports[$0] != nil }
        if let taken, let other = ports[taken] {
          reportListenerTwice(place, other, port: taken)
        } else {
          ports.merge(self.ports(of: place)) { known, _ in known }
        }
        listeners[address] = ports
      }
    }
  }

  private func ports(of place: ServerPlace) -> [Int: ServerPlace] {
    Dictionary(
      plan.sites[place.site].servers[place.server].ports.all.map { ($0, place) },
      uniquingKeysWith: { first, _ in first })
  }

  private mutating func reportListenerTwice(_ place: ServerPlace, _ owner: ServerPlace, port: Int) {
    let (site, otherSite) = (plan.sites[place.site], plan.sites[owner.site])
    let (server, other) = (site.servers[place.server], otherSite.servers[owner.server])
    let isNamesake = other.name.value == server.name.value
    let name = isNamesake ? server.name(in: site) : server.name.value
    let first = isNamesake ? other.name(in: otherSite) : other.name.value
    let isWhole = server.ports == other.ports
    report(
      .addressTwice, at: server.address.span,
      isWhole
        ? "Server '\(name)' has the same address as '\(first)'."
        : "Server '\(name)' has the same address as '\(first)', and both have port \(port).",
      help: isWhole
        ? "Give every server its own address, or remove one of the two."
        : "Give every server of the address ports of its own.",
      related: [.init("'\(first)' has it first.", at: other.address.span)])
  }

  /// Two services of one server cannot share a port.
  private mutating func checkPorts(of server: Server) {
    guard server.ports != .standard else { return }
    let ports = server.ports.named
    for (index, (key, port)) in ports.enumerated() {
      guard let other = ports.prefix(index).first(where: { $0.port == port }) else { continue }
      report(
        .portTwice, at: port.span.isKnown ? port.span : other.port.span,
        "'\(other.key)' and '\(key)' of server '\(server.name.value)' have the same port, "
          + "\(port.value).",
        help: "Write the port on which each of them listens. Left out, "
          + "\(Self.usual(other.key, key)).")
      return
    }
  }

  /// `'console' has 8443 and 'api' 8446`.
  private static func usual(_ first: String, _ second: String) -> String {
    let ports = ServerPorts.standard.named
    let numbers = [first, second].compactMap { key in
      ports.first { $0.key == key }.map { "\($0.port.value)" }
    }
    return "'\(first)' has \(numbers.first ?? "") and '\(second)' \(numbers.last ?? "")"
  }
}

/// A server by its positions in the plan.
private struct ServerPlace {
  let site: Int
  let server: Int
}
