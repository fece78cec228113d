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

      A client that still verifies the old certificate when the server presents a new one can no \
      longer talk to any server. It does not recover by itself: each machine needs a communication \
      update package.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
      HTTPS again, after a fresh backup of the database, and after the upgrade of the server before \
      it in the same site.

      The vendor's order is first the certificate, then the upgrade. An upgrade cannot be undone, \
      so it must not happen while a retreat may still be needed, nor on a database whose last backup \
      is weeks old. And two servers that upgrade one database at once would both change its schema.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
      shows.
      """,
    bad: """
      # An excerpt of a graph that is refused.
      upgrade-server/paris/sepm-par-01: [await-certificate-received/paris]
      """,
    good: """
      # The same excerpt as it must be.
      back-up-database/paris: [await-https-restored/paris]
      upgrade-server/paris/sepm-par-01: [back-up-database/paris]
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

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
      certificate is verified, on every server; the recovery file that the update made is kept \
      after that, and with SQL Express the database's certificate is renewed.

      SEPM's services load the certificate when they start. Without the restart they still serve \
      the old one, and the wait is for clients that can never receive the new one.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
    "G005", "Something that is turned off stays off",
    explanation: """
      Verification that is disabled is enabled again for the same site, clients that are sent \
      to HTTP are sent back to HTTPS, each is waited for, and the settings are compared with \
      the recorded ones after everything else in the site.

      Clients without verification accept any server that answers at the address. A rotation that \
      ends like that leaves the site worse than it was.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
    "G006", "Verification enabled before clients have the certificate",
    explanation: """
      Verification is enabled only after every server of the site serves its new certificate \
      and `await-certificate-received` has passed.

      This is the wait that the vendor's table does not show. Clients that verify again before \
      they have received the new certificate are orphaned, and nothing in the console says so.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
      With failover the servers of a site are changed one after the other, each after the wait of \
      the one before. With suspend-verification at most `serversAtOnce` servers are between update \
      and verification.

      Failover works because a client that loses one server finds another whose certificate it \
      still trusts. If two servers have changed, there may be none.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
    "G008", "The steps are not a graph that can run",
    explanation: """
      The steps of a graph have different ids and targets that exist. They are in an order in \
      which they can run and never wait for each other in a circle. Something waits for each step \
      except the last ones.

      A circle never starts. Two steps with the same id cannot be told apart in the journal. A \
      step that nothing waits for could fail without stopping anything.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
    "G009", "A change that nothing undoes",
    explanation: """
      Every step that changes the estate names the step that undoes it, or is marked as a point of \
      no return.

      A retreat follows the reversals backwards. Without one it would leave behind a change that \
      nobody knows of. And before a step an operator must see whether there is a way back.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
    "G010", "A wave begins before the previous one has ended",
    explanation: """
      No site of a wave is changed, and no partnership is broken with it, before \
      `confirm-settings` of every site of the wave before.

      Waves exist so that a mistake shows on a few clients first. A wave that begins early takes \
      that away.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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

  /// A change before checks, record and backup.
  package static let changeUnprepared = CatalogueEntry(
    "G011", "A change before checks, record and backup",
    explanation: """
      Before a site is changed and before its replication is broken, its certificates and \
      servers are checked, its settings are recorded and its servers are backed up.

      What was not recorded cannot be confirmed at the end, and a server without a fresh backup of \
      its keys cannot be restored: another farm's recovery file does not fit.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
    "G012", "The steps do not match the plan",
    explanation: """
      The graph has a step that the plan does not ask for, lacks the update or upgrade of a server \
      that the plan names or the copy of its recovery file, or carries a step out over another channel \
      than the plan says.

      An extra step, or a program where a person should act, changes what nobody reviewed. A \
      missing step leaves a server on its old certificate, which shows on the day it expires.

      No plan can ask for this. The graph that Waltz made from the plan is wrong. That is a bug in \
      Waltz, and the graph is not run. Report it with the plan and the path that the message \
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
