/// The plan that `waltz plan init` writes: one site, every decision commented.
package enum StartingPlan {
  /// The text, whose comment has the commands to go on with.
  ///
  /// * `path`: The file that it is written to, as a shell takes it.
  package static func text(for path: String) -> String {
    """
    # yaml-language-server: $schema=rotation-plan.schema.json
    #
    # A rotation plan for Waltz. Fill in your own names, then:
    #
    #   waltz plan schema > rotation-plan.schema.json   # beside this file: completion in your editor
    #   waltz plan validate \(path)
    #   waltz plan show \(path)
    #   waltz run \(path) --simulate
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata:
      name: rotation  # lower case, digits, dashes; names the runs
      description: A new certificate for one site.

    # The new certificates: pkcs12, jks, pem or der. Paths are relative to this file; the check asks for the
    # files, unless it is told --no-files. A password is a reference (env, file or command), never the
    # password itself.
    certificates:
      new-certificate:
        pkcs12: certs/new-certificate.p12
        password: { env: CERTIFICATE_PASSWORD }

    # A site is one SEPM database and the servers that share it. Servers that name a certificate get it,
    # one after the other.
    sites:
      main:
        clients: 500          # how many you expect
        database: sql-server  # sql-server | sql-express | embedded
        api:                  # a system administrator; counts the clients of every wait
          url: https://sepm-01.example.net:8446
          username: rotation
          password: { env: SEPM_PASSWORD }
        servers:
          sepm-01: { address: sepm-01.example.net, certificate: new-certificate }

    # Sites that replicate: breaks replication first and restores it last.
    # replication:
    #   - sites: [main, other]
    #     break: delete     # or reschedule, if the break lasts less than seven days at worst
    #     authority: main   # whose data wins when the partnership is restored

    # When a wait passes. Whoever still verifies the old certificate when it changes is lost for good, so
    # give the first wait a week: laptops come back from leave.
    waits:
      default:
        adopted: 98%      # of the clients seen in the last 30 days
        minimum: 24h
        deadline: 14d
        onDeadline: hold  # hold | fail | proceed (proceed needs a floor)
      verification-disabled: { minimum: 7d }

    """
  }
}
