/// The little DER that has to be written: comparable forms of keys.
enum DERWriting {
  /// A SEQUENCE of two INTEGERs given by their content bytes: an RSA public key.
  static func rsaPublicKey(modulus: ArraySlice<UInt8>, exponent: ArraySlice<UInt8>) -> [UInt8] {
    let content = element(0x02, modulus) + element(0x02, exponent)
    return element(0x30, content[...])
  }

  private static func element(_ tag: UInt8, _ content: ArraySlice<UInt8>) -> [UInt8] {
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
}
