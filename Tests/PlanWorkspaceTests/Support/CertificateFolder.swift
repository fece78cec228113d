import DiagnosticCatalogue
import Foundation
import PlanText
import PlanWorkspace
import TestSupport
import Testing
import WorkingTree

/// The files that the pages on certificates name, made once with openssl and keytool.
enum CertificateFolder {
  /// The variables that the pages' plans refer to.
  static let variables = [
    "PARIS_P12_PASSWORD": "the-right-one", "OTHER_PASSWORD": "another-one", "SEPM_PASSWORD": "x",
    "PATH": "/usr/bin:/bin",
  ]

  /// When the files were made, as far as they tell: in seconds since 1970.
  static let now = Int64(Date().timeIntervalSince1970)

  private static let making = Task {
    let folder = try TestFolder()
    let script = Repository.root + "/Tests/PlanWorkspaceTests/Fixtures/make-certificates"
    let outcome = try await folder.shell("'\(script)' . 2>&1")
    guard outcome.status == 0 else { throw Failure(text: outcome.output) }
    return folder
  }

  /// The folder with the files; plans are written beside them.
  static func made() async throws -> TestFolder { try await making.value }

  /// A plan in the folder, checked with everything that it names.
  static func validation(
    of text: String, named name: String, live: LiveReview? = nil, start: Int64 = now
  ) async throws -> Validation {
    let folder = try await made()
    _ = try folder.write(text, as: name)
    return try await folder.validation(
      of: [name], certificates: CertificateReview(start: start, live: live))
  }

  struct Failure: Error {
    let text: String
  }
}

extension LiveReview {
  /// A look at the servers and secrets of the pages.
  static func pages(ports: [Int] = [], patience: Int = 5) -> LiveReview {
    LiveReview(
      ports: ports.map(UInt16.init), variables: CertificateFolder.variables,
      patience: .seconds(patience)
    ) { CertificateFolder.now * 1_000 }
  }
}
