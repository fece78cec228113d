import Cryptography

/// What a signature file of `ssh-keygen -Y sign` has between its lines: base64 of `SSHSIG`, a version, and the public key.
enum SSHArmor {
  /// The public key that a signature says it is by, in base64 as it stands in files of keys; nil where it has none.
  static func publicKey(of file: [UInt8]) -> String? {
    let lines = String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let start = lines.firstIndex(of: "-----BEGIN SSH SIGNATURE-----") else { return nil }
    let text = lines[(start + 1)...].prefix { !$0.hasPrefix("-----") }.joined()
    let bytes = decoded(text.utf8)
    // The magic, a version and the length of the key, each number of four bytes.
    guard bytes.starts(with: Array("SSHSIG".utf8)), bytes.count > 14 else { return nil }
    let length = bytes[10..<14].reduce(0) { $0 << 8 | Int($1) }
    guard length > 0, bytes.count - 14 >= length else { return nil }
    return PaddedBase64.text(Array(bytes[14..<(14 + length)]))
  }

  /// The bytes that base64 stands for, up to the first character that is none.
  private static func decoded(_ text: some Sequence<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for character in text {
      let value: UInt8
      switch character {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - 65
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - 71
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character + 4
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: return bytes
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
