import CertificateSources
import Foundation
import Testing

/// Certificate files made by the real tools, once for all suites: see `Fixtures/make-fixtures`.
struct Fixtures: Sendable {
  static let password = Password(Array("secret-Fixture-1".utf8))

  private let files: [String: [UInt8]]

  private static let made = Result { try Fixtures() }

  /// The bytes of a file.
  static func bytes(_ name: String) throws -> [UInt8] {
    try #require(made.get().files[name], "make-fixtures makes no \(name)")
  }

  /// The text of a file.
  static func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  /// The names of all files, sorted.
  static func names() throws -> [String] { try made.get().files.keys.sorted() }

  /// The first certificate of a PEM file.
  static func certificate(_ name: String) throws -> CertificateFacts {
    try #require(examineSource(bytes(name), needsKey: false).certificates.first).facts
  }

  private init() throws {
    let folder = URL(filePath: NSTemporaryDirectory() + "waltz-certificates-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/make-fixtures")
    process.arguments = [folder.path]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: said, as: UTF8.self))
    }
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      files[name] = Array(try Data(contentsOf: folder.appending(path: name)))
    }
    self.files = files
  }

  private struct Failure: Error, CustomStringConvertible {
    let description: String
  }
}

extension SourceReport {
  /// What is wrong, by the names that programs know.
  var codes: [String] { findings.map(\.problem.identifier) }

  /// What is wrong and keeps the source from being used.
  var errors: [SourceProblem] {
    findings.map(\.problem).filter { $0.severity == .error }
  }
}
