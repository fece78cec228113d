import SwiftASN1

/// Something in ASN.1 that is not where or what it should be.
struct MalformedASN1: Error {
  /// What, to stand after "…: ".
  let detail: String

  init(_ detail: String) {
    self.detail = detail
  }
}

/// The rules of DER first, since that is what is signed; those of BER for files that take more freedom.
func parseASN1(_ bytes: ArraySlice<UInt8>) throws(MalformedASN1) -> (node: ASN1Node, isDER: Bool) {
  if let node = try? DER.parse(bytes) { return (node, true) }
  do {
    return (try BER.parse(bytes), false)
  } catch {
    throw MalformedASN1("its ASN.1 structure is damaged")
  }
}

extension ASN1Node {
  /// What is in a constructed node; nil for a primitive one.
  var children: [ASN1Node]? {
    guard case .constructed(let nodes) = content else { return nil }
    return Array(nodes)
  }

  /// The elements of a SEQUENCE.
  func sequence(_ what: String) throws(MalformedASN1) -> [ASN1Node] {
    guard identifier == .sequence, let children else {
      throw MalformedASN1("\(what) is not a sequence")
    }
    return children
  }

  /// The bytes of an OCTET STRING, one in pieces included; also of one with a tag of its own.
  func octets(_ what: String, tag: ASN1Identifier = .octetString) throws(MalformedASN1)
    -> ArraySlice<UInt8>
  {
    guard identifier == tag else { throw MalformedASN1("\(what) is not an octet string") }
    if case .primitive(let bytes) = content { return bytes }
    do {
      return try ASN1OctetString(berEncoded: self, withIdentifier: tag).bytes
    } catch {
      throw MalformedASN1("\(what) is not an octet string")
    }
  }

  /// The bytes of an INTEGER, two's complement, the highest first.
  func integerBytes(_ what: String) throws(MalformedASN1) -> ArraySlice<UInt8> {
    guard identifier == .integer, case .primitive(let bytes) = content, !bytes.isEmpty else {
      throw MalformedASN1("\(what) is not an integer")
    }
    return bytes
  }

  /// The bytes of an INTEGER that is not negative, the highest first.
  func naturalNumber(_ what: String) throws(MalformedASN1) -> ArraySlice<UInt8> {
    let bytes = try integerBytes(what)
    guard bytes.first ?? 0 < 0x80 else { throw MalformedASN1("\(what) is negative") }
    return bytes
  }

  /// A small INTEGER that is not negative; the largest number where it is larger than that.
  func count(_ what: String) throws(MalformedASN1) -> Int {
    let digits = try naturalNumber(what).drop { $0 == 0 }
    return digits.count > 7 ? Int.max : digits.reduce(0) { $0 << 8 | Int($1) }
  }

  /// An OBJECT IDENTIFIER, dotted.
  func objectIdentifier(_ what: String) throws(MalformedASN1) -> String {
    guard let identifier = try? ASN1ObjectIdentifier(berEncoded: self) else {
      throw MalformedASN1("\(what) is not an object identifier")
    }
    return identifier.description
  }

  /// The bytes of a BIT STRING of whole bytes.
  func bits(_ what: String) throws(MalformedASN1) -> ArraySlice<UInt8> {
    guard identifier == .bitString, let bits = try? ASN1BitString(berEncoded: self) else {
      throw MalformedASN1("\(what) is not a bit string")
    }
    return bits.bytes
  }

  /// Whether the node has the context-specific tag.
  func isTagged(_ number: UInt) -> Bool {
    identifier == ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
  }

  /// The one node inside an explicit tag.
  func explicit(_ number: UInt, _ what: String) throws(MalformedASN1) -> ASN1Node {
    guard isTagged(number), let children, children.count == 1 else {
      throw MalformedASN1("\(what) is missing")
    }
    return children[0]
  }
}

/// An algorithm with its parameters.
struct AlgorithmIdentifier {
  let objectIdentifier: String
  let parameters: ASN1Node?

  init(_ node: ASN1Node, _ what: String) throws(MalformedASN1) {
    let parts = try node.sequence(what)
    guard let first = parts.first else { throw MalformedASN1("\(what) is empty") }
    objectIdentifier = try first.objectIdentifier(what)
    parameters = parts.count > 1 ? parts[1] : nil
  }
}
