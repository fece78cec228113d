/// DER that has to be written: comparable forms of keys, and the certificates of a lab.
package enum DERWriting {
  /// An element of a universal or context-specific tag, with its content.
  package static func element(_ tag: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
    var bytes = [tag]
    if content.count < 0x80 {
      bytes.append(UInt8(content.count))
    } else {
      let length = withUnsafeBytes(of: content.count.bigEndian) { Array($0.drop { $0 == 0 }) }
      bytes.append(0x80 | UInt8(length.count))
      bytes += length
    }
    return bytes + content
  }

  /// A SEQUENCE of elements.
  package static func sequence(_ elements: [UInt8]...) -> [UInt8] {
    element(0x30, elements.joined().map { $0 })
  }

  /// A SEQUENCE of two INTEGERs given by their content bytes: an RSA public key.
  static func rsaPublicKey(modulus: ArraySlice<UInt8>, exponent: ArraySlice<UInt8>) -> [UInt8] {
    sequence(element(0x02, modulus), element(0x02, exponent))
  }
}
