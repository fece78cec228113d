import EvidencePacks
import WorkingTree

/// The folder of an evidence pack, or the archive where its path ends in `.tar`.
enum PackFolder {
  /// What the signature of a pack is for.
  static let namespace = "waltz-evidence"

  /// More than any record of a run has.
  private static let largestFile = 1 << 30

  /// Writes the files of a pack into a folder that is new or empty, or into an archive that is new.
  ///
  /// - Throws: `WorkspaceError`
  static func write(
    _ files: [String: [UInt8]], of run: String, to path: String, in folder: WorkingFolder
  ) throws(WorkspaceError) {
    if isArchive(path) {
      guard folder.real(path) == nil else {
        throw WorkspaceError(
          .arguments, "\(path) is there already. Name a file that is not: a pack is written once.")
      }
      guard let bytes = PackArchive(files, in: run).bytes else {
        throw WorkspaceError(.environment, "The names of this pack are too long for an archive.")
      }
      return try folder.write(bytes, to: path)
    }
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

  private static func isArchive(_ path: String) -> Bool { path.hasSuffix(".tar") }

  /// Reads all files of a pack; an archive is not unpacked.
  ///
  /// - Throws: `WorkspaceError`
  static func read(
    _ path: String, in folder: WorkingFolder
  ) throws(WorkspaceError) -> [String: [UInt8]] {
    if isArchive(path), !folder.isFolder(path) {
      let bytes = try folder.read(path, limit: largestFile)
      do throws(PackArchive.Fault) {
        return try PackArchive(bytes).files
      } catch {
        throw WorkspaceError(.findings, "\(path) \(error.message).")
      }
    }
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
