package import PlanModel

/// What a site says of itself, as far as a plan for it has to name it. Every name in it is the site's own, and so may be any
/// text at all.
package struct SiteInventory: Sendable, Equatable {
  /// A management server that machines were in contact with; the API itself has no names of servers.
  package struct Server: Sendable, Equatable {
    /// What SEPM calls it.
    package let name: String

    /// How many machines had their last contact with it.
    package let clients: Int

    /// A server.
    package init(name: String, clients: Int) {
      self.name = name
      self.clients = clients
    }
  }

  /// A site that replicates with this one.
  package struct Partner: Sendable, Equatable {
    /// What SEPM calls it.
    package let name: String

    /// Its servers, as far as machines that were replicated tell of them.
    package let servers: [Server]

    /// A partner.
    package init(name: String, servers: [Server] = []) {
      self.name = name
      self.servers = servers
    }
  }

  /// The version of SEPM.
  package var version: String

  /// What the site calls itself; nil where it does not say.
  package var name: String?

  /// Its servers by name.
  package var servers: [Server] = []

  /// How many servers its farm has; nil where nobody knows.
  package var serverCount: Int?

  /// The sites that it replicates with.
  package var partners: [Partner] = []

  /// Its database; nil where nobody knows the kind.
  package var database: Database?

  /// What it says of a database whose kind nobody knows.
  package var databaseType: String?

  /// The names of its domains.
  package var domains: [String] = []

  /// How many machines are its own and were seen within ``activeDays``; nil where nobody knows.
  package var clients: Int?

  /// How many of its machines and of its partners' run a version that cannot be moved by failover.
  package var clientsOfVersion142: Int?

  /// What could not be read, a sentence each.
  package var unread: [String] = []

  /// After so many days without contact a wait does not count a machine.
  package static let activeDays: Int64 = 30

  /// What is known of a site that told its version only.
  package init(version: String) {
    self.version = version
  }
}
