import CertificateSources
import PlanModel
import PlanText

extension CertificateChecker {
  /// What a server that gets a certificate shows now.
  mutating func checkServed(
    site: Int, server position: Int, _ seen: ServerEvidence, _ sources: [SourceEvidence]
  ) {
    let server = plan.sites[site].servers[position]
    let shown = seen.shown
    guard let first = shown.first else {
      report(
        .unknownServer, at: server.address.span,
        "Waltz could not see what server '\(server.name.value)' serves: "
          + Self.reasons(seen) + ".",
        help: "Correct the address, start the services, or run the check from a machine that can "
          + "reach them.")
      return
    }
    if shown.contains(where: { $0.certificate.fingerprint != first.certificate.fingerprint }) {
      reportMixture(server, shown)
    }
    let planned = server.certificate.flatMap { certificateByName[$0.value] }
    if let planned, let leaf = sources[planned].report?.serverCertificate,
      shown.allSatisfy({ $0.certificate.fingerprint == leaf.fingerprint })
    {
      report(
        .alreadyServed, at: server.certificate?.span ?? server.name.span,
        "Server '\(server.name.value)' already serves certificate \(name(of: planned)): the "
          + "rotation would change nothing there.",
        help: "Name the new certificate, or remove it from the server.",
        related: [.init("The file.", at: path(of: planned, .certificate).span)])
    } else {
      checkBudget(site: site, server: position, shown.map(\.certificate))
    }
  }

  /// Whether the old certificate lasts until the new one is there.
  private mutating func checkBudget(
    site: Int, server position: Int, _ certificates: [CertificateFacts]
  ) {
    guard let update = times.updates[site][position],
      let old = certificates.min(by: { $0.notAfter ?? .max < $1.notAfter ?? .max }),
      let notAfter = old.notAfter
    else { return }
    let server = plan.sites[site].servers[position]
    let (earliest, latest) = (start + update.earliest, start + update.latest)
    guard notAfter < latest else { return }
    let until = "Server '\(server.name.value)' serves '\(old.shortName)'"
    let place = server.address.span
    if notAfter < start {
      // No plan can mend that any more; it should not be kept from what it does.
      report(
        .oldExpiresFirst, at: place,
        "\(until), which expired on \(UTCText.day(notAfter)).",
        help:
          "Start now: the new certificate can be in place on \(UTCText.day(earliest)).",
        severity: .warning)
    } else {
      let isCertain = notAfter < earliest
      report(
        .oldExpiresFirst, at: place,
        "\(until), which expires on \(UTCText.day(notAfter)). A rotation that starts on "
          + "\(UTCText.day(start)) replaces it "
          + (isCertain
            ? "on \(UTCText.day(earliest)) at the earliest."
            : "on \(UTCText.day(latest)) if its waits use up their deadlines."),
        help: "Start earlier, give the site an earlier wave, or shorten "
          + (isCertain ? "the waits" : "the deadlines of the waits") + " before the change.",
        severity: isCertain ? .error : .warning)
    }
  }

  private mutating func reportMixture(
    _ server: Server, _ shown: [(port: Int, certificate: CertificateFacts)]
  ) {
    var groups: [(certificate: CertificateFacts, ports: [String])] = []
    for (port, certificate) in shown {
      if let known = groups.firstIndex(where: {
        $0.certificate.fingerprint == certificate.fingerprint
      }) {
        groups[known].ports.append(String(port))
      } else {
        groups.append((certificate, [String(port)]))
      }
    }
    let words = groups.map { group in
      "\(group.ports.joined(separator: " and ")) '\(group.certificate.shortName)' "
        + "(\(group.certificate.fingerprintText.prefix(19))…)"
    }
    report(
      .mixedCertificates, at: server.address.span,
      "The ports of server '\(server.name.value)' show different certificates: "
        + words.joined(separator: ", ") + ".",
      help: "Restart the services of the server and check again.")
  }

  /// `port 443 is closed, ports 8443 and 8446 do not answer`: what the ports have in common is said once.
  private static func reasons(_ seen: ServerEvidence) -> String {
    var groups: [(reason: String, ports: [String])] = []
    for (port, answer) in seen.answers {
      guard case .nothing(let reason) = answer else { continue }
      if let known = groups.firstIndex(where: { $0.reason == reason }) {
        groups[known].ports.append(String(port))
      } else {
        groups.append((reason, [String(port)]))
      }
    }
    return groups.map { group in
      let isOne = group.ports.count == 1
      let ports =
        isOne
        ? group.ports[0]
        : group.ports.dropLast().joined(separator: ", ") + " and " + (group.ports.last ?? "")
      return "port\(isOne ? "" : "s") \(ports): \(group.reason)"
    }.joined(separator: "; ")
  }
}
