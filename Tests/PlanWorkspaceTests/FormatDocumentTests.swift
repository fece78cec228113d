import CanonicalJSON
import PlanText
import PlanWorkspace
import Reports
import TestSupport
import Testing

@Suite("The examples of docs/FORMATS.md")
struct FormatDocumentTests {
  private static let plan = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata: { name: example }
    certificates:
      paris-2026: { pkcs12: certs/paris.p12, password: { env: PARIS_P12_PASSWORD } }
    sites:
      paris:
        Clients: 4200
        api:
          url: https://sepm-paris-1.example.net:8446
          username: rotation
          password: { env: SEPM_PASSWORD }
        servers:
          one: { address: sepm-paris-1.example.net, certificate: paris-2026 }

    """

  /// The first example under a heading, without its fences.
  private func example(of format: String) throws -> String {
    let text = try Repository.text(Repository.root + "/docs/FORMATS.md")
    let section = try #require(text.split(separator: "\n## \(format)\n").last)
    return String(
      try #require(section.split(separator: "```").dropFirst().first).drop { $0 != "\n" })
  }

  @Test(
    "are what is printed", arguments: ["json", "sarif", "junit", "github", "gitlab", "checkstyle"])
  func printed(_ name: String) async throws {
    let folder = try TestFolder()
    _ = try folder.write(Self.plan, as: "plan.yaml")
    let found = try await folder.validation(of: "plan.yaml")
    #expect(found.fails(at: .error))
    let example = try example(of: name)
    let output = found.printed(try #require(DiagnosticFormat(rawValue: name)))
    switch name {
    case "json":
      #expect(
        try JSONValue(parsing: Array(example.utf8)) == JSONValue(parsing: Array(output.utf8)))
    case "gitlab":
      #expect(
        try [JSONValue(parsing: Array(example.utf8))]
          == JSONValue(parsing: Array(output.utf8)).array)
    case "sarif":
      let print = try #require(example.split(separator: "\"").first { $0.utf8.count == 32 })
      #expect(output.contains(print))
    default:
      for line in example.split(separator: "\n") {
        #expect(output.contains(line.drop { $0 == " " }), "\(line)")
      }
    }
  }
}
