import CCrypto

/// From a password to bytes. Whoever calls these has bounded the iterations: each is work.
package enum KeyDerivation {
  /// What the bytes of PKCS #12 are for (RFC 7292, B.3).
  package enum Purpose: Int, Sendable {
    case key = 1
    case iv = 2
    case mac = 3
  }

  /// So many bytes by PBKDF2 (RFC 8018), of at least one iteration.
  package static func pbkdf2(
    _ function: HashFunction, _ password: SecretBytes, salt: [UInt8], iterations: Int, count: Int
  ) throws(CryptographyError) -> SecretBytes {
    var parameters = ParameterList()
    // Files have shorter salts and fewer iterations than one should choose today.
    parameters.add(OSSL_KDF_PARAM_PKCS5, number: 1)
    return try derive(
      "PBKDF2", function, password, salt, iterations, count, &parameters)
  }

  /// So many bytes by the derivation of PKCS #12 (RFC 7292, appendix B), of at least one iteration. The password
  /// is UTF-16, the high byte first, with two zero bytes at its end; or nothing at all.
  package static func pkcs12(
    _ function: HashFunction, _ password: SecretBytes, salt: [UInt8], iterations: Int,
    _ purpose: Purpose, count: Int
  ) throws(CryptographyError) -> SecretBytes {
    var parameters = ParameterList()
    parameters.add(OSSL_KDF_PARAM_PKCS12_ID, number: purpose.rawValue)
    return try derive(
      "PKCS12KDF", function, password, salt, iterations, count, &parameters)
  }

  private static func derive(
    _ name: String, _ function: HashFunction, _ password: SecretBytes, _ salt: [UInt8],
    _ iterations: Int, _ count: Int, _ parameters: inout ParameterList
  ) throws(CryptographyError) -> SecretBytes {
    let library = try LibraryContext.standard.get()
    guard let algorithm = EVP_KDF_fetch(library.pointer, name, nil) else {
      ERR_clear_error()
      throw .unavailable(name)
    }
    defer { EVP_KDF_free(algorithm) }
    guard let context = EVP_KDF_CTX_new(algorithm) else { throw .failed(name) }
    defer { EVP_KDF_CTX_free(context) }
    parameters.add(OSSL_KDF_PARAM_DIGEST, text: function.rawValue)
    parameters.add(OSSL_KDF_PARAM_PASSWORD, bytes: password)
    parameters.add(OSSL_KDF_PARAM_SALT, bytes: salt)
    parameters.add(OSSL_KDF_PARAM_ITER, number: iterations)
    let derived = SecretBytes(count: count) { output in
      parameters.withPointer { succeeds(EVP_KDF_derive(context, output, count, $0)) }
    }
    guard let derived else { throw .failed(name) }
    return derived
  }
}
