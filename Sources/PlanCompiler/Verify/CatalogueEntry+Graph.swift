package import PlanText

extension CatalogueEntry {
  /// The pages about graphs.
  ///
  /// Each is an invariant of the graph. A plan cannot break one, so the examples are excerpts of graphs:
  /// steps with what they come after.
  package static let graphPages: [CatalogueEntry] = [
    updateBeforeWait, upgradeTooEarly, replicationNotBroken, notVerifiedBeforeWait,
    notEnabledAgain, enabledTooEarly, serversTogether, brokenShape, withoutReversal,
    waveTooEarly, changeUnprepared, stepsDoNotFit,
  ]

  /// A certificate update before clients stopped verifying.
  package static let updateBeforeWait = CatalogueEntry(
    "G001", "A certificate update before clients stopped verifying",
    explanation: """
      With suspend-verification a certificate is updated only after clients have been sent to \
      HTTP, verification has been disabled, and `await-verification-disabled` has passed, in \
      this order.

      A client that still verifies the old certificate when the server presents a new one can \
      talk to no server any more. It does not recover by itself: it needs a communication \
      update package, machine by machine.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      update-certificate/paris/sepm-par-01: [disable-verification/paris]
      """,
    good: """
      # The same excerpt as it must be.
      await-verification-disabled/paris: [disable-verification/paris]
      update-certificate/paris/sepm-par-01: [await-verification-disabled/paris]
      """)

  /// A server upgrade before its site is done.
  package static let upgradeTooEarly = CatalogueEntry(
    "G002", "A server upgrade before its site is done",
    explanation: """
      A server is upgraded after its certificate was updated, after clients verify and use \
      HTTPS again, and after the upgrade of the server before it in the same site.

      The vendor's order is certificate first, upgrade second. An upgrade cannot be taken \
      back, so it must not happen while a retreat may still be needed; and two servers that \
      upgrade one database at once both change its schema.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      upgrade-server/paris/sepm-par-01: [await-certificate-received/paris]
      """,
    good: """
      # The same excerpt as it must be.
      upgrade-server/paris/sepm-par-01: [await-https-restored/paris]
      """)

  /// A change while its site replicates.
  package static let replicationNotBroken = CatalogueEntry(
    "G003", "A change while its site replicates",
    explanation: """
      Every partnership of a site is broken before the first change to the site and restored \
      after the last change to both of its sites, and a successful replication is seen after \
      that.

      Replication carries management server lists and certificates to the partner. A half-done \
      change that reaches the other site orphans clients there, where nobody is looking.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      switch-clients-to-http/paris: [back-up-server/paris/sepm-par-01]
      """,
    good: """
      # The same excerpt as it must be.
      switch-clients-to-http/paris: [break-replication/berlin+paris]
      """)

  /// A wait before the new certificate is served.
  package static let notVerifiedBeforeWait = CatalogueEntry(
    "G004", "A wait before the new certificate is served",
    explanation: """
      Between a certificate update and the next wait the services are restarted and the served \
      certificate is verified, on every server; with SQL Express the database's certificate is \
      renewed after that.

      SEPM's services load the certificate when they start. Without the restart the old one is \
      still served, and clients are waited for that can never receive the new one.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      await-certificate-received/paris: [update-certificate/paris/sepm-par-01]
      """,
    good: """
      # The same excerpt as it must be.
      restart-services/paris/sepm-par-01: [update-certificate/paris/sepm-par-01]
      verify-certificate/paris/sepm-par-01: [restart-services/paris/sepm-par-01]
      await-certificate-received/paris: [verify-certificate/paris/sepm-par-01]
      """)

  /// Something that is switched off stays off.
  package static let notEnabledAgain = CatalogueEntry(
    "G005", "Something that is switched off stays off",
    explanation: """
      Verification that is disabled is enabled again for the same site, clients that are sent \
      to HTTP are sent back to HTTPS, each is waited for, and the settings are compared with \
      the recorded ones after everything else in the site.

      Clients without verification accept any server that answers at the address. A rotation \
      that ends there leaves the site worse than it found it.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      enable-verification/paris: [await-certificate-received/paris]
      confirm-settings/paris: [enable-verification/paris]
      """,
    good: """
      # The same excerpt as it must be.
      enable-verification/paris: [await-certificate-received/paris]
      await-verification-enabled/paris: [enable-verification/paris]
      switch-clients-to-https/paris: [await-verification-enabled/paris]
      await-https-restored/paris: [switch-clients-to-https/paris]
      confirm-settings/paris: [await-https-restored/paris]
      """)

  /// Verification enabled before clients hold the certificate.
  package static let enabledTooEarly = CatalogueEntry(
    "G006", "Verification enabled before clients hold the certificate",
    explanation: """
      Verification is enabled only after every server of the site serves its new certificate \
      and `await-certificate-received` has passed.

      This is the wait that the vendor's table does not show. Clients that verify again before \
      they have received the new certificate are orphaned, and nothing in the console says so.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      enable-verification/paris: [verify-certificate/paris/sepm-par-01]
      """,
    good: """
      # The same excerpt as it must be.
      await-certificate-received/paris: [verify-certificate/paris/sepm-par-01]
      enable-verification/paris: [await-certificate-received/paris]
      """)

  /// Too many servers of a site are changed at once.
  package static let serversTogether = CatalogueEntry(
    "G007", "Too many servers of a site are changed at once",
    explanation: """
      With failover one server of a site is changed after the other, each after the wait of \
      the one before; with suspend-verification no more than `serversAtOnce` are between \
      update and verification.

      Failover works because a client that loses one server finds another whose certificate it \
      still trusts. With two servers changed there may be none.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      update-certificate/paris/sepm-par-02: [verify-certificate/paris/sepm-par-01]
      """,
    good: """
      # The same excerpt as it must be.
      await-certificate-received/paris/sepm-par-01: [verify-certificate/paris/sepm-par-01]
      update-certificate/paris/sepm-par-02: [await-certificate-received/paris/sepm-par-01]
      """)

  /// The steps are no graph that can run.
  package static let brokenShape = CatalogueEntry(
    "G008", "The steps are no graph that can run",
    explanation: """
      The steps of a graph have different ids and targets that exist, stand in an order in \
      which they can run, never wait for each other in a circle, and each but the last ones is \
      waited for.

      A circle never starts; two steps of one id cannot be told apart in the journal; a step \
      that nothing waits for could fail without holding anything up.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      restart-services/paris/sepm-par-01: [verify-certificate/paris/sepm-par-01]
      verify-certificate/paris/sepm-par-01: [restart-services/paris/sepm-par-01]
      """,
    good: """
      # The same excerpt as it must be.
      restart-services/paris/sepm-par-01: [update-certificate/paris/sepm-par-01]
      verify-certificate/paris/sepm-par-01: [restart-services/paris/sepm-par-01]
      """)

  /// A change that nothing takes back.
  package static let withoutReversal = CatalogueEntry(
    "G009", "A change that nothing takes back",
    explanation: """
      Every step that changes the estate names the step that takes it back, or is marked as a \
      point of no return.

      A retreat follows the reversals backwards. Without one it would leave a change behind \
      that nobody knows of; and an operator must see before a step whether there is a way \
      back.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      disable-verification/paris: [switch-clients-to-http/paris]   # reversal: none
      """,
    good: """
      # The same excerpt as it must be.
      disable-verification/paris: [switch-clients-to-http/paris]   # reversal: enable-verification/paris
      """)

  /// A wave begins before the one before has ended.
  package static let waveTooEarly = CatalogueEntry(
    "G010", "A wave begins before the one before has ended",
    explanation: """
      No site of a wave is changed, and no partnership is broken with it, before \
      `confirm-settings` of every site of the wave before.

      Waves are there so that a mistake shows on a few clients first. A wave that begins early \
      takes that away.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      switch-clients-to-http/berlin: [await-https-restored/paris]
      """,
    good: """
      # The same excerpt as it must be.
      switch-clients-to-http/berlin: [confirm-settings/paris]
      """)

  /// A change before checks, record and back-up.
  package static let changeUnprepared = CatalogueEntry(
    "G011", "A change before checks, record and back-up",
    explanation: """
      Before a site is changed and before its replication is broken, its certificates and \
      servers are checked, its settings are recorded and its servers are backed up.

      What the record does not hold cannot be confirmed at the end, and a server without a \
      fresh back-up of its keys cannot be brought back: a recovery file of another farm does \
      not fit.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      back-up-server/paris/sepm-par-01: []
      """,
    good: """
      # The same excerpt as it must be.
      record-settings/paris: [check-server/paris/sepm-par-01]
      back-up-server/paris/sepm-par-01: [record-settings/paris]
      """)

  /// The steps do not fit the plan.
  package static let stepsDoNotFit = CatalogueEntry(
    "G012", "The steps do not fit the plan",
    explanation: """
      The graph has a step that the plan does not ask for, lacks the update or upgrade of a \
      server that the plan names, or has a step done over another channel than the plan says.

      A step too many, or a program where a person was to act, changes what nobody reviewed; a \
      step too few leaves a server on its old certificate, which shows on the day it expires.

      No plan can ask for this. The graph that was made of the plan is wrong, which is a bug of \
      Waltz, and it is not run. Report it with the plan and with the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      disable-verification/paris: []   # paris rotates by failover
      """,
    good: """
      # The same excerpt as it must be.
      update-certificate/paris/sepm-par-01: [break-replication/berlin+paris]   # paris rotates by failover
      """)
}
