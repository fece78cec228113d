import Cryptography

/// What a signature file of `ssh-keygen -Y sign` has between its lines: base64 of `SSHSIG`, a version, and the public key.
enum SSHArmor {
  /// The public key that a signature says it is by, in base64 as it stands in files of keys; nil where it has none.
  static func publicKey(of file: [UInt8]) -> String? {
    let lines = String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let start = lines.firstIndex(of: "-----BEGIN SSH SIGNATURE-----") else { return nil }
    var decoder = Base64.Decoder()
    // What is behind a damaged place is not asked for: the key comes first.
    for line in lines[(start + 1)...].prefix(while: { !$0.hasPrefix("-----") }) {
      guard decoder.take(Array(line.utf8)[...]) else { break }
    }
    _ = decoder.finish()
    let bytes = decoder.bytes
    // The magic, a version and the length of the key, each number of four bytes.
    guard bytes.starts(with: Array("SSHSIG".utf8)), bytes.count > 14 else { return nil }
    let length = bytes[10..<14].reduce(0) { $0 << 8 | Int($1) }
    guard length > 0, bytes.count - 14 >= length else { return nil }
    return Base64.text(Array(bytes[14..<(14 + length)]))
  }
}
