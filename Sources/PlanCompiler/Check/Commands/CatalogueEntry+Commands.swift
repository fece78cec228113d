package import PlanText

extension CatalogueEntry {
  /// The pages about what a command does, shows and gives away.
  static let commandPages: [CatalogueEntry] = [
    commandNotObserved, checkIsCommand, secretInCommand, noCommandLine, restartTooShort,
    servicesLeftOut, keystoreCopied,
  ]

  package static let commandNotObserved = CatalogueEntry(
    "M064", "Nothing can tell whether the command ran",
    severity: .warning,
    explanation: """
      A command without a 'check' carries out an action that must not simply be repeated.

      A run lasts for weeks, and the machine that executes it may stop at any moment. If it stops \
      after the command began and before its end was recorded, nobody knows whether the services \
      were restarted or the server was upgraded. Without a check the step is then in doubt, and \
      the run rests until a person has looked and decided.

      Add 'check': a program that changes nothing and ends with status 0 if the action happened, 1 \
      if it did not, and anything else if it cannot tell.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", check: nil),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]"))

  package static let checkIsCommand = CatalogueEntry(
    "M065", "The check is the command itself",
    explanation: """
      'check' has the same program and arguments as 'command'.

      A check only looks, and it runs whenever a run is resumed. This one would restart the \
      services, or upgrade the server, each time Waltz asks whether that has happened, and its \
      exit status would be taken for the answer.

      Write a program that only observes, for example one that compares the start time of the \
      services with '{step.startedAt}'.
      """,
    bad: ExamplePlan.restarting(
      "[ssh, '{server.address}', restart-sepm]", check: "[ssh, '{server.address}', restart-sepm]"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]"))

  package static let secretInCommand = CatalogueEntry(
    "M066", "A command has a secret among its arguments",
    severity: .warning,
    explanation: """
      An argument looks like a password or token in plain text: what follows '--password', '-pw', \
      'Bearer' or 'Basic', the password in '-u name:password' or '/p:password', credentials in a \
      URL, 'ConvertTo-SecureString … -AsPlainText'.

      The plan is kept in Git and stored with every run, and every user of the machine can read \
      the arguments of a program while it runs. Anybody who has the password of an administrator \
      or of a keystore can pose as the manager to every client.

      Let the program read the secret itself, from a file, its environment or a vault. Change the \
      secret if the plan was ever shared.
      """,
    bad: ExamplePlan.restarting("[plink, -pw, Sommer2026, '{server.address}', restart-sepm]"),
    good: ExamplePlan.restarting("[plink, -i, keys/rotation, '{server.address}', restart-sepm]"))

  package static let noCommandLine = CatalogueEntry(
    "M067", "SEPM has no command line for this action",
    severity: .warning,
    explanation: """
      A command should update a certificate, delete or add a replication partner, change a \
      management server list, or renew the database's certificate. SEPM does these only in the \
      console and in its wizards.

      Copying key files into the folders of Tomcat and Apache does not replace the wizard: the \
      certificate must also get into the database, into the management server lists and into the \
      signatures of the policies. Clients that get a list without the new certificate are lost, \
      although every port presents it.

      Write 'operator'. The step then says what to do in the console, and is closed when a probe \
      sees that it was done. If your program operates the console itself, this warning can be \
      ignored.
      """,
    bad: ExamplePlan.with(
      more:
        "automation:\n  update-certificate:\n    command: [copy-keystore, '{server.address}']\n    check: [compare-keystore, '{server.address}']"
    ),
    good: ExamplePlan.with(more: "automation:\n  update-certificate: operator"))

  package static let restartTooShort = CatalogueEntry(
    "M068", "The services need longer to start",
    severity: .warning,
    explanation: """
      The command that restarts the services is killed after less than five minutes.

      The SEPM service starts Tomcat and opens the database, which takes minutes, and ten or more \
      on a busy server. A command that is killed before that leaves services half started, a \
      failed step, and clients that see the old certificate on one port and the new one on the \
      next.

      Write a timeout of 15 minutes, which is also the default.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "30s"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "15m"))

  package static let servicesLeftOut = CatalogueEntry(
    "M069", "The restart leaves out a service",
    severity: .warning,
    explanation: """
      The command names some of SEPM's services, but not all three that load the certificate: \
      'semsrv' (console and replication), 'semwebsrv' (clients and reporting), 'semapisrv' (the \
      REST API).

      A service loads the certificate when it starts. One that is left out goes on presenting the \
      old certificate: without 'semwebsrv' to the clients themselves, without 'semapisrv' to \
      Waltz. The check of all ports then fails in the middle of the rotation.

      Name all three: 'Restart-Service semsrv,semwebsrv,semapisrv'.
      """,
    bad: ExamplePlan.restarting(
      "[ssh, '{server.address}', powershell, -Command, 'Restart-Service semsrv']"),
    good: ExamplePlan.restarting(
      "[ssh, '{server.address}', powershell, -Command, 'Restart-Service semsrv,semwebsrv,semapisrv']"
    ))

  package static let keystoreCopied = CatalogueEntry(
    "M079", "The certificate would be copied without the wizard",
    explanation: """
      A command for 'update-certificate' names 'keystore.jks' or the folder of Tomcat or Apache. \
      It would put key files where SEPM's web servers read them.

      The wizard does more than that. It writes the certificate into the database and into the \
      management server lists, and signs the policies with it. After a mere copy every port \
      presents the new certificate, so the probes succeed, while clients get a list without it and \
      policies that are signed with the old one. They are lost when verification is on again, and \
      SEPM may restore the old certificate from its database.

      Write 'operator'. The step then says what to do in the console, and is closed when a probe \
      sees that it was done. A program that operates the console itself does not name any of \
      these. Names that only contain them, such as 'paris-keystore.jks' or 'sepm-tomcat-01', are \
      not reported.
      """,
    bad: ExamplePlan.with(
      more:
        "automation:\n  update-certificate:\n    command: [cp, new.jks, 'C:/sepm/tomcat/etc/keystore.jks']\n    check: [compare-keystore, '{server.address}']"
    ),
    good: ExamplePlan.with(more: "automation:\n  update-certificate: operator"))
}

extension ExamplePlan {
  /// A plan whose services are restarted by a command.
  static func restarting(
    _ command: String,
    check: String? = "[ssh, '{server.address}', services-since, '{step.startedAt}']",
    timeout: String? = nil
  ) -> String {
    with(
      more: "automation:\n  restart-services:\n    command: \(command)"
        + (check.map { "\n    check: \($0)" } ?? "")
        + (timeout.map { "\n    timeout: \($0)" } ?? ""))
  }
}
