import Cryptography
import SwiftASN1

/// The extensions of a certificate that Waltz looks at; each is read by itself.
struct CertificateExtensions {
  var alternativeNames: [AlternativeName] = []
  var basicConstraints: CertificateFacts.BasicConstraints?
  var keyUsages: [String]?
  var extendedKeyUsages: [CertificateFacts.ExtendedKeyUsage]?
  var subjectKeyIdentifier: [UInt8]?
  var authorityKeyIdentifier: [UInt8]?
  var unknownCritical: [String] = []
  var oddities: [String] = []

  /// None.
  init() {}

  init(_ node: ASN1Node) {
    guard let extensions = try? node.sequence("the extensions") else {
      oddities.append("Its extensions are damaged.")
      return
    }
    var seen: Set<String> = []
    for entry in extensions {
      guard let parts = try? entry.sequence("an extension"), parts.count >= 2,
        let identifier = try? parts[0].objectIdentifier("an extension"),
        let value = try? parts[parts.count - 1].octets("an extension")
      else {
        oddities.append("One of its extensions is damaged.")
        continue
      }
      if !seen.insert(identifier).inserted {
        oddities.append("It has the extension \(identifier) twice.")
        continue
      }
      let isCritical = parts[1].identifier == .boolean && parts[1].encodedBytes.last != 0
      if isCritical, !Self.processed.contains(identifier) { unknownCritical.append(identifier) }
      do {
        try read(identifier, value)
      } catch {
        oddities.append("Its extension \(Self.names[identifier] ?? identifier) is damaged.")
      }
    }
  }

  private mutating func read(_ identifier: String, _ value: ArraySlice<UInt8>) throws(MalformedASN1)
  {
    switch identifier {
    case "2.5.29.17": try readAlternativeNames(parseASN1(value).node)
    case "2.5.29.19":
      let parts = try parseASN1(value).node.sequence("the constraints")
      let isAuthority = parts.first?.identifier == .boolean && parts.first?.encodedBytes.last != 0
      let length = parts.last.flatMap {
        $0.identifier == .integer ? try? $0.count("a length") : nil
      }
      basicConstraints = .init(isAuthority: isAuthority, pathLength: length)
    case "2.5.29.15":
      let bytes = try parseASN1(value).node.bits("the usages")
      keyUsages = Self.usages.enumerated().compactMap { index, name in
        let byte = index / 8 < bytes.count ? bytes[bytes.startIndex + index / 8] : 0
        return byte & 0x80 >> UInt8(index % 8) != 0 ? name : nil
      }
    case "2.5.29.37":
      var usages: [CertificateFacts.ExtendedKeyUsage] = []
      for usage in try parseASN1(value).node.sequence("the usages") {
        let identifier = try usage.objectIdentifier("a usage")
        usages.append(.init(objectIdentifier: identifier, name: Self.purposes[identifier]))
      }
      extendedKeyUsages = usages
    case "2.5.29.14":
      subjectKeyIdentifier = try Array(parseASN1(value).node.octets("the identifier"))
    case "2.5.29.35":
      let parts = try parseASN1(value).node.sequence("the identifier")
      if let first = parts.first, first.isTagged(0), case .primitive(let bytes) = first.content {
        authorityKeyIdentifier = Array(bytes)
      }
    default: break
    }
  }

  private mutating func readAlternativeNames(_ node: ASN1Node) throws(MalformedASN1) {
    for name in try node.sequence("the names") {
      alternativeNames.append(AlternativeName(name))
    }
  }

  private static let names = [
    "2.5.29.14": "subjectKeyIdentifier", "2.5.29.15": "keyUsage", "2.5.29.17": "subjectAltName",
    "2.5.29.19": "basicConstraints", "2.5.29.35": "authorityKeyIdentifier",
    "2.5.29.37": "extendedKeyUsage",
  ]

  /// Those that programs act upon when they verify a chain, as OpenSSL and Java do.
  private static let processed: Set<String> = [
    "2.5.29.14", "2.5.29.15", "2.5.29.17", "2.5.29.18", "2.5.29.19", "2.5.29.30", "2.5.29.31",
    "2.5.29.32", "2.5.29.33", "2.5.29.35", "2.5.29.36", "2.5.29.37", "2.5.29.54",
    "2.16.840.1.113730.1.1", "1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8", "1.3.6.1.5.5.7.1.14",
  ]

  private static let usages = [
    "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
    "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly",
  ]

  private static let purposes = [
    "2.5.29.37.0": "any", "1.3.6.1.5.5.7.3.1": "serverAuth", "1.3.6.1.5.5.7.3.2": "clientAuth",
    "1.3.6.1.5.5.7.3.3": "codeSigning", "1.3.6.1.5.5.7.3.4": "emailProtection",
    "1.3.6.1.5.5.7.3.8": "timeStamping", "1.3.6.1.5.5.7.3.9": "OCSPSigning",
    "1.3.6.1.4.1.311.20.2.2": "smartcardLogon", "1.3.6.1.4.1.311.10.3.4": "encryptingFileSystem",
  ]
}

extension AlternativeName {
  /// A GeneralName; a form that is not known is told by its number.
  init(_ node: ASN1Node) {
    guard node.identifier.tagClass == .contextSpecific else {
      self = .other("a name of no known form")
      return
    }
    let tag = node.identifier.tagNumber
    let content: ArraySlice<UInt8>? =
      if case .primitive(let bytes) = node.content { bytes } else { nil }
    switch (tag, content) {
    case (2, let bytes?): self = .dns(Self.ascii(bytes))
    case (7, let bytes?): self = .ip(Array(bytes))
    case (1, let bytes?): self = .other("email:\(Self.ascii(bytes))")
    case (6, let bytes?): self = .other("URI:\(Self.ascii(bytes))")
    case (4, nil):
      let name = node.children?.first.flatMap { try? DistinguishedNameText($0).text }
      self = .other("DirName:\(name ?? "damaged")")
    case (0, nil):
      let type = node.children?.first.flatMap { try? $0.objectIdentifier("a name") }
      self = .other("otherName:\(type ?? "damaged")")
    case (8, let bytes?): self = .other("RID:\(Hexadecimal.text(of: bytes))")
    default: self = .other("a name of form \(tag)")
    }
  }

  /// The text of an IA5String; bytes that have no place in one are shown as `\xx`.
  private static func ascii(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      if (0x20..<0x7F).contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\" + Hexadecimal.text(of: [byte])
      }
    }
    return text
  }
}
