import CanonicalJSON
import PlanText
import PlanWorkspace
import Reports
import TestSupport
import Testing

@Suite("Where the findings of a check go")
struct DeliveryTests {
  @Test("A word names a format, and behind an equals sign its file")
  func words() {
    #expect(ReportRequest("text") == ReportRequest(.text))
    #expect(ReportRequest("sarif=a=b.sarif") == ReportRequest(.report(.sarif), file: "a=b.sarif"))
    #expect(ReportRequest("json=-") == ReportRequest(.report(.json)))
    for word in ["", "xml", "json=", "=file", "JSON"] {
      #expect(ReportRequest(word) == nil, "\(word)")
    }
    #expect(ReportRequest.names.allSatisfy { ReportRequest($0) != nil })
  }

  /// What is printed of a folder with one finding.
  private func printed(
    _ requests: [ReportRequest], in folder: TestFolder, jobSummary: String? = nil
  ) async throws -> [Validation.Printed] {
    _ = try folder.write(TestFolder.emptyPlan, as: "plan.yaml")
    let checked = try await folder.validation(of: "plan.yaml")
    var printed: [Validation.Printed] = []
    try checked.deliver(
      requests, failOn: .error, version: "1", jobSummary: jobSummary
    ) { printed.append($0) }
    return printed
  }

  @Test("Files are written, and people read the text where nothing else is printed")
  func files() async throws {
    let folder = try TestFolder()
    #expect(try await printed([], in: folder) == [.text])
    let requests = [
      ReportRequest(.report(.json), file: "out.json"), ReportRequest(.text, file: "out.txt"),
    ]
    #expect(try await printed(requests, in: folder) == [.text])
    let text = try folder.text(of: "out.json")
    #expect(try JSONValue(parsing: Array(text.utf8))["errorCount"]?.integer == 1)
    #expect(try folder.text(of: "out.txt").hasSuffix("1 error in 1 file.\n"))
    #expect(
      try await printed([ReportRequest(.report(.json))], in: folder) == [
        .report(Printout(json: text))
      ])
  }

  @Test("The summary of a job is added to what is there, with its format alone")
  func jobSummary() async throws {
    let folder = try TestFolder()
    let summary = try folder.write("before\n", as: "summary.md")
    _ = try await printed([ReportRequest(.text)], in: folder, jobSummary: summary)
    #expect(try folder.text(of: "summary.md") == "before\n")
    _ = try await printed([ReportRequest(.report(.github))], in: folder, jobSummary: summary)
    let text = try folder.text(of: "summary.md")
    #expect(text.hasPrefix("before\n") && text.contains("| error |"))
    _ = try await printed([ReportRequest(.report(.github))], in: folder, jobSummary: "")
  }
}
