import EvidencePacks
import WorkingTree

/// The folder of an evidence pack.
enum PackFolder {
  /// What the signature of a pack is for.
  static let namespace = "waltz-evidence"

  /// More than any record of a run has.
  private static let largestFile = 1 << 30

  /// Writes the files of a pack into a folder that is new or empty.
  ///
  /// - Throws: `WorkspaceError`
  static func write(
    _ files: [String: [UInt8]], to path: String, in folder: WorkingFolder
  ) throws(WorkspaceError) {
    guard folder.names(in: path).isEmpty else {
      throw WorkspaceError(
        .arguments, "\(path) is not empty. Name a folder that is not there yet: a pack is whole.")
    }
    try folder.makeFolder(path)
    for subfolder in Set(files.keys.compactMap { $0.split(separator: "/").dropLast().last })
      .sorted()
    {
      try folder.makeFolder("\(path)/\(subfolder)")
    }
    for name in files.keys.sorted() {
      try folder.write(files[name] ?? [], to: "\(path)/\(name)")
    }
  }

  /// Reads all files of a pack.
  ///
  /// - Throws: `WorkspaceError`
  static func read(
    _ path: String, in folder: WorkingFolder
  ) throws(WorkspaceError) -> [String: [UInt8]] {
    guard folder.isFolder(path) else {
      throw WorkspaceError(.environment, "\(path) is no folder with an evidence pack.")
    }
    var files: [String: [UInt8]] = [:]
    for name in folder.names(in: path) {
      let place = "\(path)/\(name)"
      guard folder.isFolder(place) else {
        files[name] = try folder.read(place, limit: largestFile)
        continue
      }
      for inner in folder.names(in: place) {
        files["\(name)/\(inner)"] = try folder.read("\(place)/\(inner)", limit: largestFile)
      }
    }
    return files
  }
}
