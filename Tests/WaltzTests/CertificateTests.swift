import TestSupport
import Testing

@Suite("waltz certificate inspect")
struct CertificateTests {
  private static let password = "sentinel-Passw0rd-77"

  /// A PKCS #12 file and its parts, made by openssl.
  private static func make(_ desk: Desk) async throws {
    let made = try await desk.shell(
      """
      cd '\(desk.folder)' && openssl req -x509 -newkey rsa:2048 -nodes -keyout a.key -out a.pem -days 90 \
        -subj /CN=sepm.example.net -addext subjectAltName=DNS:sepm.example.net &&
      openssl pkcs12 -export -in a.pem -inkey a.key -passout pass:\(password) -out a.p12 &&
      openssl x509 -in a.pem -outform der -out wrong.pem &&
      openssl pkcs8 -topk8 -in a.key -passout pass:\(password) -out encrypted.key
      """)
    #expect(made.status == 0, "\(made.errors)")
  }

  @Test("It ends with 0 for what is good, 1 for problems, 2 for wrong arguments, 3 for no file")
  func statuses() async throws {
    let desk = try Desk()
    try await Self.make(desk)
    func inspect(_ arguments: String..., password: String = Self.password) async throws
      -> Desk.Outcome
    {
      try await desk.waltz(
        ["certificate", "inspect"] + arguments, environment: ["P12_PASSWORD": password])
    }
    let file = desk.folder + "/a.p12"
    let good = try await inspect(file, "--password", "env:P12_PASSWORD")
    #expect(good.status == 0)
    #expect(good.output.contains("\n  fingerprint: sha256:"))
    #expect(good.errors == "")
    let pair = try await inspect(desk.folder + "/a.pem", "--key", desk.folder + "/a.key")
    #expect(pair.status == 0)
    let secret = try desk.write(Self.password + "\n", as: "password")
    #expect(try await inspect(file, "--password", "file:\(secret)").status == 0)
    let wrong = try await inspect(file, "--password", "env:P12_PASSWORD", password: "no")
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("error[C014]: The password does not open the PKCS#12 file."))
    let der = try await inspect(desk.folder + "/wrong.pem")
    #expect(der.status == 1)
    #expect(der.output.contains("The file should be PEM, but its content is DER."))
    #expect(try await inspect(desk.folder + "/none.p12").status == 3)
    #expect(try await inspect(file, "--password", "env:NOT_SET_AT_ALL").status == 3)
  }

  @Test("Where OpenSSL comes without its old ciphers, a file that needs them says so")
  func withoutLegacyProvider() async throws {
    let desk = try Desk()
    try await Self.make(desk)
    let made = try await desk.shell(
      """
      cd '\(desk.folder)' && openssl pkcs12 -export -legacy -in a.pem -inkey a.key \
        -passout pass:\(Self.password) -out old.p12
      """)
    #expect(made.status == 0, "\(made.errors)")
    let nowhere = ["P12_PASSWORD": Self.password, "OPENSSL_MODULES": desk.folder + "/none"]
    func inspect(_ name: String, _ environment: [String: String]) async throws -> Desk.Outcome {
      try await desk.waltz(
        ["certificate", "inspect", desk.folder + "/" + name, "--password", "env:P12_PASSWORD"],
        environment: environment)
    }
    let old = try await inspect("old.p12", nowhere)
    #expect(old.status == 1)
    #expect(
      old.output.contains("error[C017]: The certificates are protected by PBE-SHA1-RC2-40, which"))
    #expect(old.output.contains("its legacy provider is not installed."))
    #expect(old.output.contains("openssl-provider-legacy"))
    #expect(try await inspect("old.p12", ["P12_PASSWORD": Self.password]).status == 0)
    #expect(try await inspect("a.p12", nowhere).status == 0)
  }

  @Test("What the machine's configuration of OpenSSL says changes nothing")
  func configuration() async throws {
    let desk = try Desk()
    try await Self.make(desk)
    let strict = """
      openssl_conf = all
      [all]
      alg_section = algorithms
      [algorithms]
      default_properties = fips=yes
      """
    let environment = [
      "P12_PASSWORD": Self.password, "OPENSSL_CONF": try desk.write(strict, as: "strict.cnf"),
    ]
    let outcome = try await desk.waltz(
      ["certificate", "inspect", desk.folder + "/a.p12", "--password", "env:P12_PASSWORD"],
      environment: environment)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("sha256:"))
  }

  @Test("No secret reaches standard output or standard error")
  func secrets() async throws {
    let desk = try Desk()
    try await Self.make(desk)
    let key = try Repository.text(desk.folder + "/a.key").split(separator: "\n").map(String.init)
    let secrets = [Self.password] + key.filter { $0.count == 64 }
    #expect(secrets.count > 20)
    let folder = desk.folder
    let invocations: [[String]] = [
      ["\(folder)/a.p12", "--password", "env:P12_PASSWORD"],
      ["\(folder)/a.p12", "--password", Self.password],
      ["\(folder)/a.p12", "--password", "env:" + Self.password],
      ["\(folder)/a.p12", "--password", "file:" + Self.password],
      ["\(folder)/a.p12", "--password=\(Self.password)"],
      ["\(folder)/a.pem", "--key", "\(folder)/a.key"],
      ["\(folder)/a.pem", "--key", "\(folder)/encrypted.key", "--password", "env:P12_PASSWORD"],
      ["\(folder)/a.key"], ["\(folder)/encrypted.key", "--password", "env:P12_PASSWORD"],
    ]
    for invocation in invocations {
      for format in ["text", "json"] {
        let outcome = try await desk.waltz(
          ["certificate", "inspect", "--format", format] + invocation,
          environment: ["P12_PASSWORD": Self.password])
        for secret in secrets {
          #expect(!outcome.output.contains(secret) && !outcome.errors.contains(secret))
        }
      }
    }
  }
}
