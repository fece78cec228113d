import CertificateSources
import PlanModel
import PlanText

extension CertificateChecker {
  /// How long a certificate should outlive the rotation: clients that were away for so long are still
  /// counted as the plan's own by default, and verify it on their return.
  static let margin: Int64 = 30 * 86_400

  /// Whether the file holds what was reviewed.
  mutating func checkPin(of certificate: Int, _ leaf: CertificateFacts) {
    guard let pin = plan.certificates[certificate].fingerprint,
      pin.value.description != leaf.fingerprintText
    else { return }
    let path = path(of: certificate, .certificate)
    report(
      .otherFingerprint, at: pin.span,
      "'\(path.value)' holds '\(leaf.shortName)' with the fingerprint \(leaf.fingerprintText), which is not "
        + "the one that the plan pins.",
      help: "Put the reviewed certificate there, or review this one and pin it.",
      related: [.init("The file.", at: path.span)])
  }

  /// Whether the certificate is valid from its change until everybody has it.
  mutating func checkValidity(
    of certificate: Int, _ leaf: CertificateFacts, chain: CertificateChain?
  ) {
    let path = path(of: certificate, .certificate)
    if let notAfter = leaf.notAfter, notAfter < start {
      report(
        .expiredCertificate, at: path.span,
        "'\(path.value)': '\(leaf.shortName)' was valid until \(UTCText.day(notAfter)), and the rotation "
          + "would start on \(UTCText.day(start)).",
        help: "Have a new certificate issued.")
    } else if let notAfter = leaf.notAfter {
      checkEnd(notAfter, of: leaf, .expiresTooSoon, at: path)
    }
    let update = earliestUpdate(of: certificate)
    if let notBefore = leaf.notBefore, let update, notBefore > start + update {
      report(
        .notYetValid, at: path.span,
        "'\(path.value)': '\(leaf.shortName)' is valid from \(UTCText.day(notBefore)), and the rotation "
          + "may put it in place on \(UTCText.day(start + update)).",
        help: "Start later, or have a certificate issued that is valid from today.")
    }
    for issuer in chain?.certificates.dropFirst() ?? [] {
      checkValidity(ofIssuer: issuer, above: leaf, update: update, at: path)
    }
  }

  /// Whether an authority of the chain is valid. Where the leaf's own time is the shorter one, that says all.
  private mutating func checkValidity(
    ofIssuer issuer: CertificateFacts, above leaf: CertificateFacts, update: Int64?,
    at path: Located<String>
  ) {
    let words =
      "'\(path.value)': '\(issuer.shortName)', which is in the chain of '\(leaf.shortName)',"
    let help =
      "Put the authority's current certificate into the file. If it has none, have the server's "
      + "certificate issued by another authority."
    if let end = issuer.notAfter, end < leaf.notAfter ?? .max {
      if end < start {
        report(
          .issuerNotValid, at: path.span,
          "\(words) expired on \(UTCText.day(end)), and the rotation would start on "
            + "\(UTCText.day(start)).", help: help)
      } else {
        checkEnd(end, of: issuer, .issuerExpiresSooner, at: path)
      }
    }
    if let first = issuer.notBefore, first > leaf.notBefore ?? .min, let update,
      first > start + update
    {
      report(
        .issuerNotValid, at: path.span,
        "\(words) is not valid before \(UTCText.day(first)), and the rotation may put the "
          + "certificate in place on \(UTCText.day(start + update)).", help: help)
    }
  }

  private mutating func checkEnd(
    _ notAfter: Int64, of facts: CertificateFacts, _ entry: CatalogueEntry, at path: Located<String>
  ) {
    let (earliest, latest) = (start + times.end.earliest, start + times.end.latest)
    guard notAfter < latest + Self.margin else { return }
    let isCertain = notAfter < earliest
    let until = "'\(path.value)': '\(facts.shortName)' is valid until \(UTCText.day(notAfter))"
    let startDay = UTCText.day(start)
    let detail =
      if isCertain {
        "\(until). A rotation that starts on \(startDay) ends on \(UTCText.day(earliest)) at the earliest."
      } else if notAfter < latest {
        "\(until). A rotation that starts on \(startDay) may last until \(UTCText.day(latest)) if "
          + "every wait uses up its deadline."
      } else {
        "\(until). A rotation that starts on \(startDay) may last until \(UTCText.day(latest)), "
          + "and clients that are away may return up to 30 days later."
      }
    report(
      entry, at: path.span, detail,
      help: "Have a certificate issued that is valid beyond "
        + "\(UTCText.day(latest + Self.margin)), or shorten the deadlines.",
      severity: isCertain && entry == .expiresTooSoon ? .error : .warning)
  }

  /// When the first of its servers gets the certificate, in seconds after the start; nil without a server.
  private func earliestUpdate(of certificate: Int) -> Int64? {
    users[certificate].compactMap { times.updates[$0.site][$0.server]?.earliest }.min()
  }

  /// What the key may be used for, beyond ``notForServers``: the key also signs policies.
  mutating func checkUsage(of certificate: Int, _ leaf: CertificateFacts) {
    guard let usages = leaf.keyUsages, !usages.contains("digitalSignature"),
      leaf.allowsServerAuthentication
    else { return }
    let path = path(of: certificate, .certificate)
    report(
      .notForServers, at: path.span,
      "'\(path.value)': the key of '\(leaf.shortName)' may be used for \(usages.joined(separator: ", ")), "
        + "but not for digital signatures, which current TLS handshakes need.",
      help: "Have it issued with the key usage digitalSignature.", severity: .warning)
  }

  /// Whether the certificate is good for the addresses of its servers.
  mutating func checkAddresses(of certificate: Int, _ leaf: CertificateFacts) {
    guard !users[certificate].isEmpty else { return }
    let path = path(of: certificate, .certificate)
    // Many servers may share the certificate, and a certificate may have many names.
    let table = NameTable(leaf)
    var words: String?
    for (site, position) in users[certificate] {
      let server = plan.sites[site].servers[position]
      let address = server.address.value
      let coverage = table.coverage(of: address)
      if case .covered = coverage { continue }
      let names = words ?? Self.words(for: leaf.alternativeNames.map(\.text))
      words = names
      let detail: String
      switch coverage {
      case .covered: continue
      case .commonNameOnly(let common):
        detail =
          "Server '\(server.name.value)' is reached at '\(address)'. Certificate "
          + "\(name(of: certificate)) has '\(common)' only as its common name, which clients no "
          + "longer look at: \(names)."
      case .notCovered:
        detail =
          "Server '\(server.name.value)' is reached at '\(address)', which certificate "
          + "\(name(of: certificate)) does not cover: \(names)."
      }
      report(
        .addressNotCovered, at: server.address.span, detail,
        help:
          "Have it issued with '\(address)' among its subject alternative names, or correct the address.",
        related: [.init("The certificate.", at: path.span)])
    }
  }

  /// Whom a certificate is for.
  private static func words(for names: [String]) -> String {
    if names.isEmpty { return "it has no subject alternative names" }
    return "it is for \(names.prefix(5).joined(separator: ", "))"
      + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }

  /// Certificates that stand under two names in two files; one file under two names is the plan's own mistake.
  mutating func checkRepetition(_ sources: [SourceEvidence]) {
    var files: Set<String> = []
    var owners: [[UInt8]: Int] = [:]
    for (index, source) in sources.enumerated() {
      let path = path(of: index, .certificate)
      let file = path.value.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
      guard files.insert(file).inserted, let leaf = source.report?.serverCertificate else {
        continue
      }
      guard let owner = owners[leaf.fingerprint] else {
        owners[leaf.fingerprint] = index
        continue
      }
      let first = self.path(of: owner, .certificate)
      report(
        .certificateTwice, at: path.span,
        "'\(first.value)' and '\(path.value)' hold the same certificate, '\(leaf.shortName)'.",
        help: "Put the right certificate into one of them.",
        related: [.init("The same certificate.", at: first.span)])
    }
  }
}
