package import Cryptography

/// Who may come in with a password. A line a person: `NAME:pbkdf2-sha256:ITERATIONS:SALT:HASH`, salt and hash in
/// hexadecimal; lines that begin with `#` and empty ones mean nothing.
package struct UserFile: Sendable {
  /// A line that is none, by its number.
  package struct Mistake: Error, Sendable, Equatable {
    package let line: Int
  }

  private struct Person: Sendable {
    let iterations: Int
    let salt: [UInt8]
    let hash: [UInt8]
  }

  private static let scheme = "pbkdf2-sha256"

  /// So many rounds take a tenth of a second or two, which is little for who knows the password.
  private static let iterations = 600_000

  private let people: [String: Person]

  /// Reads a file.
  package init(_ text: String) throws(Mistake) {
    var people: [String: Person] = [:]
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let parts = line.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 5, parts[1] == Self.scheme, Self.isName(parts[0]),
        let iterations = Int(parts[2]), (1...10_000_000).contains(iterations),
        let salt = bytes(hexadecimal: parts[3]), !salt.isEmpty,
        let hash = bytes(hexadecimal: parts[4]), hash.count == 32,
        people[String(parts[0])] == nil
      else { throw Mistake(line: number + 1) }
      people[String(parts[0])] = Person(iterations: iterations, salt: salt, hash: hash)
    }
    self.people = people
  }

  /// The names in it.
  package var names: Set<String> { Set(people.keys) }

  /// Whether a name can stand in it: letters, digits, and `.`, `_`, `@`, `-`.
  package static func isName(_ name: some StringProtocol) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x40: true
        default: false
        }
      }
  }

  /// The line for a name and a password.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - password: The password.
  ///   - salt: Sixteen bytes that were never used before.
  /// - Returns: The line, without its end.
  /// - Throws: `CryptographyError`
  package static func line(
    for name: String, password: [UInt8], salt: [UInt8]
  ) throws(CryptographyError) -> String {
    let hash = try hash(of: password, salt: salt, iterations: iterations)
    return
      "\(name):\(scheme):\(iterations):\(Hexadecimal.text(of: salt)):\(Hexadecimal.text(of: hash))"
  }

  /// Whether it has the name, with this password. A name that it does not have takes as long.
  func admits(_ name: String, _ password: [UInt8]) -> Bool {
    let person = people[name]
    let nobody = Person(iterations: Self.iterations, salt: [0], hash: [])
    let known = person ?? nobody
    let found = try? Self.hash(of: password, salt: known.salt, iterations: known.iterations)
    guard let found, person != nil else { return false }
    return isSame(Hexadecimal.text(of: found), Hexadecimal.text(of: known.hash))
  }

  private static func hash(
    of password: [UInt8], salt: [UInt8], iterations: Int
  ) throws(CryptographyError) -> [UInt8] {
    Array(
      try KeyDerivation.pbkdf2(
        .sha256, SecretBytes(password), salt: salt, iterations: iterations, count: 32))
  }
}

/// What digits stand for; nil where they are none.
func bytes(hexadecimal text: some StringProtocol) -> [UInt8]? {
  let digits = Array(text.utf8)
  guard digits.count % 2 == 0 else { return nil }
  var bytes: [UInt8] = []
  for place in stride(from: 0, to: digits.count, by: 2) {
    let pair = digits[place..<place + 2]
    guard !pair.contains(0x2B), !pair.contains(0x2D),
      let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
    else { return nil }
    bytes.append(byte)
  }
  return bytes
}
