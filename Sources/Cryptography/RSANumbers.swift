/// The public numbers of an RSA key, each with its highest byte first.
package struct RSAPublicNumbers: Sendable, Hashable {
  package let modulus: ArraySlice<UInt8>
  package let exponent: ArraySlice<UInt8>

  package init(modulus: ArraySlice<UInt8>, exponent: ArraySlice<UInt8>) {
    self.modulus = modulus
    self.exponent = exponent
  }

  /// Whether they can be those of a key, and of one that nobody made to waste time: of an exponent with more
  /// than 33 bits nobody has heard.
  func areSound() throws(CryptographyError) -> Bool {
    let (modulus, exponent) = (try BigNumber(modulus), try BigNumber(exponent))
    return modulus.isOdd && exponent.isOdd && (2...33).contains(exponent.bitWidth)
      && exponent.isLess(than: modulus)
  }
}

/// All numbers of an RSA key with two primes (RFC 8017, A.1.2), each with its highest byte first.
package struct RSAPrivateNumbers: Sendable {
  private let publicNumbers: RSAPublicNumbers
  private let rest: ArraySlice<ArraySlice<UInt8>>

  /// In the order of the standard: modulus, public and private exponent, the two primes, an exponent for each,
  /// and the coefficient. Nil where there are more or fewer.
  package init?(_ numbers: [ArraySlice<UInt8>]) {
    guard numbers.count == 8 else { return nil }
    publicNumbers = RSAPublicNumbers(modulus: numbers[0], exponent: numbers[1])
    rest = numbers[2...]
  }

  /// Whether they fit to one another. Whether the primes are prime is not looked at: that takes long.
  package func belongTogether() throws(CryptographyError) -> Bool {
    guard try publicNumbers.areSound() else { return false }
    let modulus = try BigNumber(publicNumbers.modulus)
    let exponent = try BigNumber(publicNumbers.exponent)
    let privateExponent = try BigNumber(rest[2])
    let primes = (try BigNumber(rest[3]), try BigNumber(rest[4]))
    // First the sizes: what follows takes its time from them.
    for number in [privateExponent, primes.0, primes.1] where !number.isLess(than: modulus) {
      return false
    }
    guard try primes.0.product(primes.1).isEqual(to: modulus) else { return false }
    // The product is odd, so both are, and the predecessors are not zero.
    let periods = (try primes.0.predecessor(), try primes.1.predecessor())
    let product = try privateExponent.product(exponent)
    guard try product.remainder(modulo: periods.0).isOne,
      try product.remainder(modulo: periods.1).isOne
    else { return false }
    guard try Self.isInverse(BigNumber(rest[5]), of: exponent, modulo: periods.0),
      try Self.isInverse(BigNumber(rest[6]), of: exponent, modulo: periods.1)
    else { return false }
    return try Self.isInverse(BigNumber(rest[7]), of: primes.1, modulo: primes.0)
  }

  private static func isInverse(
    _ number: BigNumber, of other: BigNumber, modulo period: BigNumber
  ) throws(CryptographyError) -> Bool {
    guard number.isLess(than: period) else { return false }
    return try number.product(other).remainder(modulo: period).isOne
  }
}
