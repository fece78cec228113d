package import PlanModel

/// What was seen of a site before a rotation.
package struct SiteObservation: Sendable, Equatable {
  /// What came of the last look.
  package enum Sight: Sendable, Equatable {
    /// The clients.
    case seen(ObservedClients)

    /// Why there was no answer.
    case trouble(String)

    /// The plan has no API for the site.
    case noAPI
  }

  /// The site's name.
  package let site: String

  package let sight: Sight

  /// The contacts of each hour that was watched, by the site's server.
  package let hours: ContactHours

  /// An observation.
  package init(site: String, sight: Sight, hours: ContactHours) {
    self.site = site
    self.sight = sight
    self.hours = hours
  }
}

/// The clients of a site at one look, and whom the first wait of a rotation would leave behind if the weeks to come are as
/// those before.
package struct ObservedClients: Sendable, Equatable {
  /// How long ago clients made contact.
  package enum Age: Int, Sendable, CaseIterable {
    case hour
    case day
    case week
    case month
    case longer
    case never
  }

  /// The time of the look, by the run's clock.
  package let at: Instant

  /// The machines of the site, those that partners replicated left out.
  package let clients: Int

  /// Those that are connected, as SEPM sees it.
  package let online: Int

  /// For each ``Age`` those whose last contact is so long ago and not less.
  package let ages: [Int]

  /// What the first wait of the rotation would come to; nil where the site does not rotate, or has no clients.
  package let outlook: Outlook?

  /// What a wait would come to, by how long ago clients made contact: who was seen in the last three days adopts in the next
  /// three.
  package struct Outlook: Sendable, Equatable {
    /// The wait.
    package let wait: WaitKind

    /// The clients that it would count.
    package let counted: Int

    /// After how long its thresholds would be reached, of cohorts as well, and its minimum is over.
    package let reachedAfter: Duration

    /// Its deadline.
    package let deadline: Duration

    /// The clients that would not have adopted by then, or by the deadline where that is earlier: those that the wait waits
    /// for to the end, and those that it does not count since they were not seen for too long, or by rule.
    package let pending: Int
    package let stale: Int
    package let excluded: Int

    /// Some of them by name: those that count first, and of these who was seen last.
    package let leftBehind: [Straggler]

    /// What a wait would come to.
    package init(
      wait: WaitKind, counted: Int, reachedAfter: Duration, deadline: Duration, pending: Int,
      stale: Int, excluded: Int, leftBehind: [Straggler]
    ) {
      self.wait = wait
      self.counted = counted
      self.reachedAfter = reachedAfter
      self.deadline = deadline
      self.pending = pending
      self.stale = stale
      self.excluded = excluded
      self.leftBehind = leftBehind
    }
  }

  /// What was seen at one look.
  package init(
    at: Instant, clients: Int, online: Int, ages: [Int], outlook: Outlook?
  ) {
    self.at = at
    self.clients = clients
    self.online = online
    self.ages = ages
    self.outlook = outlook
  }
}
