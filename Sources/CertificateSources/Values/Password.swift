import Cryptography

/// A password, in the bytes that it was given in (UTF-8 as a rule).
///
/// No description, dump or reflection shows more than that there is one. It lives as long as the value
/// does and is no part of any other value that comes out of this module.
public struct Password: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  let bytes: SecretBytes

  /// A password; it may be empty, which is not the same as none. Its copy here is overwritten when nobody has
  /// it any more; `bytes` are the caller's.
  public init(_ bytes: [UInt8]) {
    self.bytes = SecretBytes(bytes)
  }

  /// Always the same text.
  public var description: String { "<password>" }

  /// Always the same text.
  public var debugDescription: String { description }

  /// Shows nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// Whether it has no characters.
  public var isEmpty: Bool { bytes.isEmpty }
}
