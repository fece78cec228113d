/// The value of a secret. It has no text: wherever it is printed, logged or looked into, a placeholder
/// stands for it.
package struct Secret: Sendable {
  private let bytes: [UInt8]

  /// Takes the bytes of a secret.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Takes what holds a secret, a file or what a program prints: without the one line end, LF or CR LF, that
  /// editors and programs put at its end.
  package init(content: [UInt8]) {
    var bytes = content
    if bytes.last == UInt8(ascii: "\n") {
      bytes.removeLast()
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    }
    self.bytes = bytes
  }

  /// Whether there is nothing in it.
  package var isEmpty: Bool { bytes.isEmpty }

  /// Whether it is the same secret.
  package func matches(_ other: Secret) -> Bool { bytes == other.bytes }

  /// Hands the bytes to who opens something with them.
  package func reveal<Result, Failure: Error>(
    to body: ([UInt8]) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(bytes)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(secret)" }
  package var debugDescription: String { "(secret)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
