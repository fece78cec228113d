import CCrypto

/// A key that signs: made by libcrypto for certificates of a lab, and never one that was read.
package struct SigningKey: ~Copyable {
  private let key: OpaquePointer
  private let library: LibraryContext

  /// A new RSA key of so many bits.
  package init(rsaBits bits: Int) throws(CryptographyError) {
    let library = try LibraryContext.standard.get()
    guard let context = EVP_PKEY_CTX_new_from_name(library.pointer, "RSA", nil) else {
      ERR_clear_error()
      throw .unavailable("RSA")
    }
    defer { EVP_PKEY_CTX_free(context) }
    var parameters = ParameterList()
    parameters.add(OSSL_PKEY_PARAM_RSA_BITS, number: bits)
    var key: OpaquePointer?
    guard succeeds(EVP_PKEY_keygen_init(context)),
      succeeds(parameters.withPointer { EVP_PKEY_CTX_set_params(context, $0) }),
      succeeds(EVP_PKEY_generate(context, &key)), let key
    else { throw .failed("a new RSA key") }
    self.library = library
    self.key = key
  }

  deinit { EVP_PKEY_free(key) }

  /// The signature of `content`: RSA with the padding of PKCS #1 v1.5 over its SHA-256.
  package func signature(of content: [UInt8]) throws(CryptographyError) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { throw .failed("a signature") }
    defer { EVP_MD_CTX_free(context) }
    let name = HashFunction.sha256.rawValue
    guard succeeds(EVP_DigestSignInit_ex(context, nil, name, library.pointer, nil, key, nil))
    else { throw .failed("a signature") }
    var count = 0
    guard succeeds(EVP_DigestSign(context, nil, &count, content, content.count)) else {
      throw .failed("a signature")
    }
    var signature = [UInt8](repeating: 0, count: count)
    guard succeeds(EVP_DigestSign(context, &signature, &count, content, content.count)) else {
      throw .failed("a signature")
    }
    return Array(signature.prefix(count))
  }

  /// The public half as an `RSAPublicKey` in DER (RFC 8017, A.1.1).
  package func publicKey() throws(CryptographyError) -> [UInt8] {
    let count = Int(i2d_PublicKey(key, nil))
    guard count > 0 else {
      ERR_clear_error()
      throw .failed("a public key")
    }
    var bytes = [UInt8](repeating: 0, count: count)
    let written = bytes.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      return i2d_PublicKey(key, &start)
    }
    guard written == count else { throw .failed("a public key") }
    return bytes
  }

  /// The whole key as an `RSAPrivateKey` in DER (RFC 8017, A.1.2).
  package func privateKey() throws(CryptographyError) -> SecretBytes {
    let count = Int(i2d_PrivateKey(key, nil))
    guard count > 0 else {
      ERR_clear_error()
      throw .failed("a private key")
    }
    let bytes = SecretBytes(count: count) { start in
      var start: UnsafeMutablePointer<UInt8>? = start
      return i2d_PrivateKey(key, &start) == count
    }
    guard let bytes else { throw .failed("a private key") }
    return bytes
  }
}
