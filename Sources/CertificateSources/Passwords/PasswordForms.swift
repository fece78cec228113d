import Cryptography

/// A password in the two forms that are hashed.
struct PasswordForms {
  /// For PBKDF2.
  let utf8: SecretBytes

  /// For the derivation of PKCS #12: UTF-16 with two zero bytes at the end.
  let utf16: SecretBytes

  init(_ password: Password) {
    utf8 = password.bytes
    utf16 = password.utf16(isTerminated: true)
  }

  private init() {
    utf8 = SecretBytes([])
    utf16 = SecretBytes([])
  }

  /// No password at all, which some programs write where others write an empty one.
  static let none = PasswordForms()
}

extension Password {
  /// The password in UTF-16, the high byte first, with two zero bytes at the end where that is asked for.
  ///
  /// Bytes that are no UTF-8 are taken as Latin-1, as OpenSSL does.
  func utf16(isTerminated: Bool) -> SecretBytes {
    // No character has more units in UTF-16 than bytes in UTF-8.
    SecretBytes(capacity: 2 * bytes.count + 2) { append in
      func put(_ unit: UInt16) {
        append(UInt8(unit >> 8))
        append(UInt8(truncatingIfNeeded: unit))
      }
      func transcoded(_ put: (UInt16) -> Void) -> Bool {
        !transcode(
          bytes.makeIterator(), from: UTF8.self, to: UTF16.self, stoppingOnError: true, into: put)
      }
      if transcoded({ _ in }) {
        _ = transcoded(put)
      } else {
        for byte in bytes { put(UInt16(byte)) }
      }
      if isTerminated { put(0) }
    }
  }
}
