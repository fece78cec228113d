import CanonicalJSON
package import RotationEngine

/// A command for clients in SEPM's queue: each fetches it at its next contact (`docs/SEPM.md`, "Endpoints").
package struct ClientCommand: Sendable, Equatable {
  /// The id of the command.
  package let id: String

  /// What is asked for: `baseline`, `fullscan`, `quarantine`, `updatecontent`, …
  package let kind: String

  /// The site of whose queue it is.
  package let site: Int

  /// The machines, as positions among all clients.
  package let clients: [Int]

  /// When it was queued.
  package let at: Instant

  /// Whether it was taken back before clients fetched it.
  package let cancels: String?

  var members: [JSONValue.Member] {
    [
      .init("id", .string(id)), .init("kind", .string(kind)),
      .init("site", .integer(Int64(site))),
      .init("clients", .array(clients.map { .integer(Int64($0)) })),
      .init("queuedAt", .string(at.description)),
      .init("cancels", cancels.map { .string($0) } ?? .null),
    ]
  }

  init(
    id: String, kind: String, site: Int, clients: [Int], at: Instant, cancels: String? = nil
  ) {
    self.id = id
    self.kind = kind
    self.site = site
    self.clients = clients
    self.at = at
    self.cancels = cancels
  }

  init?(_ value: JSONValue) {
    guard let id = value["id"]?.string, let kind = value["kind"]?.string,
      let site = value["site"]?.integer, let clients = value["clients"]?.array,
      let at = value["queuedAt"]?.string.flatMap({ Instant($0) })
    else { return nil }
    self.init(
      id: id, kind: kind, site: Int(clamping: site),
      clients: clients.compactMap { $0.integer.map { Int(clamping: $0) } }, at: at,
      cancels: value["cancels"]?.string)
  }
}
