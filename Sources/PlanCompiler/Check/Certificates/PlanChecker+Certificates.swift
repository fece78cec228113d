import PlanModel
import PlanText

extension PlanChecker {
  /// References to certificates, what is never or more than once used, and where the files are.
  mutating func checkCertificates() {
    var users: [[CertificateUse]] = Array(repeating: [], count: plan.certificates.count)
    var misspelt = Misspelt()
    for site in plan.sites.indices {
      for position in plan.sites[site].servers.indices {
        guard let name = plan.sites[site].servers[position].certificate else { continue }
        let server = plan.sites[site].servers[position]
        if let index = certificateByName[name.value] {
          users[index].append(CertificateUse(name: name, site: site, server: position))
        } else if !doubts.mayHave(certificate: name.value) {
          let meant = certificateNames.nearest(to: name.value)
          misspelt.add(meant)
          report(
            .unknownCertificate, at: name.span,
            "Server '\(server.name.value)' names the certificate '\(name.value)', which the plan does "
              + "not have.",
            help: meant.map { "Did you mean '\($0)'?" }
              ?? known(plan.certificates.lazy.map(\.name.value), "certificates"),
            related: meant.flatMap { certificateByName[$0] }.map {
              let declared = plan.certificates[$0].name
              return [.init("'\(declared.value)' is declared here.", at: declared.span)]
            } ?? [])
          suggest(meant, for: name)
        }
      }
    }
    var owners: [Fingerprint: Int] = [:]
    for (index, certificate) in plan.certificates.enumerated() {
      checkUse(
        of: certificate, by: users[index],
        canBeUnused: !misspelt.mayMean(certificate.name.value))
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
    checkFiles()
    for site in plan.sites {
      guard let api = site.api else { continue }
      check(secret: api.password)
      if case .certificateAuthority(let path) = api.trust.value {
        check(path: path, at: api.trust.span)
      }
    }
  }

  private mutating func checkUse(
    of certificate: CertificateSource, by users: [CertificateUse], canBeUnused: Bool
  ) {
    let name = certificate.name
    if users.isEmpty, canBeUnused, hasRotation,
      !doubts.mayUse(certificate: name.value)
    {
      report(
        .unusedCertificate, at: name.span, "No server gets the certificate '\(name.value)'.",
        help: "Name it at a server with 'certificate: \(name.value)', or remove it.")
    }
    // A server that was not decoded may be one of them: the count would be wrong.
    if users.count > 1, !doubts.mayUse(certificate: name.value) { noteSharing(name, users) }
    if case .pem = certificate.container { checkNoPassword(certificate) }
    if case .der = certificate.container { checkNoPassword(certificate) }
  }

  private mutating func noteSharing(_ name: Located<String>, _ users: [CertificateUse]) {
    let shown = users.prefix(5).map { use in
      let site = plan.sites[use.site]
      return (place: use.name.span, site: site, server: site.servers[use.server])
    }
    let hasNamesakes = Set(shown.map(\.server.name.value)).count < shown.count
    let names = shown.map { hasNamesakes ? $0.server.name(in: $0.site) : $0.server.name.value }
    let more = users.count > 5 ? " and \(users.count - 5) more" : ""
    report(
      .sharedCertificate, at: name.span,
      "\(users.count) servers share the certificate '\(name.value)': "
        + names.map { "'\($0)'" }.joined(separator: ", ") + "\(more).",
      related: zip(names, shown).map { .init("Server '\($0)' uses it.", at: $1.place) })
  }

  private mutating func checkNoPassword(_ certificate: CertificateSource) {
    guard let password = certificate.password else { return }
    report(
      .passwordWithoutUse, at: password.span,
      "'\(certificate.name.value)' has a password, but SEPM accepts PEM and DER keys only if they "
        + "are not encrypted.",
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
    switch secret.value {
    case .environment: break
    case .file(let path): check(path: path, at: secret.span)
    case .command(let words): check(secretCommand: words, at: secret.span)
    }
  }

  /// Two entries with one file, unless their fingerprints say already that they are one.
  private mutating func checkFiles() {
    var owners: [String: Int] = [:]
    for (index, certificate) in plan.certificates.enumerated() {
      let path = certificate.container.main
      guard let owner = owners.updateValue(index, forKey: path.value) else { continue }
      owners[path.value] = owner
      let first = plan.certificates[owner]
      if let pin = certificate.fingerprint, pin == first.fingerprint { continue }
      report(
        .fileTwice, at: path.span,
        "'\(certificate.name.value)' and '\(first.name.value)' are both the file '\(path.value)'.",
        help: "Correct one path, or let the servers share one entry.",
        related: [.init("The same file.", at: first.container.main.span)])
    }
  }

  private mutating func check(path: String, at span: SourceSpan) {
    guard !paths.admits(path) else { return }
    report(
      .pathOutsideFolder, at: span,
      "The path '\(path)' leads out of the plan's folder.",
      help: "Keep the file beside the plan and write a relative path without '..' at its start, or "
        + "allow another folder with '--allow-outside FOLDER'.")
  }
}

/// A server that names a certificate.
private struct CertificateUse {
  /// The name where the server writes it.
  var name: Located<String>

  /// Positions in the plan, and in its site.
  var site: Int
  var server: Int
}

/// What names that resolve to nothing may have meant: such a certificate would be called unused as a
/// consequence.
private struct Misspelt {
  private var meant: Set<String> = []
  private var isOpen = false

  mutating func add(_ name: String?) {
    if let name { meant.insert(name) } else { isOpen = true }
  }

  func mayMean(_ name: String) -> Bool { isOpen || meant.contains(name) }
}

extension CertificateSource.Container {
  /// The file with the certificate.
  fileprivate var main: Located<String> {
    switch self {
    case .pkcs12(let path), .jks(let path): path
    case .pem(let certificate, _), .der(let certificate, _): certificate
    }
  }
}
