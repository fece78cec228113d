import SwiftASN1

/// The bags in a part of a PKCS #12 file.
struct PKCS12Bags {
  private(set) var certificates: [ContainerContents.Certificate] = []
  private(set) var plainKeys: [(bytes: ArraySlice<UInt8>, alias: String?)] = []
  private(set) var shroudedKeys: [EncryptedKey] = []

  /// Whether there are more certificates and keys than are taken; what is over is not there.
  private(set) var isCut = false

  private let limit: Int

  /// Certificates and keys together.
  var count: Int { certificates.count + plainKeys.count + shroudedKeys.count }

  /// Reads the bags, at most `limit` of them; throws where these bytes are none, as after a wrong password.
  init(_ bytes: ArraySlice<UInt8>, limit: Int) throws(MalformedASN1) {
    self.limit = limit
    try read(parseASN1(bytes).node, depth: 0)
  }

  private mutating func read(_ node: ASN1Node, depth: Int) throws(MalformedASN1) {
    guard depth < 4 else { throw MalformedASN1("its parts are nested too deep") }
    for bag in try node.sequence("its bags") {
      guard count < limit else {
        isCut = true
        return
      }
      let parts = try bag.sequence("a bag")
      guard parts.count >= 2 else { throw MalformedASN1("a bag is not complete") }
      let value = try parts[1].explicit(0, "a bag")
      let attributes = PKCS12Attributes(parts.count > 2 ? parts[2] : nil)
      switch try parts[0].objectIdentifier("a bag") {
      case "1.2.840.113549.1.12.10.1.1": plainKeys.append((value.encodedBytes, attributes.alias))
      case "1.2.840.113549.1.12.10.1.2":
        let key = try value.sequence("a key")
        guard key.count == 2 else { throw MalformedASN1("a key is damaged") }
        shroudedKeys.append(try EncryptedKey(key, attributes.alias))
      case "1.2.840.113549.1.12.10.1.3":
        let certificate = try value.sequence("a certificate")
        guard certificate.count == 2 else { throw MalformedASN1("a certificate is damaged") }
        guard try certificate[0].objectIdentifier("a certificate") == "1.2.840.113549.1.9.22.1"
        else {
          continue
        }
        let der = try certificate[1].explicit(0, "a certificate").octets("a certificate")
        certificates.append(
          .init(
            der: der, alias: attributes.alias, entry: attributes.isTrusted ? .trusted : nil))
      case "1.2.840.113549.1.12.10.1.6": try read(value, depth: depth + 1)
      default: continue
      }
    }
  }
}

/// What is said of a bag beside it.
private struct PKCS12Attributes {
  private(set) var alias: String?

  /// Whether Java wrote it as a certificate to trust, and so as no part of the chain of a key.
  private(set) var isTrusted = false

  init(_ attributes: ASN1Node?) {
    for attribute in attributes?.children ?? [] {
      guard let parts = attribute.children, parts.count == 2,
        let value = parts[1].children?.first
      else { continue }
      switch try? parts[0].objectIdentifier("an attribute") {
      case "1.2.840.113549.1.9.20": alias = alias ?? DirectoryString.text(of: value)
      case "2.16.840.1.113894.746875.1.1": isTrusted = true
      default: continue
      }
    }
  }
}
