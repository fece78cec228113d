import CertificateSources

extension CertificateInspection {
  /// The inspection for people.
  public func text(layout: TextLayout = TextLayout()) -> String {
    var text = ReportText(layout)
    for container in report.containers { add(container, to: &text) }
    for (index, entry) in report.certificates.enumerated() { add(entry, index + 1, to: &text) }
    for key in report.keys { add(key, to: &text) }
    addChain(to: &text)
    addFindings(to: &text)
    return text.text
  }

  private func add(_ container: ContainerReading, to text: inout ReportText) {
    var title = StyledLine(file(of: container.part), .title)
    title.add(": \(container.kind.name)")
    text.line(title)
    for protection in container.encryptions {
      fact("\(protection.subject)", Self.words(for: protection), to: &text)
    }
    if let integrity = container.integrity {
      fact("checksum", Self.words(for: integrity), to: &text)
    }
  }

  private static func words(for protection: ContainerReading.Protection) -> String {
    protection.algorithm
      + (protection.iterations.map {
        ", \($0 == 1 ? "1 iteration" : "\(Wording.number($0)) iterations")"
      }
        ?? "")
      + (protection.isWeak ? " (weak)" : "")
  }

  private func add(_ entry: CertificateEntry, _ number: Int, to text: inout ReportText) {
    let facts = entry.facts
    let role = role(of: facts)
    text.heading("Certificate \(number)\(role.isEmpty ? "" : " (\(role))")")
    fact("subject", facts.subject.isEmpty ? "(none)" : facts.subject, to: &text)
    fact("issuer", facts.isSelfIssued ? "itself" : facts.issuer, to: &text)
    fact(
      "names",
      facts.alternativeNames.isEmpty
        ? "(none)" : facts.alternativeNames.map(\.text).joined(separator: ", "), to: &text)
    fact("valid", validity(of: facts), to: &text)
    fact("key", facts.key.name, to: &text)
    fact("signature", facts.signature.name, to: &text)
    let usages = (facts.keyUsages ?? []) + (facts.extendedKeyUsages ?? []).map(\.text)
    fact("usages", usages.isEmpty ? "(any)" : usages.joined(separator: ", "), to: &text)
    fact("serial", facts.serial, to: &text)
    if let alias = entry.alias { fact("alias", alias, to: &text) }
    if let line = entry.line { fact("line", String(line), to: &text) }
    // As a plan takes it, whole.
    text.command("fingerprint: \(facts.fingerprintText)", indent: 2)
  }

  private func role(of facts: CertificateFacts) -> String {
    // Of the certificate itself, so that it is called the same with its key beside it and without.
    facts.basicConstraints?.isAuthority == true
      ? "of an authority" : report.chain?.leaf == facts ? "of the server" : ""
  }

  private func validity(of facts: CertificateFacts) -> String {
    let start = facts.notBefore.map(UTCText.day) ?? "?"
    guard let end = facts.notAfter else { return "\(start) to ?" }
    let left = UTCText.days(from: now, to: end)
    let rest =
      end < now
      ? "expired" : left == 1 ? "1 day left" : "\(Wording.number(Int(clamping: left))) days left"
    return "\(start) to \(UTCText.day(end)), \(rest)"
  }

  private func add(_ key: PrivateKeyFacts, to text: inout ReportText) {
    text.heading("Private key")
    fact("kind", "\(key.kind.name), \(key.encoding.rawValue)", to: &text)
    if let alias = key.alias { fact("alias", alias, to: &text) }
    guard !report.certificates.isEmpty else { return }
    let owner = report.certificates.firstIndex { key.matches($0.facts) == true }
    let belongs =
      owner.map { "to certificate \($0 + 1)" }
      ?? (key.publicKeyBits == nil ? "(cannot be told)" : "to no certificate here")
    fact("belongs", belongs, to: &text)
  }

  private func addChain(to text: inout ReportText) {
    guard let chain = report.chain, report.certificates.count > 1 || !chain.leaf.isSelfIssued else {
      return
    }
    text.heading("Chain")
    for certificate in chain.certificates {
      let number = number(of: certificate).map { "certificate \($0): " } ?? ""
      text.prose("\(number)\(certificate.shortName)", indent: 2)
    }
    switch chain.end {
    case .selfSigned: break
    case .openAuthority(let issuer), .openLeaf(let issuer):
      text.prose("not in it: \(issuer)", indent: 2, .faint)
    }
  }

  private func addFindings(to text: inout ReportText) {
    guard !findings.isEmpty else {
      text.blank()
      text.line(StyledLine("No problems found.", .good))
      return
    }
    text.heading("Problems")
    for finding in findings {
      let severity = finding.problem.severity
      let label = "\(severity.word)[\(finding.code)]"
      let place = files.count > 1 ? "\(file(of: finding.part)): " : ""
      var line = StyledLine("  ")
      line.add("\(label): ", severity.meaning)
      let room = max(text.layout.width - line.width, 20)
      let words = wrap(visible(place + finding.summary, unicode: false), to: room)
      for (index, part) in words.enumerated() {
        if index > 0 { line = StyledLine(String(repeating: " ", count: label.count + 4)) }
        line.add(part)
        text.line(line)
      }
      text.prose(finding.help, indent: label.count + 4, .faint)
    }
  }

  private func fact(_ name: String, _ value: String, to text: inout ReportText) {
    text.fact(name, value, indent: 2, width: 14)
  }
}
