import PlanModel

extension GuideTexts {
  /// What is done to the certificates of servers and databases.
  static let englishCertificates: [Action: GuideText] = [
    .updateCertificate: GuideText(
      title: "Update the server certificate of {server}",
      actions: [
        """
        Bring {file} from the machine on which Waltz runs to the machine on which you use the \
        console, over a way on which nobody reads along.
        """,
        .when(.fromPEM, "Bring its key {key} as well. It must not be encrypted."),
        .when(.fromDER, "Bring its key {key} as well. It must not be encrypted."),
        "Log on to the console of site {site} ({console}) as a system administrator.",
        """
        Admin ▸ Servers ▸ {server} ▸ Manage Server Certificate ▸ Next ▸ Update the server \
        certificate ▸ Next.
        """,
        .when(
          .fromPKCS12, "Choose \"PKCS12 keystore\", then {file}."),
        .when(
          .fromJKS,
          """
          Choose "JKS keystore", then {file}. The password of the key is the same as that of the \
          keystore.
          """),
        .when(
          .fromPEM, "Choose \"Certificate and private key\", then {file} and {key}, both PEM."),
        .when(
          .fromDER, "Choose \"Certificate and private key\", then {file} and {key}, both DER."),
        .when(.hasPassword, "The password is {secret}. Type it in, and write it nowhere."),
        "It is certificate {certificate} of the plan. Finish the wizard.",
        """
        Do not restart anything yet: the next step does that. Then delete the files from the \
        machine of the console.
        """,
      ],
      look: [
        """
        the wizard says that the certificate was updated, and that the services have to be \
        restarted.
        """
      ],
      proof: [
        .when(
          .isPinned,
          """
          Manage Server Certificate ▸ View shows the SHA-256 fingerprint {fingerprint}, on \
          {server} and on no other.
          """),
        .when(
          .isUnpinned,
          """
          Manage Server Certificate ▸ View shows the fingerprint that `check-certificate` of \
          {server} found.
          """),
      ],
      trouble: [
        """
        "Invalid private key file" or "Invalid keystore file": wrong password, another format, or \
        an encrypted key. "Invalid certificate type, or invalid certificate signature algorithm": \
        not RSA. The old certificate is still in use then. Do not copy files into `tomcat` or \
        `apache` instead: clients would not accept what that presents.
        """
      ]),
    .restoreCertificate: GuideText(
      title: "Put back the old certificate of {server}",
      actions: [
        """
        Unpack the recovery file of {server} that was backed up before the rotation. It has the \
        keystore `*.jks`, and in its settings the password as `keystore.password`.
        """,
        "Log on to the console of site {site} ({console}) as a system administrator.",
        """
        Admin ▸ Servers ▸ {server} ▸ Manage Server Certificate ▸ Next ▸ Update the server \
        certificate ▸ Next; choose "JKS keystore", then that file, with that password.
        """,
        "Then restart the services of {server} ({address}): semsrv, semwebsrv and semapisrv.",
      ],
      look: ["the wizard says that the certificate was updated."],
      proof: ["the ports {ports} of {address} present the old certificate again."],
      trouble: [
        """
        check that the recovery file is that of {server}, and from before the update: a file of \
        another farm does not fit.
        """
      ]),
    .restartServices: GuideText(
      title: "Restart the services of {server}",
      actions: [
        "Log on to Windows on {server} ({address}) as an administrator and open Services.",
        """
        Restart Symantec Endpoint Protection Manager (semsrv) and wait until it runs. That takes \
        minutes.
        """,
        "Restart Symantec Endpoint Protection Manager Webserver (semwebsrv).",
        "Restart Symantec Endpoint Protection Manager API Service (semapisrv).",
        """
        All three, also if the console seems to work: each presents the certificate that it \
        loaded when it started.
        """,
      ],
      look: ["all three are Running, started within the last minutes."],
      proof: [
        """
        the ports {ports} of {address} answer again and present the new certificate; the console \
        can be logged on to.
        """,
        """
        policies are published anew: in `data\\outbox\\agent`, in the folder of a group, \
        `index2.xml` has a time after the restart.
        """,
      ],
      trouble: [
        """
        semwebsrv does not start: read `apache\\logs\\error_*.log`; "Address already in use" \
        means that another program, often IIS, has its port. semsrv does not start: read \
        `tomcat\\logs\\scm-server-0.log`, and see whether a group policy took the services their \
        rights to log on. Profiles stay old: restart semsrv once more.
        """
      ]),
    .verifyCertificate: GuideText(
      title: "Verify the certificate that {server} presents",
      actions: [
        """
        Waltz connects to the ports {ports} of {address} and compares what each presents. Nobody \
        has to act.
        """,
        """
        To look yourself, from a machine with OpenSSL, for each port: `openssl s_client -connect \
        ADDRESS:PORT -showcerts </dev/null | openssl x509 -noout -fingerprint -sha256 -enddate`.
        """,
      ],
      proof: [
        .when(.isPinned, "every port presents {fingerprint}."),
        .when(
          .isUnpinned,
          """
          every port presents the fingerprint that `check-certificate` of {server} found.
          """),
      ],
      trouble: [
        """
        a port with the old certificate belongs to a service that was not restarted: console and \
        API to semsrv and semapisrv, clients and reporting to semwebsrv. Restart all three, then \
        `waltz retry` the step. Waltz goes no further before, so no client is lost.
        """
      ]),
    .renewDatabaseCertificate: GuideText(
      title: "Renew the certificate of the database of site {site}",
      actions: [
        .each(
          .server,
          """
          Log on to Windows on {server} ({address}) as an administrator and run Start ▸ Symantec \
          Endpoint Protection Manager ▸ Management Server Configuration Wizard.
          """),
        """
        Choose to reconfigure the management server, and do not give it the recovery file: with \
        the file it would put the old key back.
        """,
        """
        Keep what the wizard shows for server, ports and database, and let it finish. The \
        services of the server are restarted by it.
        """,
      ],
      look: ["the wizard ends without an error, and the console starts."],
      proof: [
        """
        you can log on to the console, and the certificate of SQL Server Express has today's \
        date. When the old one expires, nobody can log on any more: so do not leave this out.
        """
      ],
      trouble: [
        """
        read the log of the wizard in `tomcat\\logs` (`install_log.err`, `scm-server-0.log`). If \
        nobody can log on, run the wizard again; the database itself is untouched.
        """
      ]),
  ]
}
