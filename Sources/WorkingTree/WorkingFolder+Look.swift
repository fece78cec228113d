#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is where a path leads.
extension WorkingFolder {
  /// The path without links; as it is where it cannot be resolved.
  package func resolved(_ path: String) -> String {
    guard let pointer = realpath(system(path), nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  private func kind(_ path: String, followingLinks: Bool = true) -> FileKind? {
    FileKind(at: system(path), followingLinks: followingLinks)
  }

  /// Whether anything is at the path.
  package func exists(_ path: String) -> Bool { kind(path, followingLinks: false) != nil }

  /// Whether something is where the path leads, links followed.
  func isReachable(_ path: String) -> Bool { kind(path) != nil }

  /// Whether something is at the path that can be read to its end: not a pipe, which would be waited for,
  /// nor a device. A link that leads nowhere counts, so that reading it says so.
  package func canBeRead(_ path: String) -> Bool { exists(path) && !isPipeOrDevice(path) }

  /// Whether something other than a file or a folder is where the path leads.
  private func isPipeOrDevice(_ path: String) -> Bool {
    ![nil, .file, .folder].contains(kind(path))
  }

  /// Whether writing to the path leaves nothing of what was there: a file or nothing yet, not a device nor a
  /// pipe.
  func canBeReplaced(_ path: String) -> Bool { [nil, .file].contains(kind(path)) }

  /// Whether what is read there is no file that could be written again: standard input, what the caller's
  /// shell has opened, whatever that is, a pipe or a device.
  package func isStream(_ path: String) -> Bool {
    StandardInput.isOpenedByCaller(path) || isPipeOrDevice(path)
  }

  /// Whether the path itself is a link, wherever it leads.
  package func isLink(_ path: String) -> Bool { kind(path, followingLinks: false) == .link }

  /// Whether the path is a folder; a link to one is where links are followed.
  package func isFolder(_ path: String, followingLinks: Bool = true) -> Bool {
    kind(path, followingLinks: followingLinks) == .folder
  }

  /// The names in a folder, sorted; nothing where it cannot be listed. The empty path is this folder.
  package func names(in folder: String) -> [String] {
    guard let directory = opendir(system(folder.isEmpty ? "." : folder)) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = Self.name(of: entry)
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) { tuple in
      tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
  }

  /// The YAML files below a folder, sorted; hidden folders and links are left alone.
  package func yamlFiles(below folder: String) throws(WorkspaceError) -> [String] {
    guard let directory = opendir(system(folder)) else {
      throw Self.failure(folder, "cannot be listed")
    }
    defer { closedir(directory) }
    var files: [String] = []
    var folders: [String] = []
    while let entry = readdir(directory) {
      let name = Self.name(of: entry)
      guard !name.hasPrefix(".") else { continue }
      let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      switch kind(path, followingLinks: false) {
      // A name that is no UTF-8 cannot be spelled. It is not passed over in silence: reading it fails.
      case nil where name.unicodeScalars.contains("\u{FFFD}"): files.append(path)
      case .folder: folders.append(path)
      case .file where name.hasSuffix(".yaml") || name.hasSuffix(".yml"): files.append(path)
      default: break
      }
    }
    for inner in folders { files += try yamlFiles(below: inner) }
    return files.sorted()
  }

  /// What went wrong with a file, as `errno` has it.
  static func failure(_ path: String, _ what: String) -> WorkspaceError {
    if errno == ENOENT, path.unicodeScalars.contains("\u{FFFD}") {
      return WorkspaceError(.environment, "`\(path)` \(what): its name is not UTF-8. Rename it.")
    }
    return WorkspaceError(.environment, "`\(path)` \(what): \(String(cString: strerror(errno))).")
  }
}
