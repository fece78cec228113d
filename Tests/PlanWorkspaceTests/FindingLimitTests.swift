import CanonicalJSON
import PlanText
import PlanWorkspace
import Reports
import TestSupport
import Testing

@Suite("Nobody reads ten thousand findings")
struct FindingLimitTests {
  private static let head = "apiVersion: waltz/v1\nkind: RotationPlan\nmetadata: { name: x }\n"

  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  private func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map { line($0) + "\n" }.joined()
  }

  @Test(
    "A hundred of a kind are said, and the others are counted",
    arguments: [
      // Syntax, form, meaning; a key twice is made only if it is said.
      ("S011", "k: 1", 4_999), ("F001", "k%: 1", 5_000), ("S030", "# waltz:ignore", 5_000),
    ])
  func kinds(code: String, line: String, count: Int) async throws {
    _ = try folder.write(
      Self.head + lines(5_000) { line.replacing("%", with: "\($0)") }, as: "plan.yaml")
    let found = try await folder.validation(of: "plan.yaml")
    let kind = found.files.diagnostics.filter { $0.code == code }
    #expect(kind.count == 100 && kind.total == count, "\(kind.count) \(kind.total)")
    // The first by their places.
    #expect(kind.first?.omitted == 0 && kind.last?.omitted == count - 100)
    #expect(found.text.utf8.count < 100_000)
    #expect(
      found.text.contains("The file has \(count == 5_000 ? "4,900" : "4,899") more like this."))
  }

  @Test("Of a file a thousand are said, the errors before the warnings; no kind is left out whole")
  func files() async throws {
    // Warnings that come before the errors of many kinds.
    var text = Self.head + "sites:\n"
    for number in 0..<400 {
      text +=
        "  a\(number): &x\(number) { clients: no, servers: { s: { address: 'a b', gates: [] } }, k: 1 }\n"
      text +=
        "  b\(number): &x\(number) { database: x, api: { url: x, username: '' }, servers: { a_: {} } }\n"
    }
    _ = try folder.write(text, as: "plan.yaml")
    let found = try await folder.validation(of: "plan.yaml").files.diagnostics
    #expect(found.count <= 1_000)
    let errors = found.filter { $0.severity == .error }
    #expect(errors.total > 1_000 && errors.total > errors.count, "\(errors.total)")
    let warnings = found.filter { $0.severity == .warning }
    #expect(Set(warnings.map(\.code)).count == warnings.count || errors.count < 800)
    #expect(found == found.inOrder())
  }

  @Test("What is suppressed takes no room from what is not, however much of it there is")
  func suppressed() async throws {
    // Each certificate without a server is a warning; all but the last four are meant.
    let count = 500
    var text = Self.head + "certificates:\n"
    for number in 0..<count {
      text += "  c\(number): { pkcs12: c\(number).p12, password: { env: P } }"
      text += number < count - 5 ? "   # waltz:ignore M032 meant\n" : "\n"
    }
    text += "sites: { paris: { servers: { s: { address: s.example.net, certificate: c499 } } } }\n"
    _ = try folder.write(text, as: "plan.yaml")
    let found = try await folder.validation(of: "plan.yaml")
    let unused = found.files.diagnostics.filter { $0.code == "M032" }
    #expect(unused.filter { $0.suppression == nil }.total == 4, "\(found.codes())")
    #expect(unused.filter { $0.suppression != nil }.total == count - 5)
    #expect(unused.filter { $0.suppression != nil }.count == 100)
    #expect(found.fails(at: .warning))
  }

  @Test("Every file of many keeps its first finding of each kind, and the status is that of all")
  func commands() async throws {
    for file in 0..<60 {
      _ = try folder.write(
        Self.head + "sites: {}\n" + lines(150) { "k\($0): 1" }, as: "p\(file).yaml")
    }
    let found = try await folder.validation(of: ".")
    let unknown = found.files.diagnostics.filter { $0.code == "F001" }
    #expect(found.files.diagnostics.count <= 5_000 && unknown.total == 60 * 150)
    #expect(Set(unknown.map(\.span.source)).count == 60)
    #expect(found.fails(at: .error))
    #expect(found.summary.contains("9,0"), "\(found.summary)")
    let document = try found.json()
    #expect(
      document["errorCount"]
        == .integer(Int64(found.files.diagnostics.filter { $0.severity == .error }.total)))
    let omitted = try #require(document["omitted"]?.array)
    #expect(
      omitted.reduce(0) { $0 + ($1["count"]?.integer ?? 0) }
        == Int64(found.files.diagnostics.total - found.files.diagnostics.count))
  }

  @Test("The other commands say no more")
  func others() async throws {
    _ = try folder.write(Self.head + lines(5_000) { _ in "k: 1" }, as: "plan.yaml")
    let compared = try await folder.comparison(of: .files(old: "plan.yaml", new: "plan.yaml"))
    #expect(
      compared.errors.contains("4,899 more like this") && compared.errors.utf8.count < 200_000)
    #expect(compared.comparison.invalid.map(\.errors).allSatisfy { $0 >= 4_999 })
    let shown = try folder.plan("plan.yaml").files.diagnostics
    #expect(shown.filter { $0.code == "S011" }.count == 100)
    let refused = try folder.formatted(["plan.yaml"], check: true)
    #expect(refused.first?.output.split(separator: " ").count == 100)
  }

  @Test("More documents than anybody has estates are not read")
  func documents() async throws {
    _ = try folder.write(lines(10_500) { _ in "---\nk: 1" }, as: "plan.yaml")
    let found = try await folder.validation(of: "plan.yaml")
    let refusal = found.files.diagnostics.filter { $0.code == "S001" }
    #expect(
      refusal.map(\.detail) == ["The file holds more than 10000 documents. The rest was not read."])
    _ = try folder.write(lines(10_000) { _ in "---\nk: 1" }, as: "plan.yaml")
    #expect(try await !folder.validation(of: "plan.yaml").codes().contains("S001"))
  }
}
