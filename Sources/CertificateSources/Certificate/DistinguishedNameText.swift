import Cryptography
import SwiftASN1

/// A distinguished name in the text of RFC 4514, the most specific part first.
struct DistinguishedNameText {
  private(set) var text = ""
  private(set) var commonName: String?

  init(_ node: ASN1Node) throws(MalformedASN1) {
    var parts: [String] = []
    for relative in try node.sequence("a name") {
      guard relative.identifier == .set, let attributes = relative.children, !attributes.isEmpty
      else {
        throw MalformedASN1("a name is damaged")
      }
      var pieces: [String] = []
      for attribute in attributes {
        let pair = try attribute.sequence("a name")
        guard pair.count == 2 else { throw MalformedASN1("a name is damaged") }
        let type = try pair[0].objectIdentifier("a name")
        let value = DirectoryString.text(of: pair[1])
        if type == "2.5.4.3", let value { commonName = value }
        let shown = value.map(Self.escaped) ?? "#" + Hexadecimal.text(of: pair[1].encodedBytes)
        pieces.append("\(Self.keywords[type] ?? type)=\(shown)")
      }
      parts.append(pieces.joined(separator: "+"))
    }
    text = parts.reversed().joined(separator: ",")
  }

  /// Those of RFC 4514, and what OpenSSL and Windows print for others that are in use.
  private static let keywords = [
    "2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L",
    "2.5.4.8": "ST", "2.5.4.9": "STREET", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title",
    "2.5.4.17": "postalCode", "2.5.4.42": "GN", "2.5.4.97": "organizationIdentifier",
    "0.9.2342.19200300.100.1.1": "UID", "0.9.2342.19200300.100.1.25": "DC",
    "1.2.840.113549.1.9.1": "emailAddress",
  ]

  private static func escaped(_ value: String) -> String {
    var result = ""
    let scalars = Array(value.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case ",", "+", "\"", "\\", "<", ">", ";": result += "\\\(scalar)"
      case " " where index == 0 || index == scalars.count - 1: result += "\\ "
      case "#" where index == 0: result += "\\#"
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
        for byte in String(scalar).utf8 { result += "\\" + Hexadecimal.text(of: [byte]) }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// The string types of ASN.1.
enum DirectoryString {
  /// The text of a string node; nil where it is none, or damaged.
  static func text(of node: ASN1Node) -> String? {
    guard case .primitive(let bytes) = node.content else { return nil }
    switch node.identifier {
    case .utf8String: return String(validating: bytes, as: UTF8.self)
    case .printableString, .ia5String, .numericString, .visibleString:
      return bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
    case .teletexString:
      // Latin-1 is what is really in them.
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .bmpString: return utf16(bytes)
    case .universalString:
      guard bytes.count % 4 == 0 else { return nil }
      let start = bytes.startIndex
      let units = stride(from: start, to: bytes.endIndex, by: 4).map { index in
        bytes[index..<index + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      }
      return String(validating: units, as: UTF32.self)
    default: return nil
    }
  }

  /// The text of UTF-16 with the high byte first.
  static func utf16(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.count % 2 == 0 else { return nil }
    let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
      UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
    }
    return String(validating: units, as: UTF16.self)
  }
}
