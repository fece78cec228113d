import Cryptography

/// A key in a Java keystore, under the cipher that its makers came up with: SHA-1 as a stream.
enum JKSKey {
  /// What came of trying a password.
  enum Outcome {
    /// A key in PKCS #8.
    case open([UInt8])
    /// The password is another.
    case locked
    case unreadable(SourceProblem)
  }

  static func open(_ protected: ArraySlice<UInt8>, _ password: Password) -> Outcome {
    let damaged = SourceProblem.damaged(.jks, detail: "the protection of a key is damaged")
    guard let parts = try? parseASN1(protected).node.sequence("a key"), parts.count == 2,
      let algorithm = try? AlgorithmIdentifier(parts[0], "a key"),
      let data = try? parts[1].octets("a key")
    else { return .unreadable(damaged) }
    guard algorithm.objectIdentifier == "1.3.6.1.4.1.42.2.17.1.1" else {
      return .unreadable(.unsupportedAlgorithm(algorithm.objectIdentifier, protects: "key"))
    }
    // A salt, the key, and a checksum of password and key.
    guard data.count > 40 else { return .unreadable(damaged) }
    let secret = password.utf16(isTerminated: false)
    var stream = Array(data.prefix(20))
    var plain: [UInt8] = []
    plain.reserveCapacity(data.count - 40)
    var rest = data.dropFirst(20).dropLast(20)
    while !rest.isEmpty {
      stream = Self.hash(secret, stream)
      plain += zip(rest, stream).map { $0 ^ $1 }
      rest = rest.dropFirst(20)
    }
    guard Self.hash(secret, plain) == Array(data.suffix(20)) else {
      return .locked
    }
    return .open(plain)
  }

  private static func hash(_ secret: SecretBytes, _ bytes: [UInt8]) -> [UInt8] {
    var state = HashState(.sha1)
    state.update(secret)
    state.update(bytes)
    return state.finish()
  }
}
