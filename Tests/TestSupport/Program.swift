import Foundation

/// The program that tests run.
public enum Program {
  /// The program, built beside this bundle of tests; a bundle elsewhere falls back to the debug build.
  public static let path: String = {
    let bundles = [
      CommandLine.arguments[0], Bundle.main.bundlePath, Bundle.main.executablePath ?? "",
    ]
    let beside = bundles.flatMap { bundle in
      // On macOS the executable is inside the bundle, a few folders down.
      sequence(first: URL(filePath: bundle).deletingLastPathComponent()) {
        $0.path == "/" ? nil : $0.deletingLastPathComponent()
      }.prefix(4).map { $0.appending(path: "waltz").path }
    }
    let candidates = beside + [Repository.root + "/.build/debug/waltz"]
    return candidates.first { isProgram($0) } ?? Repository.root + "/.build/debug/waltz"
  }()

  private static func isProgram(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && !isDirectory.boolValue && FileManager.default.isExecutableFile(atPath: path)
  }
}
