/// What bounds the work on a source, whoever made it.
public struct SourceLimits: Sendable {
  /// The largest file, in bytes. A chain of ten certificates with their key takes some 20,000.
  public var size = 1 << 20

  /// How many hashes all passwords of a container together may take. OpenSSL and Windows ask for some
  /// 2,000 a password, keytool for 10,000; ten million are some seconds of work.
  public var iterations = 10_000_000

  /// How many certificates and keys a source may hold.
  public var entries = 500

  /// The limits that Waltz works with.
  public static let standard = SourceLimits()

  /// The standard limits.
  public init() {}
}

/// Reads a file that holds all: PKCS#12, JKS, or certificate and key in one PEM file.
///
/// Never fails and never traps, whatever the bytes are: what is wrong is in the report's findings.
///
/// - Parameters:
///   - file: The bytes.
///   - declared: What the file is said to be; nil where nobody said anything.
///   - password: Opens the container; nil where it is not known. Much can be said without it.
///   - needsKey: Whether a missing key is a problem.
///   - limits: What bounds the work.
/// - Returns: What is in the file, and what is wrong with it.
public func examineSource(
  _ file: [UInt8], declared: ContainerForm? = nil, password: Password? = nil,
  needsKey: Bool = true, limits: SourceLimits = .standard
) -> SourceReport {
  var assembly = SourceAssembly()
  assembly.add(
    FileReader(file, declared: declared, password: password, limits: limits), as: .certificate)
  return assembly.report(needsKey: needsKey)
}

/// Reads a certificate's file and its key's.
public func examineSource(
  certificate: [UInt8], key: [UInt8], declared: ContainerForm? = nil, password: Password? = nil,
  limits: SourceLimits = .standard
) -> SourceReport {
  var assembly = SourceAssembly()
  assembly.add(
    FileReader(certificate, declared: declared, password: password, limits: limits),
    as: .certificate)
  assembly.add(FileReader(key, declared: declared, password: password, limits: limits), as: .key)
  return assembly.report(needsKey: true)
}

/// Reads one certificate in DER, as a TLS handshake brings it.
///
/// - Throws: ``SourceProblem`` where it is none.
public func readCertificate(_ der: [UInt8]) throws(SourceProblem) -> CertificateFacts {
  guard der.count <= SourceLimits.standard.size else {
    throw .tooLarge(limit: SourceLimits.standard.size)
  }
  do {
    return try CertificateFacts(reading: der[...])
  } catch {
    throw .certificateUnreadable(alias: nil, line: nil, detail: error.detail)
  }
}
