import PlanText

/// The keys of documents that passwords and their like stand under, misspelt ones included.
package enum SecretKeys {
  /// Whether a key of this name has a password for a value. Every word before a colon is asked about, so this
  /// compares bytes.
  package static func contain(_ key: some Collection<UInt8>) -> Bool {
    var name: [UInt8] = []
    name.reserveCapacity(key.count)
    for byte in key where byte != "-" && byte != "_" {
      name.append(("A"..."Z").contains(byte) ? byte | 0x20 : byte)
    }
    if secretParts.contains(where: { name.holds($0) }) || secretNames.contains(name)
      || name.suffix(4).elementsEqual("pass".utf8)
    {
      return true
    }
    // No slip of the keys makes 'password' shorter or longer than this, or takes more than three letters
    // from it.
    guard (5...24).contains(name.count), name.count(where: lettersOfPassword.contains) >= 5 else {
      return false
    }
    return nearest(to: String(decoding: name, as: UTF8.self), among: ["password"]) != nil
  }

  private static let lettersOfPassword: ByteSet = "paswordPASWORD"

  private static let secretParts = [
    "password", "passwd", "passwort", "passphrase", "secret", "token", "credential", "pwd",
    "kennwort", "apikey",
  ].map { Array($0.utf8) }

  private static let secretNames = ["pw", "passcode", "pin", "pincode", "psk", "oauth2bearer"].map {
    Array($0.utf8)
  }
}

extension [UInt8] {
  /// Whether the word stands anywhere in the bytes.
  fileprivate func holds(_ word: [UInt8]) -> Bool {
    guard count >= word.count else { return false }
    return (0...count - word.count).contains { start in
      self[start] == word[0] && self[start..<start + word.count].elementsEqual(word)
    }
  }
}
