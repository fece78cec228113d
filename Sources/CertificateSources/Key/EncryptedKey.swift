import SwiftASN1

/// An EncryptedPrivateKeyInfo (RFC 5208): in a bag, in a PEM block or in a file of its own.
struct EncryptedKey {
  let alias: String?
  let scheme: Result<PasswordScheme, SourceProblem>
  let ciphertext: ArraySlice<UInt8>

  init(_ parts: [ASN1Node], _ alias: String?) throws(MalformedASN1) {
    guard parts.count == 2 else { throw MalformedASN1("the encrypted key is damaged") }
    let algorithm = try AlgorithmIdentifier(parts[0], "the encryption of the key")
    ciphertext = try parts[1].octets("the encrypted key")
    self.alias = alias
    do {
      scheme = .success(try PasswordScheme(algorithm, protects: "key"))
    } catch let problem as SourceProblem {
      scheme = .failure(problem)
    } catch {
      throw MalformedASN1("the parameters of its encryption are damaged")
    }
  }
}
