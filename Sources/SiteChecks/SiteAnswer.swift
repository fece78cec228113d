/// What came of asking a site over its API.
///
/// A value that is filled in by what may open connections; the checks only look at it.
package enum SiteAnswer: Sendable, Equatable {
  /// What the site said of itself.
  case facts(SiteFacts)

  /// Nothing, and why.
  case trouble(SiteTrouble)
}

/// Why a site said nothing.
package struct SiteTrouble: Sendable, Equatable {
  /// Whose matter it is.
  package enum Kind: Sendable, Equatable {
    /// No management server answers there, or none that can be understood.
    case unreachable

    /// Nothing vouches for the certificate.
    case untrusted

    /// The log-on is refused.
    case refused
  }

  /// Whose matter it is.
  package let kind: Kind

  /// What is so, a sentence.
  package let statement: String

  /// What to do, in sentences.
  package let help: String

  /// A trouble.
  package init(_ kind: Kind, _ statement: String, help: String) {
    self.kind = kind
    self.statement = statement
    self.help = help
  }
}

/// What a site says of itself, as far as a rotation depends on it. A part that nobody could read is nil, and nothing
/// follows from it (`docs/SEPM.md`, "Endpoints").
package struct SiteFacts: Sendable, Equatable {
  /// The account that was logged on.
  package struct Account: Sendable, Equatable {
    /// The name; nil where SEPM does not say.
    package var username: String?

    /// The role's title; nil where SEPM does not say.
    package var role: String?

    /// Whether it is a system administrator; nil where SEPM does not say.
    package var isSystemAdministrator: Bool?

    /// An account.
    package init(username: String?, role: String?, isSystemAdministrator: Bool?) {
      self.username = username
      self.role = role
      self.isSystemAdministrator = isSystemAdministrator
    }
  }

  /// The server's clock beside this machine's.
  package struct Clock: Sendable, Equatable {
    /// By how many milliseconds it is ahead.
    package var ahead: Int64

    /// How many milliseconds of that may be the length of the call.
    package var accuracy: Int64

    /// A clock.
    package init(ahead: Int64, accuracy: Int64) {
      self.ahead = ahead
      self.accuracy = accuracy
    }
  }

  /// The site's database.
  package struct Database: Sendable, Equatable {
    /// `Microsoft SQL Server`; nil where SEPM does not say.
    package var type: String?

    /// The instance; nil where SEPM does not say.
    package var instance: String?

    /// Whether it is SQL Server Express, whose certificate is coupled to the server's.
    package var isSQLExpress: Bool

    /// A database.
    package init(type: String?, instance: String?, isSQLExpress: Bool) {
      self.type = type
      self.instance = instance
      self.isSQLExpress = isSQLExpress
    }
  }

  /// With whom the site replicates.
  package struct Replication: Sendable, Equatable {
    /// What the site calls itself; nil where it does not say.
    package var ownName: String?

    /// What it calls its partners.
    package var partners: [String]

    /// A site's replication.
    package init(ownName: String?, partners: [String]) {
      self.ownName = ownName
      self.partners = partners
    }
  }

  /// A domain that deletes clients which made no contact.
  package struct Purge: Sendable, Equatable {
    /// The domain's name.
    package var domain: String

    /// After how many days.
    package var days: Int64

    /// A purge.
    package init(domain: String, days: Int64) {
      self.domain = domain
      self.days = days
    }
  }

  /// The site's licence.
  package struct License: Sendable, Equatable {
    /// Whether it has ended; nil where SEPM does not say.
    package var hasEnded: Bool?

    /// When it ends, in seconds since 1970 in UTC; nil where SEPM does not say.
    package var end: Int64?

    /// A licence.
    package init(hasEnded: Bool?, end: Int64?) {
      self.hasEnded = hasEnded
      self.end = end
    }
  }

  /// The server's version, `14.3.9816.7000`.
  package var version: String

  /// The account.
  package var account: Account

  /// The server's clock; nil where SEPM does not say.
  package var clock: Clock?

  /// The database.
  package var database: Database?

  /// The replication.
  package var replication: Replication?

  /// How many servers the site's database lists.
  package var servers: Int?

  /// How many clients it has, on and off line.
  package var clients: Int?

  /// How many of them refuse a changed certificate while they verify: those of 14.2 and 14.2.1.
  package var clientsOfVersion142: Int?

  /// The domains that purge idle clients.
  package var purges: [Purge] = []

  /// Whether the site is enrolled with the cloud.
  package var isEnrolled: Bool?

  /// The licence.
  package var license: License?

  /// The settings of clients; nil where nobody asked for them.
  package var settings: SiteSettings?

  /// What the account may not read, as the end of "It may not".
  package var refused: [String] = []

  /// What could not be read for another reason, a sentence each.
  package var unread: [String] = []

  /// The facts of a site of which only what a server always tells is known.
  package init(version: String, account: Account) {
    self.version = version
    self.account = account
  }
}

/// The settings of a site's clients.
package struct SiteSettings: Sendable, Equatable {
  /// A location with settings of its own.
  package struct Place: Sendable, Equatable {
    /// `My Company\Servers, location Default`.
    package var name: String

    /// Whether clients verify their server there.
    package var verifies: Bool

    /// The name of its management server list; nil where SEPM does not say.
    package var serverList: String?

    /// A location.
    package init(name: String, verifies: Bool, serverList: String?) {
      self.name = name
      self.verifies = verifies
      self.serverList = serverList
    }
  }

  /// A group that adopts nothing, since its clients connect to no server or download no policies.
  package struct DeafGroup: Sendable, Equatable {
    /// The whole path, `My Company\Lab`.
    package var path: String

    /// How many clients are in it; nil where SEPM does not say.
    package var clients: Int?

    /// A group.
    package init(path: String, clients: Int?) {
      self.path = path
      self.clients = clients
    }
  }

  /// Whether this version of SEPM shows them over its API.
  package var areShown: Bool

  /// The locations that were looked at.
  package var places: [Place]

  /// The groups that adopt nothing.
  package var deafGroups: [DeafGroup]

  /// How many groups nobody could look at in the time there was.
  package var unreadGroups: Int

  /// Settings.
  package init(
    areShown: Bool = true, places: [Place] = [], deafGroups: [DeafGroup] = [],
    unreadGroups: Int = 0
  ) {
    self.areShown = areShown
    self.places = places
    self.deafGroups = deafGroups
    self.unreadGroups = unreadGroups
  }
}
