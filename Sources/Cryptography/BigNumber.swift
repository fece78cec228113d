import CCrypto

/// A number that is not negative, of any size. It is overwritten at its end.
final class BigNumber {
  let pointer: OpaquePointer

  /// The number with these bytes, the highest first.
  convenience init(_ bytes: ArraySlice<UInt8>) throws(CryptographyError) {
    try self.init()
    let number = bytes.withUnsafeBufferPointer { bytes in
      Int32(exactly: bytes.count).flatMap { BN_bin2bn(bytes.baseAddress, $0, pointer) }
    }
    guard number != nil else { throw .failed("a number") }
  }

  private init() throws(CryptographyError) {
    guard let pointer = BN_new() else { throw .failed("a number") }
    self.pointer = pointer
  }

  deinit { BN_clear_free(pointer) }

  var isZero: Bool { BN_is_zero(pointer) == 1 }
  var isOne: Bool { BN_is_one(pointer) == 1 }
  var isOdd: Bool { BN_is_odd(pointer) == 1 }
  var bitWidth: Int { Int(BN_num_bits(pointer)) }

  func isLess(than other: BigNumber) -> Bool { BN_cmp(pointer, other.pointer) < 0 }
  func isEqual(to other: BigNumber) -> Bool { BN_cmp(pointer, other.pointer) == 0 }

  /// The number before this one, which is not zero.
  func predecessor() throws(CryptographyError) -> BigNumber {
    let result = try BigNumber()
    guard BN_copy(result.pointer, pointer) != nil, succeeds(BN_sub_word(result.pointer, 1)) else {
      throw .failed("a subtraction")
    }
    return result
  }

  func product(_ other: BigNumber) throws(CryptographyError) -> BigNumber {
    let result = try BigNumber()
    guard let scratch = BN_CTX_new() else { throw .failed("a product") }
    defer { BN_CTX_free(scratch) }
    guard succeeds(BN_mul(result.pointer, pointer, other.pointer, scratch)) else {
      throw .failed("a product")
    }
    return result
  }

  func remainder(modulo other: BigNumber) throws(CryptographyError) -> BigNumber {
    let result = try BigNumber()
    guard let scratch = BN_CTX_new() else { throw .failed("a remainder") }
    defer { BN_CTX_free(scratch) }
    guard succeeds(BN_div(nil, result.pointer, pointer, other.pointer, scratch)) else {
      throw .failed("a remainder")
    }
    return result
  }
}
