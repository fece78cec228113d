import Foundation

/// The files of this repository that the tests read.
enum Repository {
  /// Where the package is.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The program, built beside this bundle of tests; a bundle elsewhere falls back to the debug build.
  static let waltz: String = {
    let bundles = [
      CommandLine.arguments[0], Bundle.main.bundlePath, Bundle.main.executablePath ?? "",
    ]
    let beside = bundles.flatMap { bundle in
      // On macOS the executable is inside the bundle, a few folders down.
      sequence(first: URL(filePath: bundle).deletingLastPathComponent()) {
        $0.path == "/" ? nil : $0.deletingLastPathComponent()
      }.prefix(4).map { $0.appending(path: "waltz").path }
    }
    let candidates = beside + [root + "/.build/debug/waltz"]
    return candidates.first { isProgram($0) } ?? root + "/.build/debug/waltz"
  }()

  /// The plans of the repository, by path.
  static let plans = yamlFiles(in: "plans")

  /// The scenarios of the repository, by path.
  static let scenarios = yamlFiles(in: "plans/scenarios")

  static let oneServer = root + "/plans/one-server.yaml"
  static let quickstart = root + "/plans/quickstart.yaml"

  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  private static func yamlFiles(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(root)/\(folder)/\($0)" }
  }

  private static func isProgram(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && !isDirectory.boolValue && FileManager.default.isExecutableFile(atPath: path)
  }
}
