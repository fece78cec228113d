import PlanModel
import PlanText

extension PlanChecker {
  /// References to certificates, what is never or more than once used, and where the files are.
  mutating func checkCertificates() {
    var users: [[(name: Located<String>, server: Located<String>)]] = Array(
      repeating: [], count: plan.certificates.count)
    for site in plan.sites.indices {
      for position in plan.sites[site].servers.indices {
        guard let name = plan.sites[site].servers[position].certificate else { continue }
        let server = plan.sites[site].servers[position]
        if let index = certificateByName[name.value] {
          users[index].append((name, server.name))
        } else if !doubts.contains(.certificates) {
          let names = plan.certificates.lazy.map(\.name.value)
          let meant = nearest(to: name.value, among: names)
          report(
            .unknownCertificate, at: name.span,
            "Server '\(server.name.value)' names the certificate '\(name.value)', which the plan does "
              + "not have.",
            help: meant.map { "Did you mean '\($0)'?" } ?? known(Array(names), "certificates"),
            related: meant.flatMap { certificateByName[$0] }.map {
              let declared = plan.certificates[$0].name
              return [.init("'\(declared.value)' is declared here.", at: declared.span)]
            } ?? [])
        }
      }
    }
    // A certificate whose name was misspelt by a server would be called unused as a consequence.
    let isResolved = !diagnostics.contains { $0.entry == .unknownCertificate }
    var owners: [Fingerprint: Int] = [:]
    for (index, certificate) in plan.certificates.enumerated() {
      checkUse(of: certificate, by: users[index], canBeUnused: isResolved)
      checkPaths(of: certificate)
      guard let fingerprint = certificate.fingerprint else { continue }
      if let owner = owners[fingerprint.value] {
        let first = plan.certificates[owner]
        report(
          .fingerprintTwice, at: fingerprint.span,
          "'\(certificate.name.value)' and '\(first.name.value)' have the same fingerprint: they are one "
            + "certificate.",
          help: "Correct one fingerprint, or let the servers share one certificate.",
          related: first.fingerprint.map { [.init("The same fingerprint.", at: $0.span)] } ?? [])
      } else {
        owners[fingerprint.value] = index
      }
    }
    for site in plan.sites {
      guard let api = site.api else { continue }
      check(secret: api.password)
      if case .certificateAuthority(let path) = api.trust.value {
        check(path: path, at: api.trust.span)
      }
      if api.url.value.hasPrefix("http://") {
        report(
          .plainHTTP, at: api.url.span,
          "The API of site '\(site.name.value)' would be used without TLS.",
          help: "Write 'https://'.")
      }
    }
  }

  private mutating func checkUse(
    of certificate: CertificateSource,
    by users: [(name: Located<String>, server: Located<String>)], canBeUnused: Bool
  ) {
    let name = certificate.name
    if users.isEmpty, canBeUnused, hasRotation,
      doubts.isDisjoint(with: [.sites, .certificates])
    {
      report(
        .unusedCertificate, at: name.span, "No server gets the certificate '\(name.value)'.",
        help: "Name it at a server with 'certificate: \(name.value)', or remove it.")
    }
    if users.count > 1 {
      let servers = users.prefix(5).map { "'\($0.server.value)'" }.joined(separator: ", ")
      let more = users.count > 5 ? " and \(users.count - 5) more" : ""
      report(
        .sharedCertificate, at: name.span,
        "\(users.count) servers share the certificate '\(name.value)': \(servers)\(more).",
        related: users.prefix(5).map {
          .init("Server '\($0.server.value)' uses it.", at: $0.name.span)
        })
    }
    if case .pem = certificate.container { checkNoPassword(certificate) }
    if case .der = certificate.container { checkNoPassword(certificate) }
  }

  private mutating func checkNoPassword(_ certificate: CertificateSource) {
    guard let password = certificate.password else { return }
    report(
      .passwordWithoutUse, at: password.span,
      "'\(certificate.name.value)' has a password, but SEPM takes PEM and DER keys only unencrypted.",
      help: "Remove the password and decrypt the key, or use a PKCS#12 file.")
  }

  private mutating func checkPaths(of certificate: CertificateSource) {
    switch certificate.container {
    case .pkcs12(let path), .jks(let path): check(path: path.value, at: path.span)
    case .pem(let certificate, let key), .der(let certificate, let key):
      check(path: certificate.value, at: certificate.span)
      check(path: key.value, at: key.span)
    }
    if let password = certificate.password { check(secret: password) }
  }

  private mutating func check(secret: Located<SecretReference>) {
    if case .file(let path) = secret.value { check(path: path, at: secret.span) }
  }

  private mutating func check(path: String, at span: SourceSpan) {
    guard path.leavesFolder else { return }
    report(
      .pathOutsideFolder, at: span,
      "The path '\(path)' leads out of the plan's folder.",
      help: "Keep the file beside the plan and write a relative path without '..' at its start.")
  }
}

extension String {
  /// Whether the path is absolute on any system or climbs out of the folder it starts in.
  fileprivate var leavesFolder: Bool {
    var path = self
    return path.withUTF8 { bytes in
      guard let first = bytes.first else { return false }
      if first.isSeparator || first == UInt8(ascii: "~") { return true }
      let isLetter = (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first)
      if isLetter, bytes.count > 1, bytes[1] == UInt8(ascii: ":") { return true }
      var depth = 0
      var start = 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, !bytes[end].isSeparator { end += 1 }
        let isDots = bytes[start..<end].allSatisfy { $0 == UInt8(ascii: ".") }
        switch end - start {
        case 0: break
        case 1 where isDots: break
        case 2 where isDots: depth -= 1
        default: depth += 1
        }
        if depth < 0 { return true }
        start = end + 1
      }
      return false
    }
  }
}

extension UInt8 {
  fileprivate var isSeparator: Bool { self == UInt8(ascii: "/") || self == UInt8(ascii: "\\") }
}
