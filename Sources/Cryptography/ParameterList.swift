import CCrypto

/// Named values for an algorithm of libcrypto, in memory that is overwritten at the end.
struct ParameterList: ~Copyable {
  private var parameters: [OSSL_PARAM] = []
  private var storage: [UnsafeMutableRawBufferPointer] = []

  deinit {
    for buffer in storage {
      OPENSSL_cleanse(buffer.baseAddress, buffer.count)
      buffer.deallocate()
    }
  }

  /// A text, such as the name of an algorithm.
  mutating func add(_ name: String, text: String) {
    let (name, value) = (keep(name.utf8CString), keep(text.utf8CString))
    parameters.append(OSSL_PARAM_construct_utf8_string(name, value, 0))
  }

  /// Bytes.
  mutating func add(_ name: String, bytes: some Collection<UInt8>) {
    let (name, value) = (keep(name.utf8CString), keep(bytes))
    parameters.append(OSSL_PARAM_construct_octet_string(name, value, bytes.count))
  }

  /// A number that is not negative, its highest byte first.
  mutating func add(_ name: String, number: some BidirectionalCollection<UInt8>) {
    let isLittleEndian = UInt16(1).littleEndian == 1
    let name = keep(name.utf8CString)
    let value = isLittleEndian ? keep(number.reversed()) : keep(number)
    parameters.append(OSSL_PARAM_construct_BN(name, value, number.count))
  }

  /// A number that is not negative and fits in 31 bits.
  mutating func add(_ name: String, number: Int) {
    let name: UnsafeMutablePointer<CChar> = keep(name.utf8CString)
    let value: UnsafeMutablePointer<CInt> = keep(CollectionOfOne(CInt(clamping: number)))
    parameters.append(OSSL_PARAM_construct_int(name, value))
  }

  /// Lends the list to a function of libcrypto.
  func withPointer<Result>(_ body: (UnsafePointer<OSSL_PARAM>?) -> Result) -> Result {
    (parameters + [OSSL_PARAM_construct_end()]).withUnsafeBufferPointer { body($0.baseAddress) }
  }

  /// A copy that lives as long as the list.
  private mutating func keep<Element: BitwiseCopyable>(_ elements: some Collection<Element>)
    -> UnsafeMutablePointer<Element>
  {
    // One more, so that there is an address also where there are no elements.
    let count = elements.count + 1
    let start = UnsafeMutablePointer<Element>.allocate(capacity: count)
    storage.append(
      UnsafeMutableRawBufferPointer(start: start, count: count * MemoryLayout<Element>.stride))
    for (offset, element) in elements.enumerated() {
      (start + offset).initialize(to: element)
    }
    return start
  }
}
