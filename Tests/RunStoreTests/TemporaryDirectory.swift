import Foundation

/// A directory of a test's own, removed at its end.
final class TemporaryDirectory {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "waltz-store-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A state directory inside.
  var state: String { path + "/.waltz" }

  /// The state file inside.
  var file: String { state + "/state.db" }

  /// Makes the state directory, with nothing in it.
  func makeState() throws {
    try FileManager.default.createDirectory(
      atPath: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// Copies the state to another directory.
  func copyState(as name: String) throws -> String {
    let copy = path + "/" + name
    try FileManager.default.copyItem(atPath: state, toPath: copy)
    return copy
  }

  func names(in directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
  }

  func mode(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? Int ?? 0) & 0o777
  }
}
