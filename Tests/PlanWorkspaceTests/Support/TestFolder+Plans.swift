import CanonicalJSON
import Foundation
import PlanCompiler
import PlanText
import PlanWorkspace
import Reports
import TestSupport
import Testing
import WorkingTree

extension TestFolder {
  /// The folder as the place where relative paths start.
  func working(admitting admitted: [String] = []) throws -> WorkingFolder {
    WorkingFolder(at: try #require(FolderPath(real: path)), admitting: admitted)
  }

  /// Checks files as `plan validate` does, without a look at the files that plans name.
  func validation(
    of paths: String..., overlays: [String] = [], admitting: [String] = []
  ) async throws -> Validation {
    try await validation(of: paths, overlays: overlays, admitting: admitting)
  }

  /// Checks files as `plan validate` does.
  func validation(
    of paths: [String], overlays: [String] = [], certificates: CertificateReview? = nil,
    admitting: [String] = []
  ) async throws -> Validation {
    var request = Validation.Request(paths)
    request.overlays = overlays
    request.certificates = certificates
    request.jobs = 2
    return try await Validation(request, in: working(admitting: admitting))
  }

  /// The plan of a file, compiled.
  func plan(
    _ path: String, named name: String? = nil, overlays: [String] = [], admitting: [String] = []
  ) throws -> NamedPlan {
    try NamedPlan(path, named: name, overlays: overlays, in: working(admitting: admitting))
  }
}

extension Validation {
  /// The codes of what was found, but for the notes.
  func codes(notes: Bool = false) -> [String] {
    files.diagnostics.filter { notes || $0.severity != .note }.map(\.code)
  }

  /// What is printed in a format.
  func printed(_ format: DiagnosticFormat) -> String {
    String(
      decoding: format.bytes(of: report(failOn: .error, version: "0.1.0")), as: UTF8.self)
  }

  /// What is printed for people.
  var text: String { DiagnosticText(files.sources).render(files.diagnostics) }

  func json() throws -> JSONValue { try JSONValue(parsing: Array(printed(.json).utf8)) }

  /// Whether everything was read, and nothing fails the check.
  var isGood: Bool { files.failures.isEmpty && !fails(at: .error) }
}

extension CertificateReview {
  /// The look at files alone, on a day of the tests.
  static let files = CertificateReview(start: day, live: nil)

  /// 1 June 2026.
  static let day: Int64 = 1_780_272_000
}

/// Expects that something is refused, and says why.
func expectRefusal(
  _ kind: WorkspaceError.Kind, _ words: String, _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation, of body: () async throws -> Void
) async {
  do {
    try await body()
    Issue.record("\(words): nothing was refused. \(comment())", sourceLocation: sourceLocation)
  } catch {
    let refusal = WorkspaceError(error)
    let comment = comment()
    #expect(
      refusal.kind == kind, "\(refusal.message) \(comment)", sourceLocation: sourceLocation)
    #expect(
      refusal.message.contains(words), "\(refusal.message) \(comment)",
      sourceLocation: sourceLocation)
  }
}
