/// A byte can be written as the ASCII character that it stands for: `bytes[0] == "#"`, `case "a"..."z":`.
///
/// Only for literals of one ASCII character, which the optimiser makes a number; any other one is a mistake
/// in the code and traps. Nothing of the standard library has this conformance, and no module above may
/// declare another.
extension UInt8: @retroactive ExpressibleByUnicodeScalarLiteral {
  /// The byte of an ASCII character.
  @inlinable
  public init(unicodeScalarLiteral character: Unicode.Scalar) { self.init(ascii: character) }
}

// What a byte of a text is, of those that have a meaning in plans; all others are none of these.
extension UInt8 {
  @inlinable package var isDigit: Bool { ("0"..."9").contains(self) }

  @inlinable package var isLetter: Bool { ("a"..."z").contains(self | 0x20) }

  @inlinable package var isLetterOrDigit: Bool { isLetter || isDigit }

  /// Whether the byte belongs to a plain key: a letter, a digit, a dash or an underscore.
  @inlinable package var isWord: Bool { isLetterOrDigit || self == "-" || self == "_" }

  @inlinable package var isBlank: Bool { self == " " || self == "\t" }

  /// Whether the byte ends a line, alone or with another.
  @inlinable package var isBreak: Bool { self == "\n" || self == "\r" }

  /// Whether the byte continues a character of UTF-8 that began before it.
  @inlinable package var isContinuation: Bool { self & 0xC0 == 0x80 }
}
