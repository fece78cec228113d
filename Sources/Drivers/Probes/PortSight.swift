import CanonicalJSON
import CertificateSources
import Cryptography
package import PlanModel
import PlanText

/// What was seen on one port of a server.
package struct PortSight: Sendable, Equatable {
  /// What came of looking.
  package enum Finding: Sendable, Equatable {
    /// The server's own certificate.
    case leaf(Fingerprint)

    /// None, and why: what follows `8443: `.
    case nothing(String)
  }

  /// The port.
  package let port: Int

  /// What came of looking.
  package let finding: Finding

  /// A sight.
  package init(port: Int, _ finding: Finding) {
    self.port = port
    self.finding = finding
  }

  /// What is presented; nil where nothing is.
  package var leaf: Fingerprint? {
    if case .leaf(let fingerprint) = finding { fingerprint } else { nil }
  }
}

/// A certificate that a server presents, as far as an auditor asks for it.
struct PresentedChain: Sendable, Equatable {
  /// The server's own certificate.
  let leaf: Fingerprint

  /// How many certificates the server sent.
  let count: Int

  /// What of the certificate could be read; nil where it makes no sense.
  let facts: CertificateFacts?

  /// Whether each certificate names the next one as its issuer.
  let isInOrder: Bool

  /// Reads what a handshake brought; nil where it brought nothing.
  init?(_ chain: [[UInt8]]) {
    guard let first = chain.first, let leaf = Fingerprint(HashFunction.digest(of: first)) else {
      return nil
    }
    self.leaf = leaf
    count = chain.count
    // A certificate that cannot be read has a fingerprint all the same.
    let read = chain.map { try? readCertificate($0) }
    facts = read.first ?? nil
    isInOrder = zip(read, read.dropFirst()).allSatisfy { one, next in
      guard let one, let next else { return false }
      return one.issuerDER == next.subjectDER
    }
  }

  /// What stands in evidence for it, for a server at this address, at this time.
  ///
  /// * `seconds`: Seconds since 1970.
  func summary(address: String, at seconds: Int64) -> JSONValue {
    var members: [JSONValue.Member] = [.init("certificates", .integer(Int64(count)))]
    if count > 1 { members.append(.init("chainInOrder", .bool(isInOrder))) }
    guard let facts else { return .object(members) }
    members.append(.init("name", .string(facts.shortName)))
    if let end = facts.notAfter { members.append(.init("expires", .string(UTCText.instant(end)))) }
    if let start = facts.notBefore, let end = facts.notAfter {
      members.append(.init("valid", .bool(start <= seconds && seconds <= end)))
    }
    if case .covered = facts.coverage(of: address) {
      members.append(.init("coversAddress", .bool(true)))
    } else {
      members.append(.init("coversAddress", .bool(false)))
    }
    return .object(members)
  }
}
