import Cryptography
import Estate
import NIOSSL
import PlanModel
import PlanText
import RotationEngine

/// The certificates of a lab: one for each that its estate knows, by their position there, and the authority's.
struct LabCertificates: Sendable {
  /// One of them.
  struct Entry: Sendable {
    /// Its file in the lab's folder, and its key's.
    let certificateFile: String
    let keyFile: String

    /// SHA-256 of the certificate, as plans write it: `sha256:…`.
    let fingerprint: String

    /// What a listener presents it with.
    let context: NIOSSLContext
  }

  /// By the position of the estate's fingerprint.
  let entries: [Entry]

  /// What the estate itself calls them.
  let estateFingerprints: [String]

  /// The authority's certificate in PEM, and another one that the database gets when it is renewed.
  private let authority: String
  private let renewed: String

  static let authorityFile = "ca.pem"
  private static let renewedFile = "database.pem"

  /// Reads the certificates of the folder, and makes those that are not there.
  ///
  /// - Parameters:
  ///   - estate: The estate whose certificates they are.
  ///   - folder: Where they are kept.
  ///   - today: The machine's time: certificates are good both in it and in the estate's.
  /// - Throws: ``LabError``
  init(of estate: SimulatedEstate, in folder: LabFolder, at today: Instant) async throws {
    if try folder.read(Self.authorityFile) == nil {
      try await Self.mint(estate, in: folder, at: today)
    }
    authority = String(decoding: try folder.read(Self.authorityFile) ?? [], as: UTF8.self)
    renewed = String(decoding: try folder.read(Self.renewedFile) ?? [], as: UTF8.self)
    estateFingerprints = estate.fingerprints
    entries = try estate.fingerprints.indices.map { try Self.entry($0, in: folder) }
  }

  /// The certificate that the database of a site has with SQL Express.
  func databaseCertificate(isRenewed: Bool) -> String { isRenewed ? renewed : authority }

  private static func files(_ index: Int) -> (certificate: String, key: String) {
    ("certificate-\(index).pem", "certificate-\(index).key")
  }

  private static func entry(_ index: Int, in folder: LabFolder) throws -> Entry {
    let (certificate, key) = files(index)
    guard let text = try folder.read(certificate), let secret = try folder.read(key) else {
      throw LabError("\(folder.path) lacks \(certificate). Start a lab in another folder.")
    }
    do {
      let chain = try NIOSSLCertificate.fromPEMBytes(text)
      guard let leaf = chain.first else { throw LabError("it holds no certificate.") }
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(bytes: secret, format: .pem)))
      configuration.minimumTLSVersion = .tlsv12
      let digest = HashFunction.sha256.hash(of: try leaf.toDERBytes())
      return Entry(
        certificateFile: certificate, keyFile: key,
        fingerprint: "sha256:" + digest.map(hexadecimal).joined(),
        context: try NIOSSLContext(configuration: configuration))
    } catch {
      throw LabError("\(folder.path)/\(certificate) cannot be used: \(error)")
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return byte < 16 ? "0" + text : text
  }

  /// Makes all of them, the keys several at a time; the authority's certificate is written last.
  private static func mint(
    _ estate: SimulatedEstate, in folder: LabFolder, at today: Instant
  ) async throws {
    let (earlier, later) = (min(today, estate.now), max(today, estate.now))
    let mint = try CertificateMint(
      CertificateSubject(
        name: "Waltz lab authority", hosts: [], serial: 1, notBefore: earlier + .days(-400),
        notAfter: later + .days(3_650)))
    for index in estate.fingerprints.indices {
      let isNew = estate.isNewCertificate(index)
      let subject = CertificateSubject(
        name: estate.hosts(ofCertificate: index).first ?? "certificate-\(index)",
        hosts: estate.hosts(ofCertificate: index), serial: UInt32(index + 2),
        notBefore: earlier + .days(isNew ? -1 : -300),
        notAfter: later + .days(isNew ? 820 : 400))
      let made = try mint.certificate(subject, key: try SigningKey(rsaBits: 2_048))
      let (certificate, key) = files(index)
      try folder.write(pemText("PRIVATE KEY", made.key), as: key)
      try folder.write(
        pemText("CERTIFICATE", made.der) + pemText("CERTIFICATE", mint.authority.der),
        as: certificate)
      await Task.yield()
    }
    let database = try mint.certificate(
      CertificateSubject(
        name: "sem5", hosts: ["sem5"], serial: 0, notBefore: earlier + .days(-1),
        notAfter: later + .days(820)),
      key: try SigningKey(rsaBits: 2_048))
    try folder.write(pemText("CERTIFICATE", database.der), as: renewedFile)
    try folder.write(pemText("CERTIFICATE", mint.authority.der), as: authorityFile)
  }
}

extension SimulatedEstate {
  /// Whether a certificate is one that servers get in the rotation.
  fileprivate func isNewCertificate(_ index: Int) -> Bool {
    sites.contains { $0.servers.contains { $0.newCertificate == Int32(index) } }
  }

  /// The names and loopback addresses of all servers that have a certificate, or get it.
  fileprivate func hosts(ofCertificate index: Int) -> [String] {
    var hosts: [String] = []
    for (site, servers) in sites.map(\.servers).enumerated() {
      for (server, state) in servers.enumerated()
      where state.newCertificate == Int32(index) || state.oldCertificate == Int32(index) {
        hosts.append(plan.sites[site].servers[server].address.value)
        hosts.append(loopbackAddress(ofServer: server, at: site))
      }
    }
    return hosts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The address of a server in a lab: its own where the system has more than one.
  func loopbackAddress(ofServer server: Int, at site: Int) -> String {
    #if os(Linux)
      let number = sites[..<site].reduce(server) { $0 + $1.servers.count } + 11
      return "127.0.\(number / 250 % 250 + 1).\(number % 250 + 1)"
    #else
      return "127.0.0.1"
    #endif
  }
}
