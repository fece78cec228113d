/// What stands in a file in DER or BER.
enum DERContent: Hashable {
  case certificate, pkcs12, pkcs8Key, pkcs1Key, sec1Key, encryptedKey
  case foreign(ForeignContent)

  /// Told by the first elements alone, so that a file that is cut off has its name all the same.
  init?(_ bytes: ArraySlice<UInt8>) {
    var peek = DERPeek(bytes)
    guard peek.enter(0x30) else { return nil }
    switch peek.tag {
    case 0x02: self.init(afterInteger: &peek)
    case 0x06:
      let identifier = peek.take(0x06)
      // 1.2.840.113549.1.7: PKCS #7, of which only signed data carries certificates.
      guard identifier?.starts(with: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]) == true
      else {
        return nil
      }
      self = .foreign(.pkcs7)
    case 0x30: self.init(afterSequence: peek)
    default: return nil
    }
  }

  private init?(afterInteger peek: inout DERPeek) {
    guard let version = peek.take(0x02) else { return nil }
    switch peek.tag {
    case 0x30:
      var inner = peek
      guard inner.enter(0x30), let identifier = inner.take(0x06) else { return nil }
      let isContentType = identifier.starts(with: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07])
      self = Array(version) == [3] && isContentType ? .pkcs12 : .pkcs8Key
    case 0x02: self = .pkcs1Key
    case 0x04: self = .sec1Key
    default: return nil
    }
  }

  private init?(afterSequence peek: DERPeek) {
    var peek = peek
    var inner = peek
    guard inner.enter(0x30) else { return nil }
    switch inner.tag {
    case 0xA0: self = .certificate
    case 0x06:
      _ = peek.take(0x30)
      switch peek.tag {
      case 0x03: self = .foreign(.publicKey)
      case 0x04: self = .encryptedKey
      default: return nil
      }
    case 0x30: self = .foreign(.revocationList)
    case 0x02:
      let number = inner.take(0x02)
      // Before the names: a certificate of version 1 and a list of revocations have a signature algorithm,
      // a request has the subject.
      guard inner.enter(0x30) else { return nil }
      if inner.tag == 0x06 {
        _ = inner.take(0x06)
        self =
          number.map(Array.init) == [1] && isRevocationList(peek)
          ? .foreign(.revocationList) : .certificate
      } else {
        self = .foreign(.certificateRequest)
      }
    default: return nil
    }
  }
}

/// Whether a time follows the issuer at once; in a certificate the two times stand in a sequence.
private func isRevocationList(_ outer: DERPeek) -> Bool {
  var peek = outer
  guard peek.enter(0x30), peek.take(0x02) != nil, peek.take(0x30) != nil, peek.take(0x30) != nil
  else { return false }
  return peek.tag == 0x17 || peek.tag == 0x18
}
