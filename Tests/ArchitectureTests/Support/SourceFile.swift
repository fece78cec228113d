import Foundation

/// A file of the package.
struct SourceFile {
  /// From the package's folder: `Sources/PlanText/Nearest.swift`.
  let path: String
  let text: String

  /// The target whose folder it is in.
  var target: String { String(path.split(separator: "/")[1]) }

  /// The package's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every Swift file below a folder, by path.
  static func swiftFiles(below folder: String) throws -> [SourceFile] {
    let paths = try FileManager.default.subpathsOfDirectory(
      atPath: root.appending(path: folder).path)
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { try read("\(folder)/\($0)") }
  }

  static func read(_ path: String) throws -> SourceFile {
    let url = root.appending(path: path)
    return SourceFile(path: path, text: try String(contentsOf: url, encoding: .utf8))
  }

  /// The names in a folder, sorted.
  static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
  }

  /// The paths of all files that are somebody's work: nothing that was built, fetched or left by a run.
  static func all() throws -> [String] {
    let notOurs: Set<String> = [".git", ".waltz", ".swiftpm", ".venv"]
    let keys: Set<URLResourceKey> = [.isDirectoryKey]
    let start = root.path.utf8.count + 1
    guard
      let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: Array(keys))
    else { return [] }
    var paths: [String] = []
    for case let url as URL in walk {
      let name = url.lastPathComponent
      if notOurs.contains(name) || name.hasPrefix(".build") {
        walk.skipDescendants()
      } else if try url.resourceValues(forKeys: keys).isDirectory != true {
        paths.append(String(decoding: url.path.utf8.dropFirst(start), as: UTF8.self))
      }
    }
    return paths.sorted()
  }
}
