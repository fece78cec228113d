/// The value of a secret. It has no text: wherever it is printed, logged or looked into, a placeholder
/// stands for it.
public struct Secret: Sendable {
  private let bytes: [UInt8]

  /// Takes the bytes of a secret.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Takes what holds a secret, a file or what a program prints: without the one line end, LF or CR LF, that
  /// editors and programs put at its end.
  public init(content: [UInt8]) {
    var bytes = content
    if bytes.last == 0x0A {
      bytes.removeLast()
      if bytes.last == 0x0D { bytes.removeLast() }
    }
    self.bytes = bytes
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// Hands the bytes to who opens something with them.
  public func reveal<Result, Failure: Error>(
    to body: ([UInt8]) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(bytes)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "(secret)" }
  public var debugDescription: String { "(secret)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
