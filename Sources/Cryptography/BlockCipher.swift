import CCrypto

/// The block ciphers of password based encryption, each in CBC mode with padding. They only decrypt: nothing
/// is ever encrypted here. The raw value is libcrypto's name.
package enum BlockCipher: String, Sendable, Hashable, CaseIterable {
  case aes128 = "AES-128-CBC"
  case aes192 = "AES-192-CBC"
  case aes256 = "AES-256-CBC"
  case twoKeyTripleDES = "DES-EDE-CBC"
  case tripleDES = "DES-EDE3-CBC"
  case rc2With40Bits = "RC2-40-CBC"
  case rc2With128Bits = "RC2-CBC"

  /// The length of a key in bytes.
  package var keySize: Int {
    switch self {
    case .aes128, .twoKeyTripleDES, .rc2With128Bits: 16
    case .aes192, .tripleDES: 24
    case .aes256: 32
    case .rc2With40Bits: 5
    }
  }

  /// The length of a block in bytes.
  package var blockSize: Int {
    switch self {
    case .aes128, .aes192, .aes256: 16
    case .twoKeyTripleDES, .tripleDES, .rc2With40Bits, .rc2With128Bits: 8
    }
  }

  /// Whether nobody should use it any more.
  package var isWeak: Bool { blockSize == 8 }

  /// Whether the libcrypto of this machine has it: not all systems come with the ciphers of yesterday.
  package var isAvailable: Bool {
    guard let cipher = try? fetch() else { return false }
    EVP_CIPHER_free(cipher)
    return true
  }

  private func fetch() throws(CryptographyError) -> OpaquePointer {
    let library =
      switch self {
      case .rc2With40Bits, .rc2With128Bits: try LibraryContext.legacy.get()
      default: try LibraryContext.standard.get()
      }
    guard let cipher = EVP_CIPHER_fetch(library.pointer, rawValue, nil) else {
      ERR_clear_error()
      throw .unavailable(rawValue)
    }
    return cipher
  }

  /// Decrypts and takes the padding off; nil where the padding is none, as after a wrong password, and where
  /// the lengths are none that the cipher has.
  package func decrypt(
    _ ciphertext: ArraySlice<UInt8>, key: SecretBytes, iv: some Collection<UInt8>
  ) throws(CryptographyError) -> [UInt8]? {
    guard let length = Int32(exactly: ciphertext.count), length > 0,
      ciphertext.count % blockSize == 0, key.count == keySize, iv.count == blockSize
    else { return nil }
    let cipher = try fetch()
    defer { EVP_CIPHER_free(cipher) }
    guard let context = EVP_CIPHER_CTX_new() else { throw .failed(rawValue) }
    defer { EVP_CIPHER_CTX_free(context) }
    let isReady = key.withUnsafeBytes { key in
      Array(iv).withUnsafeBytes { iv in
        EVP_DecryptInit_ex2(
          context, cipher, key.baseAddress?.assumingMemoryBound(to: UInt8.self),
          iv.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
      }
    }
    guard succeeds(isReady) else { throw .failed(rawValue) }

    var hasPadding = false
    let plain = [UInt8](unsafeUninitializedCapacity: ciphertext.count + blockSize) { plain, count in
      var (body, end): (Int32, Int32) = (0, 0)
      let code = ciphertext.withUnsafeBufferPointer {
        EVP_DecryptUpdate(context, plain.baseAddress, &body, $0.baseAddress, length)
      }
      guard succeeds(code) else { return }
      let rest = plain.baseAddress.map { $0 + Int(body) }
      hasPadding = succeeds(EVP_DecryptFinal_ex(context, rest, &end))
      count = Int(body + end)
    }
    return hasPadding ? plain : nil
  }
}
