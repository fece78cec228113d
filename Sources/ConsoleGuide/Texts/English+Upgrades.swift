import PlanModel

extension GuideTexts {
  /// What is upgraded.
  static let englishUpgrades: [Action: GuideText] = [
    .upgradeServer: GuideText(
      title: "Upgrade {server} to {upgrade}",
      actions: [
        """
        See that the backup of the database that the step before made is on another machine: an \
        upgrade cannot be taken back.
        """,
        "Log on to Windows on {server} ({address}) as an administrator.",
        .when(
          .severalServers,
          """
          Stop semsrv, semwebsrv and semapisrv on the other servers of the site ({others}) and \
          leave them stopped: two managers that upgrade one database both change its schema.
          """),
        """
        Close the console. Run the installer of version {upgrade} and let the Management Server \
        Upgrade Wizard go through to its end, which takes an hour or more.
        """,
        """
        Check the ports {ports} of {server}, and ports in management server lists that were \
        customised: an upgrade may have set them back.
        """,
        .when(
          .severalServers,
          """
          Start the services on {others} again, except where a server is upgraded next: clients \
          use them meanwhile. A manager that is older than the database does not start before it \
          is upgraded.
          """),
      ],
      look: [
        """
        the wizard says that the upgrade succeeded, and the console shows version {upgrade} under \
        Help ▸ About.
        """
      ],
      proof: [
        """
        semsrv, semwebsrv and semapisrv run on {server}, the console can be logged on to, clients \
        make contact, and the ports {ports} still present the new certificate.
        """
      ],
      trouble: [
        """
        keep the services of the other servers stopped and read `tomcat\\logs\\upgrade-0.log` \
        before you start the wizard again. The way back is to reinstall the version before, with \
        recovery file and database backup of this rotation.
        """
      ])
  ]
}
