import PlanModel

extension GuideTexts {
  /// What is kept, and what is thrown away again.
  static let englishBackups: [Action: GuideText] = [
    .backUpServer: GuideText(
      title: "Back up server {server}",
      actions: [
        "Log on to Windows on {server} ({address}) as an administrator.",
        """
        Run Start ▸ Symantec Endpoint Protection Manager ▸ Database Back Up and Restore, click \
        Back Up and wait until it is done.
        """,
        .when(
          .severalServers,
          """
          The servers of site {site} share one database: if it was backed up on another of them \
          ({others}) for this rotation, that is enough.
          """),
        """
        Copy the new backup from `data\\backup` in the folder of Symantec Endpoint Protection \
        Manager to another machine.
        """,
        """
        Copy the newest `recovery_*.zip` from `Server Private Key Backup` in the same folder \
        there as well: it holds the key that {server} uses now.
        """,
        """
        Write both file names and their SHA-256 (PowerShell: `Get-FileHash FILE`) into the note \
        of the approval. Keep them apart from recovery files of other sites: a file of another \
        farm breaks the registration of clients.
        """,
      ],
      look: ["Database Back Up and Restore says that it is done, and the backup has today's date."],
      proof: ["both files are on the other machine, with the same SHA-256 as the originals."],
      trouble: [
        """
        make room or get the rights, and back up again. Nothing was changed yet: without a backup \
        there is no way back, so do not go on.
        """
      ]),
    .keepRecoveryFile: GuideText(
      title: "Keep the new recovery file of {server}",
      actions: [
        "Log on to Windows on {server} ({address}) as an administrator.",
        """
        Copy the newest `recovery_*.zip` from `Server Private Key Backup` in the folder of \
        Symantec Endpoint Protection Manager to another machine. The update of the certificate \
        wrote it: its time is that of the update or later.
        """,
        """
        Keep it beside the file from before the rotation, which holds the old key. Write its name \
        and its SHA-256 (PowerShell: `Get-FileHash FILE`) into the note of the approval.
        """,
      ],
      look: ["`Server Private Key Backup` has one file more than before the update."],
      proof: ["the copy on the other machine has the same SHA-256 as the original."],
      trouble: [
        """
        if there is no newer file, copy `tomcat\\etc\\keystore.jks` and \
        `tomcat\\conf\\server.xml` instead, keep them as secret as a key, and say so in the note. \
        The rotation goes on meanwhile; only its end waits for this.
        """
      ]),
    .backUpDatabase: GuideText(
      title: "Back up the database of site {site} once more",
      actions: [
        "Log on to Windows on a server of site {site} ({servers}) as an administrator.",
        """
        Run Start ▸ Symantec Endpoint Protection Manager ▸ Database Back Up and Restore, click \
        Back Up and wait until it is done. On SQL Server a backup by its own tools does as well.
        """,
        """
        Copy the new backup to another machine. Write its name and its SHA-256 (PowerShell: \
        `Get-FileHash FILE`) into the note of the approval.
        """,
        """
        The upgrade comes next and changes the schema for good: a backup restores only into the \
        version that made it. So keep the installer of the present version as well.
        """,
      ],
      look: ["Database Back Up and Restore says that it is done, and the backup has today's date."],
      proof: ["the backup is on the other machine, with the same SHA-256 as the original."],
      trouble: ["do not upgrade. The site is rotated and works: the upgrade can wait."]),
    .discardBackup: GuideText(
      title: "Discard the backup of {server}",
      actions: [
        """
        Delete the recovery files and database backups of {server} ({address}) that this rotation \
        made on the other machine. They hold a private key: empty the recycle bin too.
        """,
        "Leave the newest recovery file where your disaster recovery expects it.",
      ],
      proof: ["the files that the note of the approval names are gone."],
      trouble: ["get the rights to delete them. Nothing else waits for this."]),
    .discardDatabaseBackup: GuideText(
      title: "Discard the backup of the database of site {site}",
      actions: [
        """
        Delete the database backup of site {site} that was made for the upgrade on the other \
        machine.
        """
      ],
      proof: ["the file that the note of the approval names is gone."],
      trouble: ["get the rights to delete it. Nothing else waits for this."]),
  ]
}
