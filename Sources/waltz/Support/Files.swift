#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files that a user names.
enum Files {
  /// The path without links; as it is where it can not be resolved.
  static func resolved(_ path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// What is at the path, such as `S_IFREG`; nil where nothing is.
  private static func kind(_ path: String, followingLinks: Bool = true) -> mode_t? {
    var status = stat()
    let isThere = followingLinks ? stat(path, &status) == 0 : lstat(path, &status) == 0
    return isThere ? status.st_mode & S_IFMT : nil
  }

  /// Whether anything is at the path.
  static func exists(_ path: String) -> Bool { kind(path, followingLinks: false) != nil }

  /// Whether something is where the path leads, links followed.
  static func isReachable(_ path: String) -> Bool { kind(path) != nil }

  /// Whether something is at the path that can be read to its end: not a pipe, which would be waited for,
  /// nor a device. A link that leads nowhere counts, so that reading it says so.
  static func canBeRead(_ path: String) -> Bool { exists(path) && !isPipeOrDevice(path) }

  /// Whether something other than a file or a folder is where the path leads.
  static func isPipeOrDevice(_ path: String) -> Bool {
    kind(path).map { $0 != S_IFREG && $0 != S_IFDIR } ?? false
  }

  /// Whether writing to the path leaves nothing of what was there: a file or nothing yet, not a device nor a
  /// pipe.
  static func canBeReplaced(_ path: String) -> Bool { [nil, S_IFREG].contains(kind(path)) }

  /// Whether the path itself is a link, wherever it leads.
  static func isLink(_ path: String) -> Bool { kind(path, followingLinks: false) == S_IFLNK }

  /// Whether the path is a folder; a link to one is where links are followed.
  static func isFolder(_ path: String, followingLinks: Bool = true) -> Bool {
    kind(path, followingLinks: followingLinks) == S_IFDIR
  }

  /// The names in a folder, sorted; nothing where it can not be listed. The empty path is the working
  /// folder.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = name(of: entry)
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
  static func yamlFiles(below folder: String) throws -> [String] {
    guard let directory = opendir(folder) else { throw failure(folder, "can not be listed") }
    defer { closedir(directory) }
    var files: [String] = []
    var folders: [String] = []
    while let entry = readdir(directory) {
      let name = name(of: entry)
      guard !name.hasPrefix(".") else { continue }
      let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else {
        // A name that is no UTF-8 can not be spelled. It is not passed over in silence: reading it fails.
        if name.unicodeScalars.contains("\u{FFFD}") { files.append(path) }
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: folders.append(path)
      case S_IFREG where name.hasSuffix(".yaml") || name.hasSuffix(".yml"): files.append(path)
      default: break
      }
    }
    for inner in folders { files += try yamlFiles(below: inner) }
    return files.sorted()
  }

  /// What went wrong with a file, as `errno` has it.
  static func failure(_ path: String, _ what: String) -> CommandError {
    if errno == ENOENT, path.unicodeScalars.contains("\u{FFFD}") {
      return CommandError(.environment, "`\(path)` \(what): its name is not UTF-8. Rename it.")
    }
    return CommandError(.environment, "`\(path)` \(what): \(String(cString: strerror(errno))).")
  }
}
