import CCrypto

/// A context of libcrypto with the algorithms of one provider.
///
/// It is no context that others share: what the machine's configuration of OpenSSL or its environment say is
/// not asked, so that the same bytes mean the same everywhere.
struct LibraryContext: @unchecked Sendable {
  // Libcrypto guards what is behind it by locks of its own; it is never freed.
  let pointer: OpaquePointer

  /// The algorithms of today, which libcrypto has in itself.
  static let standard = make(provider: "default")

  /// Those that nobody should use any more. Systems have them in a file of its own, which may be missing.
  static let legacy = make(provider: "legacy")

  private static func make(provider: String) -> Result<LibraryContext, CryptographyError> {
    // No clean-up at the end of the process: other threads may be at work until then.
    let options = UInt64(OPENSSL_INIT_NO_LOAD_CONFIG) | UInt64(OPENSSL_INIT_NO_ATEXIT)
    guard succeeds(OPENSSL_init_crypto(options, nil)), let pointer = OSSL_LIB_CTX_new() else {
      return .failure(.failed("libcrypto"))
    }
    guard OSSL_PROVIDER_load(pointer, provider) != nil else {
      ERR_clear_error()
      OSSL_LIB_CTX_free(pointer)
      return .failure(.unavailable(provider))
    }
    return .success(LibraryContext(pointer: pointer))
  }
}

/// Why libcrypto did not do what it was asked for.
package enum CryptographyError: Error, Sendable, Hashable {
  /// The libcrypto of this machine has no such algorithm or provider.
  case unavailable(String)

  /// It has it and gave up, as where there is no memory.
  case failed(String)
}

/// Whether a function of libcrypto says that it did what it should; what it keeps of a failure is dropped.
func succeeds(_ code: Int32) -> Bool {
  guard code != 1 else { return true }
  ERR_clear_error()
  return false
}
