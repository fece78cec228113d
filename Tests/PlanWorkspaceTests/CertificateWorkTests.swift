import PlanWorkspace
import TestSupport
import Testing

@Suite("What a plan can make the look at its files cost")
struct CertificateWorkTests {
  /// A plan with so many certificates, each in the file that it is given.
  private static func plan(_ count: Int, _ file: (Int) -> String) -> String {
    var certificates = ""
    var servers = ""
    for number in 0..<count {
      certificates += "  c\(number): { pkcs12: \(file(number)) }\n"
      servers += "      s\(number): { address: s\(number).example.net, certificate: c\(number) }\n"
    }
    return """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: example }
      certificates:
      \(certificates)sites:
        paris:
          api: { url: 'https://s0.example.net:8446', username: r, password: { env: X } }
          servers:
      \(servers)
      """
  }

  @Test("Empty passwords are tried once for each file, and not for files without end")
  func guesses() async throws {
    // 30,000 hashes for each file, where two million are tried for a plan.
    let count = 80
    let folder = try TestFolder()
    let made = try await folder.shell(
      """
      openssl req -x509 -newkey rsa:2048 -nodes -keyout a.key -out a.pem -days 900 \
        -subj /CN=a -addext subjectAltName=DNS:s0.example.net &&
      openssl pkcs12 -export -iter 10000 -in a.pem -inkey a.key -passout pass: -out a.p12 &&
      for number in $(seq 0 \(count - 1)); do cp a.p12 a$number.p12; done
      """)
    #expect(made.status == 0, "\(made.errors)")
    func opened(_ name: String, _ file: (Int) -> String) async throws -> Int {
      _ = try folder.write(Self.plan(count, file), as: name)
      let found = try await folder.validation(of: [name], certificates: .files)
      // That a file opens with an empty password.
      return found.codes().count { $0 == "C017" }
    }
    #expect(try await opened("same.yaml") { _ in "a.p12" } == count)
    let some = try await opened("different.yaml") { "a\($0).p12" }
    #expect(some >= 40 && some < count, "\(some)")
  }
}
