import CanonicalJSON
import Foundation

/// The files that the pages on certificates name, made once with openssl and keytool.
enum CertificateFolder {
  /// The variables that the pages' plans refer to.
  static let variables = [
    "PARIS_P12_PASSWORD": "the-right-one", "OTHER_PASSWORD": "another-one", "SEPM_PASSWORD": "x",
  ]

  private static let made = Task {
    let desk = try Desk()
    let script = Repository.root + "/Tests/WaltzTests/Fixtures/make-certificates"
    let outcome = try await desk.shell("'\(script)' . 2>&1")
    guard outcome.status == 0 else { throw Failure(text: outcome.output) }
    return desk
  }

  /// The desk whose folder holds them; plans are written beside them.
  static func desk() async throws -> Desk { try await made.value }

  struct Failure: Error {
    let text: String
  }
}

extension Desk.Outcome {
  /// The codes that `--format json` reports, but for the notes.
  func codes(notes: Bool = false) throws -> [String] {
    try (json()["diagnostics"]?.array ?? []).compactMap {
      notes || $0["severity"]?.string != "note" ? $0["code"]?.string : nil
    }
  }
}
