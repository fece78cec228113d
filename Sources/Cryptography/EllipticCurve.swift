import CCrypto

/// The curves that certificates have. The raw value is the name for people.
package enum EllipticCurve: String, Sendable, Hashable, CaseIterable {
  case p256 = "P-256"
  case p384 = "P-384"
  case p521 = "P-521"

  /// The public point that belongs to a private number, its highest byte first; nil where the curve has no
  /// such key. The point is not compressed.
  package func publicPoint(of number: ArraySlice<UInt8>) throws(CryptographyError) -> [UInt8]? {
    let library = try LibraryContext.standard.get()
    guard
      let group = EC_GROUP_new_by_curve_name_ex(library.pointer, nil, EC_curve_nist2nid(rawValue))
    else {
      ERR_clear_error()
      throw .unavailable(rawValue)
    }
    defer { EC_GROUP_free(group) }
    let scalar = try BigNumber(number)
    guard let order = EC_GROUP_get0_order(group) else { throw .failed(rawValue) }
    guard !scalar.isZero, BN_cmp(scalar.pointer, order) < 0 else { return nil }
    guard let point = EC_POINT_new(group) else { throw .failed(rawValue) }
    defer { EC_POINT_clear_free(point) }
    guard succeeds(EC_POINT_mul(group, point, scalar.pointer, nil, nil, nil)) else {
      throw .failed(rawValue)
    }
    let form = POINT_CONVERSION_UNCOMPRESSED
    let size = EC_POINT_point2oct(group, point, form, nil, 0, nil)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = EC_POINT_point2oct(group, point, form, buffer.baseAddress, size, nil)
    }
    guard size > 0, bytes.count == size else { throw .failed(rawValue) }
    return bytes
  }
}

/// The one signature scheme on Edwards' curve that is met (RFC 8032).
package enum Ed25519 {
  /// The public key that belongs to a private one; nil where that is none.
  package static func publicKey(of seed: ArraySlice<UInt8>) throws(CryptographyError) -> [UInt8]? {
    let library = try LibraryContext.standard.get()
    guard seed.count == 32 else { return nil }
    let key = seed.withUnsafeBufferPointer {
      EVP_PKEY_new_raw_private_key_ex(library.pointer, "ED25519", nil, $0.baseAddress, $0.count)
    }
    guard let key else {
      ERR_clear_error()
      throw .failed("Ed25519")
    }
    defer { EVP_PKEY_free(key) }
    var isWritten = false
    let bytes = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      count = 32
      isWritten = succeeds(EVP_PKEY_get_raw_public_key(key, buffer.baseAddress, &count))
      if !isWritten { count = 0 }
    }
    guard isWritten else { throw .failed("Ed25519") }
    return bytes
  }
}
