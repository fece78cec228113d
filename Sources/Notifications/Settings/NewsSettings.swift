package import PlanModel
package import PlanText

/// Who is told what: `notify.yaml` of a state directory (`docs/NOTIFICATIONS.md`).
///
/// It stands beside the state and in no plan: plans come from strangers, and where news goes is a secret of its own.
package struct NewsSettings: Sendable {
  /// How news gets to somebody.
  package enum Means: Sendable, Equatable {
    /// A signed POST of a CloudEvent.
    case webhook(url: SecretReference, secret: SecretReference?)

    /// A mail, handed to the machine's `sendmail`.
    case mail(Mail)

    /// A message to an incoming webhook of Slack, or of what understands the same.
    case slack(url: SecretReference)

    /// A card to a workflow of Teams.
    case teams(url: SecretReference)

    /// A program that gets the CloudEvent on its standard input.
    case command([String])
  }

  /// A mail's envelope.
  package struct Mail: Sendable, Equatable {
    package let to: [String]
    package let from: String
    /// The program, and what goes before `-t -i`.
    package let sendmail: [String]

    /// An envelope.
    package init(to: [String], from: String, sendmail: [String]) {
      self.to = to
      self.from = from
      self.sendmail = sendmail
    }
  }

  /// Somebody who is told.
  package struct Destination: Sendable {
    /// Its name.
    package let name: String
    package let means: Means

    /// When news is told, by kind, where it is not as usual.
    package let classes: [NewsKind: NewsClass]

    /// The kinds of worlds whose runs it is told of.
    package let worlds: Set<String>

    /// Whether it gets the digest of the day.
    package let hasDigest: Bool

    /// A destination.
    package init(
      name: String, means: Means, classes: [NewsKind: NewsClass], worlds: Set<String>,
      hasDigest: Bool
    ) {
      self.name = name
      self.means = means
      self.classes = classes
      self.worlds = worlds
      self.hasDigest = hasDigest
    }

    /// When it is told of this.
    package func newsClass(of kind: NewsKind) -> NewsClass { classes[kind] ?? kind.usualClass }
  }

  /// A span of the day, from one time to another, which may be on the next day.
  package struct QuietHours: Sendable, Equatable {
    package let from: DayTime
    package let until: DayTime

    /// The hours from one time to another.
    package init(from: DayTime, until: DayTime) {
      self.from = from
      self.until = until
    }

    func contains(_ time: DayTime) -> Bool {
      from <= until ? time >= from && time < until : time >= from || time < until
    }
  }

  /// A check that expects calls, at a service that raises an alarm where one does not come (healthchecks and its like).
  package struct Check: Sendable {
    /// Its URL.
    package let url: Located<SecretReference>

    /// The kinds of worlds whose runs it is called for.
    package let worlds: Set<String>

    /// Whether each site has a check of its own, whose name stands for `{site}` in the URL.
    package let isPerSite: Bool

    /// A check.
    package init(url: Located<SecretReference>, worlds: Set<String>, isPerSite: Bool = false) {
      self.url = url
      self.worlds = worlds
      self.isPerSite = isPerSite
    }

    /// The name of a site's check, in what services take for one: small letters, digits, dashes and underscores. Empty
    /// where all sites have the same.
    package func name(for site: String) -> String {
      guard isPerSite else { return "" }
      return String(
        site.lowercased().map { letter in
          letter.isASCII && (letter.isLetter || letter.isNumber) || letter == "_" ? letter : "-"
        })
    }
  }

  package let zone: DayClock
  package let digestAt: DayTime
  package let quiet: QuietHours?

  /// For how long verification may be off at a site before somebody is told.
  package let verificationOffBudget: Duration

  /// For how long replication may be broken.
  package let replicationBrokenBudget: Duration

  package let destinations: [Destination]

  /// What notices that no executor comes any more: called at the start and at the end of every stay.
  package let ping: Check?

  /// What notices that verification stays off for longer than was agreed, whether or not anybody is left to tell: called
  /// when it goes off at the first site, and when it is on again at the last one.
  package let exposure: Check?

  /// Settings.
  ///
  /// - Parameters:
  ///   - zone: The clock on the wall of who reads.
  ///   - digestAt: When the digest of the day is sent.
  ///   - quiet: When only what breaks through is told.
  ///   - verificationOffBudget: For how long verification may be off.
  ///   - replicationBrokenBudget: For how long replication may be broken.
  ///   - destinations: Who is told.
  ///   - ping: What notices that no executor comes any more.
  ///   - exposure: What notices that verification stays off.
  package init(
    zone: DayClock, digestAt: DayTime, quiet: QuietHours?, verificationOffBudget: Duration,
    replicationBrokenBudget: Duration, destinations: [Destination], ping: Check?,
    exposure: Check?
  ) {
    self.zone = zone
    self.digestAt = digestAt
    self.quiet = quiet
    self.verificationOffBudget = verificationOffBudget
    self.replicationBrokenBudget = replicationBrokenBudget
    self.destinations = destinations
    self.ping = ping
    self.exposure = exposure
  }

  /// Whether only what breaks through is told at this time.
  package func isQuiet(at seconds: Int64) -> Bool {
    quiet?.contains(zone.moment(at: seconds).time) ?? false
  }
}
