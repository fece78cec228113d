import CCrypto

/// How a key signs.
package enum SignatureScheme: Sendable, Hashable {
  /// RSA with the padding of PKCS #1 v1.5.
  case rsa(HashFunction)

  /// RSA with PSS padding and so many bytes of salt.
  case rsaPSS(HashFunction, saltLength: Int)
  case ecdsa(HashFunction)
  case ed25519

  fileprivate var function: HashFunction? {
    switch self {
    case .rsa(let function), .rsaPSS(let function, _), .ecdsa(let function): function
    case .ed25519: nil
    }
  }
}

/// A key that signatures are checked with.
package struct PublicKey: ~Copyable {
  private let key: OpaquePointer
  private let library: LibraryContext

  /// An RSA key; nil where the numbers can be those of none.
  package init?(_ numbers: RSAPublicNumbers) throws(CryptographyError) {
    guard try numbers.areSound() else { return nil }
    var parameters = ParameterList()
    parameters.add(OSSL_PKEY_PARAM_RSA_N, number: numbers.modulus)
    parameters.add(OSSL_PKEY_PARAM_RSA_E, number: numbers.exponent)
    try self.init("RSA", parameters)
  }

  /// A key on a curve, from its point, which is not compressed; nil where it is not on the curve.
  package init?(point: [UInt8], on curve: EllipticCurve) throws(CryptographyError) {
    guard point.first == 4 else { return nil }
    var parameters = ParameterList()
    parameters.add(OSSL_PKEY_PARAM_GROUP_NAME, text: curve.rawValue)
    parameters.add(OSSL_PKEY_PARAM_PUB_KEY, bytes: point)
    try self.init("EC", parameters)
  }

  /// An Ed25519 key; nil where it does not have 32 bytes.
  package init?(ed25519 bytes: [UInt8]) throws(CryptographyError) {
    let library = try LibraryContext.standard.get()
    let key = EVP_PKEY_new_raw_public_key_ex(library.pointer, "ED25519", nil, bytes, bytes.count)
    guard let key else {
      ERR_clear_error()
      return nil
    }
    self.library = library
    self.key = key
  }

  private init?(_ type: String, _ parameters: borrowing ParameterList) throws(CryptographyError) {
    let library = try LibraryContext.standard.get()
    guard let context = EVP_PKEY_CTX_new_from_name(library.pointer, type, nil) else {
      ERR_clear_error()
      throw .unavailable(type)
    }
    defer { EVP_PKEY_CTX_free(context) }
    guard succeeds(EVP_PKEY_fromdata_init(context)) else { throw .failed(type) }
    // What libcrypto calls EVP_PKEY_PUBLIC_KEY: a macro that Swift does not see.
    let publicPart = OSSL_KEYMGMT_SELECT_ALL_PARAMETERS | OSSL_KEYMGMT_SELECT_PUBLIC_KEY
    var key: OpaquePointer?
    let code = parameters.withPointer {
      // Libcrypto takes the list as one that may be changed, and does not change it.
      EVP_PKEY_fromdata(
        context, &key, publicPart, UnsafeMutablePointer(mutating: $0))
    }
    guard succeeds(code), let key else { return nil }
    self.library = library
    self.key = key
  }

  deinit { EVP_PKEY_free(key) }

  /// Whether the key made the signature.
  package func verifies(
    _ signature: [UInt8], of content: [UInt8], _ scheme: SignatureScheme
  ) throws(CryptographyError) -> Bool {
    var parameters = ParameterList()
    switch scheme {
    case .rsa: parameters.add(OSSL_SIGNATURE_PARAM_PAD_MODE, text: OSSL_PKEY_RSA_PAD_MODE_PKCSV15)
    case .rsaPSS(_, let saltLength):
      parameters.add(OSSL_SIGNATURE_PARAM_PAD_MODE, text: OSSL_PKEY_RSA_PAD_MODE_PSS)
      parameters.add(OSSL_SIGNATURE_PARAM_PSS_SALTLEN, number: saltLength)
    case .ecdsa, .ed25519: break
    }
    guard let context = EVP_MD_CTX_new() else { throw .failed("a signature") }
    defer { EVP_MD_CTX_free(context) }
    let isReady = parameters.withPointer {
      EVP_DigestVerifyInit_ex(
        context, nil, scheme.function?.rawValue, library.pointer, nil, key, $0)
    }
    guard succeeds(isReady) else { throw .failed("a signature") }
    return succeeds(
      EVP_DigestVerify(context, signature, signature.count, content, content.count))
  }
}
