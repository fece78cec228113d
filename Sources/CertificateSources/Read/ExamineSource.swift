/// What bounds the work on a source, whoever made it.
public struct SourceLimits: Sendable {
  /// The largest file, in bytes. A chain of ten certificates with their key takes some 20,000.
  public var size = 1 << 20

  /// How many hashes a password may take for one file, all parts of the file together. OpenSSL and Windows ask
  /// for some 2,000 a part, keytool for 10,000; ten million are some seconds of work. A file whose
  /// password is not known takes no more than ``guesses``.
  public var iterations = 10_000_000

  /// How many hashes an empty password may take that nobody gave: a file of keytool with all its parts.
  public var guesses = 50_000

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
///   - guesses: What may be spent on empty passwords that nobody gave, in this file and others; without it
///     `limits` alone say so.
/// - Returns: What is in the file, and what is wrong with it.
public func examineSource(
  _ file: [UInt8], declared: ContainerForm? = nil, password: Password? = nil,
  needsKey: Bool = true, limits: SourceLimits = .standard, guesses: inout WorkBudget
) -> SourceReport {
  var assembly = SourceAssembly()
  assembly.add(FileReader(file, declared, password, limits, &guesses), as: .certificate)
  return assembly.report(needsKey: needsKey)
}

/// Reads a file that holds all, by itself.
public func examineSource(
  _ file: [UInt8], declared: ContainerForm? = nil, password: Password? = nil,
  needsKey: Bool = true, limits: SourceLimits = .standard
) -> SourceReport {
  var guesses = WorkBudget(limit: limits.guesses)
  return examineSource(
    file, declared: declared, password: password, needsKey: needsKey, limits: limits,
    guesses: &guesses)
}

/// Reads a certificate's file and its key's; the parameters are those of a single file.
public func examineSource(
  certificate: [UInt8], key: [UInt8], declared: ContainerForm? = nil, password: Password? = nil,
  limits: SourceLimits = .standard, guesses: inout WorkBudget
) -> SourceReport {
  var assembly = SourceAssembly()
  assembly.add(FileReader(certificate, declared, password, limits, &guesses), as: .certificate)
  assembly.add(FileReader(key, declared, password, limits, &guesses), as: .key)
  return assembly.report(needsKey: true)
}

/// Reads a certificate's file and its key's, by themselves.
public func examineSource(
  certificate: [UInt8], key: [UInt8], declared: ContainerForm? = nil, password: Password? = nil,
  limits: SourceLimits = .standard
) -> SourceReport {
  var guesses = WorkBudget(limit: limits.guesses)
  return examineSource(
    certificate: certificate, key: key, declared: declared, password: password, limits: limits,
    guesses: &guesses)
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
