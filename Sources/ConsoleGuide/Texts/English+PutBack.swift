import PlanModel

extension PutBackWords {
  static let english = PutBackWords(
    openings: [
      .certificateUnproven: (
        "Check the certificate on every TLS port of {name}",
        ". Where some ports have the new one and some the old one, restart its services."
      ),
      .verificationOff: ("Turn verification on again at {name}", "."),
      .clientsOnHTTP: (
        "Put the clients of {name} back on HTTPS", ", when they verify again."
      ),
      .replicationBroken: (
        "Restore replication {name}", ", when nothing is open at either site any more."
      ),
    ],
    ifItIs: ", if it is",
    nothingChanged: "No certificate was changed, so it can be done now.",
    clientsHaveIt: "Its clients have the new certificate, so it can be done now.",
    notBefore:
      "Not before its clients have the new certificate: a client without it is orphaned. Wait at "
      + "least a day, better a week, and check in the console whether they contact their server.",
    record:
      "What was recorded before the first change stands in the events of record-settings. Put all of "
      + "it back before a new run of these sites starts: it records what it finds, and would go back to "
      + "that.")
}
