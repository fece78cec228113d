import SwiftASN1

/// The bags in a part of a PKCS #12 file.
struct PKCS12Bags {
  /// A key that has an encryption of its own.
  struct ShroudedKey {
    let alias: String?
    let scheme: Result<PasswordScheme, SourceProblem>
    let ciphertext: ArraySlice<UInt8>
  }

  private(set) var certificates: [ContainerContents.Certificate] = []
  private(set) var plainKeys: [(bytes: ArraySlice<UInt8>, alias: String?)] = []
  private(set) var shroudedKeys: [ShroudedKey] = []

  /// Reads the bags; throws where these bytes are none, as after a wrong password.
  init(_ bytes: ArraySlice<UInt8>) throws(MalformedASN1) {
    try read(parseASN1(bytes).node, depth: 0)
  }

  private mutating func read(_ node: ASN1Node, depth: Int) throws(MalformedASN1) {
    guard depth < 4 else { throw MalformedASN1("its parts are nested too deep") }
    for bag in try node.sequence("its bags") {
      let parts = try bag.sequence("a bag")
      guard parts.count >= 2 else { throw MalformedASN1("a bag is not complete") }
      let value = try parts[1].explicit(0, "a bag")
      let alias = parts.count > 2 ? Self.friendlyName(parts[2]) : nil
      switch try parts[0].objectIdentifier("a bag") {
      case "1.2.840.113549.1.12.10.1.1": plainKeys.append((value.encodedBytes, alias))
      case "1.2.840.113549.1.12.10.1.2":
        let key = try value.sequence("a key")
        guard key.count == 2 else { throw MalformedASN1("a key is damaged") }
        shroudedKeys.append(try EncryptedKey(key, alias).shrouded)
      case "1.2.840.113549.1.12.10.1.3":
        let certificate = try value.sequence("a certificate")
        guard certificate.count == 2 else { throw MalformedASN1("a certificate is damaged") }
        guard try certificate[0].objectIdentifier("a certificate") == "1.2.840.113549.1.9.22.1"
        else {
          continue
        }
        let der = try certificate[1].explicit(0, "a certificate").octets("a certificate")
        certificates.append(.init(der: der, alias: alias))
      case "1.2.840.113549.1.12.10.1.6": try read(value, depth: depth + 1)
      default: continue
      }
    }
  }

  private static func friendlyName(_ attributes: ASN1Node) -> String? {
    for attribute in attributes.children ?? [] {
      guard let parts = attribute.children, parts.count == 2,
        (try? parts[0].objectIdentifier("an attribute")) == "1.2.840.113549.1.9.20",
        let value = parts[1].children?.first, let text = DirectoryString.text(of: value)
      else { continue }
      return text
    }
    return nil
  }
}

/// An EncryptedPrivateKeyInfo (RFC 5208): in a bag, in a PEM block or in a file of its own.
struct EncryptedKey {
  let shrouded: PKCS12Bags.ShroudedKey

  init(_ parts: [ASN1Node], _ alias: String?) throws(MalformedASN1) {
    guard parts.count == 2 else { throw MalformedASN1("the encrypted key is damaged") }
    let algorithm = try AlgorithmIdentifier(parts[0], "the encryption of the key")
    let ciphertext = try parts[1].octets("the encrypted key")
    let scheme: Result<PasswordScheme, SourceProblem>
    do {
      scheme = .success(try PasswordScheme(algorithm, protects: "key"))
    } catch let problem as SourceProblem {
      scheme = .failure(problem)
    } catch {
      throw MalformedASN1("the parameters of its encryption are damaged")
    }
    shrouded = .init(alias: alias, scheme: scheme, ciphertext: ciphertext)
  }
}
