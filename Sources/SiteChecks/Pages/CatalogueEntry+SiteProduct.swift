package import PlanText

extension CatalogueEntry {
  /// The pages about what a site is: version, database, servers, licence, cloud.
  static let productPages: [CatalogueEntry] = [
    otherVersion, otherDatabase, moreServers, licenseEnds, enrolledSite,
  ]

  package static let otherVersion = CatalogueEntry(
    "L007", "The server has another version than the plan says",
    severity: .warning,
    explanation: """
      The server that the REST API runs on has another version than 'version' says, or has already the version to \
      which the plan would upgrade it.

      What Waltz says about databases, clients of 14.2 and the order of upgrades rests on the versions of the plan. \
      A backup of the database restores only into the same version, so the way back depends on them as well.

      Write the version that the message names, without the last number if you like, and look at what \
      `waltz plan validate` then says. If the upgrade was done in the meantime, remove 'upgrade'.
      """,
    bad: ExamplePlan.told("the server has version 14.3.11216.9000").replacing(
      "        certificate: paris-2026\n",
      with: "        certificate: paris-2026\n        version: 14.3.9816\n"),
    good: ExamplePlan.told("the server has version 14.3.11216.9000").replacing(
      "        certificate: paris-2026\n",
      with: "        certificate: paris-2026\n        version: 14.3.11216\n"))

  package static let otherDatabase = CatalogueEntry(
    "L008", "The site has another database than the plan says",
    explanation: """
      SEPM says which database a site has, and the plan says another, or nothing about one that is SQL Server \
      Express.

      The certificate of SQL Server Express is coupled to the server's. Without 'database: sql-express' the graph \
      has no step that renews it, and once it expires nobody can log on to SEPM. With it, but another database, an \
      operator would be asked for something that cannot be done.

      Write the database that the message names, and start the rotation from the corrected plan.
      """,
    bad: ExamplePlan.told("SEPM says that its database is SQL Server Express").replacing(
      "    servers:\n", with: "    database: sql-server\n    servers:\n"),
    good: ExamplePlan.told("SEPM says that its database is SQL Server Express").replacing(
      "    servers:\n", with: "    database: sql-express\n    servers:\n"))

  package static let moreServers = CatalogueEntry(
    "L009", "The site has more servers than the plan",
    severity: .warning,
    explanation: """
      SEPM lists more management servers for the site than the plan has. Its API tells how many they are, and \
      neither names nor addresses.

      A server that the plan does not know is in the management server list that clients use. It keeps its old \
      certificate, nobody restarts its services or looks at its ports, and clients that come to it are counted as \
      if they had come to a changed one.

      Add it to 'servers': the console lists all of them under Admin ▸ Servers ▸ Local Site. With 'certificate' it \
      gets the new one; without, it is knowingly left alone. A server that was taken out of service long ago is \
      deleted there. If the number counts something else, write `# waltz:ignore L009 reason` on the line before.
      """,
    bad: ExamplePlan.told("SEPM lists 2 servers"),
    good: ExamplePlan.told("SEPM lists 2 servers")
      + "      sepm-paris-2:\n        address: sepm-paris-2.example.net\n        certificate: paris-2026\n"
  )

  package static let licenseEnds = CatalogueEntry(
    "L010", "The licence ends before the rotation does",
    severity: .warning,
    explanation: """
      The licence of the site has ended, or ends before the rotation does if its waits use up their deadlines.

      Clients keep talking to their server without a licence, but content and upgrades stop, the console warns at \
      every log-on, and the vendor's support helps nobody in the middle of a rotation. In the weeks in which clients \
      verify nothing that is the wrong time to be without it.

      Renew it before the rotation begins: Admin ▸ Licenses in the console. Sites that replicate share one.
      """,
    bad: ExamplePlan.told("the licence ends in 10 days"),
    good: ExamplePlan.told("the licence ends in a year"))

  package static let enrolledSite = CatalogueEntry(
    "L011", "The site is enrolled with the cloud",
    severity: .note,
    explanation: """
      SEPM says that this site is the one of its farm that is enrolled with the cloud console, and the plan breaks \
      its replication.

      Only one site of a farm is enrolled; its partners get what the cloud decides through replication. While that \
      is broken, policies from the cloud reach only this site's clients. If another site is the 'authority', this \
      site's database is overwritten in the end, and nobody knows whether the enrolment survives: then this is a \
      warning.

      Make the enrolled site the 'authority' of its partnerships, and tell those who work in the cloud console when \
      replication is broken and when it is back.
      """,
    bad: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: delete, authority: berlin }"
    ).replacing("sites:\n  paris", with: "# paris is enrolled with the cloud\nsites:\n  paris"),
    good: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: delete, authority: berlin }"
    ).replacing("sites:\n  paris", with: "# no site is enrolled with the cloud\nsites:\n  paris"))
}
