import CCrypto

/// Bytes that are overwritten when nobody has them any more: passwords and what is derived from them.
///
/// They are in one place in memory whoever holds them, and show themselves to nobody.
package final class SecretBytes: @unchecked Sendable, RandomAccessCollection,
  CustomStringConvertible, CustomReflectable
{
  // Written by the initialiser alone.
  private let storage: UnsafeMutableRawBufferPointer
  package let endIndex: Int

  /// A copy of the bytes. What they are copied from stays as it is.
  package convenience init(_ bytes: some Collection<UInt8>) {
    self.init(capacity: bytes.count) { append in
      for byte in bytes { append(byte) }
    }
  }

  /// At most `capacity` bytes, in the order in which `fill` hands them on.
  package init(capacity: Int, _ fill: (_ append: (UInt8) -> Void) -> Void) {
    // One more, so that there is an address also where there are no bytes.
    let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity + 1, alignment: 1)
    var count = 0
    fill { byte in
      precondition(count < capacity, "more bytes than there is room for")
      storage[count] = byte
      count += 1
    }
    self.storage = storage
    endIndex = count
  }

  /// So many bytes, written by libcrypto; nil where `write` says that it failed.
  init?(count: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Bool) {
    storage = .allocate(byteCount: count + 1, alignment: 1)
    storage.initializeMemory(as: UInt8.self, repeating: 0)
    endIndex = count
    guard let start = storage.baseAddress, write(start.assumingMemoryBound(to: UInt8.self)) else {
      return nil
    }
  }

  deinit {
    OPENSSL_cleanse(storage.baseAddress, storage.count)
    storage.deallocate()
  }

  package var startIndex: Int { 0 }

  package subscript(index: Int) -> UInt8 {
    precondition(indices.contains(index), "no such byte")
    return storage[index]
  }

  /// Always the same text.
  package var description: String { "<secret>" }

  /// Shows nothing.
  package var customMirror: Mirror { Mirror(self, children: []) }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
  {
    try body(UnsafeRawBufferPointer(rebasing: storage[..<endIndex]))
  }
}

/// Overwrites bytes that are no longer needed; copies of them stay as they are.
package func wipe(_ bytes: inout [UInt8]) {
  bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
  bytes = []
}
