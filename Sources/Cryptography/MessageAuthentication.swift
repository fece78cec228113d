import CCrypto

/// Codes that only who has the key can make: HMAC (RFC 2104).
package enum MessageAuthentication {
  /// The code of the content under the key.
  package static func code(
    of content: [UInt8], key: SecretBytes, _ function: HashFunction
  ) throws(CryptographyError) -> [UInt8] {
    let library = try LibraryContext.standard.get()
    var (size, code) = (0, [UInt8](repeating: 0, count: function.size))
    let isMade = code.withUnsafeMutableBytes { output in
      key.withUnsafeBytes { key in
        content.withUnsafeBytes { content in
          EVP_Q_mac(
            library.pointer, "HMAC", nil, function.rawValue, nil, key.baseAddress, key.count,
            content.baseAddress, content.count, output.baseAddress, function.size, &size) != nil
        }
      }
    }
    guard isMade, size == function.size else {
      ERR_clear_error()
      throw .failed("HMAC")
    }
    return code
  }

  /// Whether the code is that of the content under the key; compared without telling by the time where it
  /// differs.
  package static func isValid(
    _ code: [UInt8], for content: ArraySlice<UInt8>, key: SecretBytes, _ function: HashFunction
  ) throws(CryptographyError) -> Bool {
    let library = try LibraryContext.standard.get()
    var size = 0
    let expected = SecretBytes(count: function.size) { output in
      key.withUnsafeBytes { key in
        content.withUnsafeBytes { content in
          EVP_Q_mac(
            library.pointer, "HMAC", nil, function.rawValue, nil, key.baseAddress, key.count,
            content.baseAddress, content.count, output, function.size, &size) != nil
        }
      }
    }
    guard let expected, size == function.size else {
      ERR_clear_error()
      throw .failed("HMAC")
    }
    guard code.count == size else { return false }
    return expected.withUnsafeBytes { expected in
      code.withUnsafeBytes { CRYPTO_memcmp(expected.baseAddress, $0.baseAddress, size) == 0 }
    }
  }
}
