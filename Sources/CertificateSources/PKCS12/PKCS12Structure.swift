import Cryptography
import SwiftASN1

/// The outside of a PKCS #12 file (RFC 7292), which is readable without the password.
struct PKCS12Structure {
  /// One part: bags of certificates and keys, in the clear or encrypted as a whole.
  enum Safe {
    case plain(ArraySlice<UInt8>)
    case encrypted(PasswordScheme, ArraySlice<UInt8>)
    case unreadable(SourceProblem)
  }

  /// The checksum that the password is part of.
  struct MAC {
    let hash: HashFunction
    let digest: [UInt8]
    let salt: [UInt8]
    let iterations: Int

    /// Whether the content and the password belong together.
    ///
    /// - Throws: ``SourceProblem/unavailableAlgorithm(_:protects:)``
    func holds(for content: ArraySlice<UInt8>, _ password: PasswordForms)
      throws(SourceProblem) -> Bool
    {
      guard (1...Int(Int32.max)).contains(iterations), !salt.isEmpty else { return false }
      do throws(CryptographyError) {
        let key = try KeyDerivation.pkcs12(
          hash, password.utf16, salt: salt, iterations: iterations, .mac, count: hash.size)
        return try MessageAuthentication.isValid(digest, for: content, key: key, hash)
      } catch {
        throw .unavailableAlgorithm("HMAC-\(hash.rawValue)", protects: "container")
      }
    }
  }

  let content: ArraySlice<UInt8>
  let safes: [Safe]
  let mac: MAC?

  /// What makes the checksum unusable, where it is not simply absent.
  let macProblem: SourceProblem?

  /// - Throws: ``MalformedASN1``, or ``SourceProblem`` where nothing in it can be read; also where it has more
  ///   parts than `limit`.
  init(_ bytes: ArraySlice<UInt8>, limit: Int) throws {
    let outer = try parseASN1(bytes).node.sequence("the file")
    guard outer.count >= 2 else { throw MalformedASN1("it is not complete") }
    let authenticated = try ContentInfo(outer[1])
    guard authenticated.type == ContentInfo.data, let node = authenticated.content else {
      throw SourceProblem.unsupportedAlgorithm(
        "a signature in place of a password", protects: "container")
    }
    content = try node.octets("its content")
    let parts = try parseASN1(content).node.sequence("its content")
    guard parts.count <= limit else { throw SourceProblem.tooManyEntries(limit: limit) }
    safes = try parts.map { node throws(MalformedASN1) in
      try Self.safe(ContentInfo(node))
    }
    do {
      mac = outer.count > 2 ? try Self.mac(outer[2]) : nil
      macProblem = nil
    } catch let problem as SourceProblem {
      mac = nil
      macProblem = problem
    }
  }

  private static func safe(_ info: ContentInfo) throws(MalformedASN1) -> Safe {
    switch info.type {
    case ContentInfo.data:
      guard let content = info.content else { throw MalformedASN1("a part of it is empty") }
      return .plain(try content.octets("a part of it"))
    case ContentInfo.encryptedData:
      let parts = try info.content?.sequence("an encrypted part") ?? []
      guard parts.count >= 2 else { throw MalformedASN1("an encrypted part is damaged") }
      let inner = try parts[1].sequence("an encrypted part")
      guard inner.count >= 3, inner[2].isTagged(0) else {
        throw MalformedASN1("an encrypted part is damaged")
      }
      let ciphertext = try inner[2].octets(
        "an encrypted part", tag: ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific))
      let algorithm = try AlgorithmIdentifier(inner[1], "an encryption")
      do {
        return .encrypted(try PasswordScheme(algorithm, protects: "certificates"), ciphertext)
      } catch let problem as SourceProblem {
        return .unreadable(problem)
      } catch {
        throw MalformedASN1("the parameters of its encryption are damaged")
      }
    default:
      return .unreadable(.unsupportedAlgorithm("public key encryption", protects: "certificates"))
    }
  }

  private static func mac(_ node: ASN1Node) throws -> MAC {
    let parts = try node.sequence("its checksum")
    guard parts.count >= 2 else { throw MalformedASN1("its checksum is damaged") }
    let info = try parts[0].sequence("its checksum")
    guard info.count == 2 else { throw MalformedASN1("its checksum is damaged") }
    let algorithm = try AlgorithmIdentifier(info[0], "its checksum")
    guard let hash = HashFunction(objectIdentifier: algorithm.objectIdentifier), hash != .sha224
    else {
      let isPBMAC1 = algorithm.objectIdentifier == "1.2.840.113549.1.5.14"
      throw SourceProblem.unsupportedAlgorithm(
        isPBMAC1 ? "PBMAC1" : algorithm.objectIdentifier, protects: "container")
    }
    return MAC(
      hash: hash, digest: try Array(info[1].octets("its checksum")),
      salt: try Array(parts[1].octets("its checksum")),
      iterations: parts.count > 2 ? try parts[2].count("its checksum") : 1)
  }
}

/// A type with its content (RFC 2315).
struct ContentInfo {
  static let data = "1.2.840.113549.1.7.1"
  static let encryptedData = "1.2.840.113549.1.7.6"

  let type: String
  let content: ASN1Node?

  init(_ node: ASN1Node) throws(MalformedASN1) {
    let parts = try node.sequence("a part of it")
    guard let first = parts.first else { throw MalformedASN1("a part of it is empty") }
    type = try first.objectIdentifier("a part of it")
    content = parts.count > 1 ? try parts[1].explicit(0, "a part of it") : nil
  }
}
