import PlanModel
import TestSupport

/// Certificates for `127.0.0.1`, made once with openssl.
struct ServerCertificates: Sendable {
  /// A certificate with its key, as files, and its fingerprint.
  struct Leaf: Sendable {
    let certificate: String
    let key: String
    let fingerprint: Fingerprint
  }

  /// Signed by nobody else, and for no name.
  let first: Leaf
  let second: Leaf

  /// Expired.
  let expired: Leaf

  /// Signed by the authority, for the address.
  let issued: Leaf

  /// Signed by the authority, for another name.
  let misnamed: Leaf

  /// The authority, in PEM.
  let authority: String

  private static let making = Task { try await make() }
  private static let folder = Task { try TestFolder() }

  static func made() async throws -> ServerCertificates { try await making.value }

  private static func make() async throws -> ServerCertificates {
    let folder = try await folder.value
    let outcome = try await folder.shell(
      """
      set -e
      openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem 2>/dev/null
      own() { openssl req -x509 -key key.pem -subj "/CN=$1" -out "$1.pem" -days 30 2>/dev/null; }
      own first; own second
      openssl req -new -key key.pem -subj /CN=expired -out expired.csr 2>/dev/null
      openssl x509 -req -in expired.csr -signkey key.pem -days -1 -out expired.pem 2>/dev/null
      openssl req -x509 -key key.pem -subj /CN=authority -out authority.pem -days 30 \\
        -addext basicConstraints=critical,CA:TRUE 2>/dev/null
      issue() {
        openssl req -new -key key.pem -subj "/CN=$1" -out "$1.csr" 2>/dev/null
        printf 'subjectAltName=%s\\n' "$2" > "$1.ext"
        openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey key.pem -days 30 -out "$1.pem" \\
          -extfile "$1.ext" 2>/dev/null
      }
      issue issued IP:127.0.0.1; issue misnamed DNS:other.example.net
      for name in first second expired issued misnamed; do
        openssl x509 -in "$name.pem" -noout -fingerprint -sha256 | sed 's/.*=//'
      done
      """)
    guard outcome.status == 0 else { throw Failure(text: outcome.output + outcome.errors) }
    let prints = outcome.output.split(separator: "\n").compactMap { Fingerprint("sha256:\($0)") }
    guard prints.count == 5 else { throw Failure(text: outcome.output) }
    func leaf(_ name: String, _ position: Int) -> Leaf {
      Leaf(
        certificate: "\(folder.path)/\(name).pem", key: "\(folder.path)/key.pem",
        fingerprint: prints[position])
    }
    return ServerCertificates(
      first: leaf("first", 0), second: leaf("second", 1), expired: leaf("expired", 2),
      issued: leaf("issued", 3), misnamed: leaf("misnamed", 4),
      authority: try folder.text(of: "authority.pem"))
  }

  struct Failure: Error {
    let text: String
  }
}
