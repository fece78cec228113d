#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files that a user names.
enum Files {
  /// The bytes of a file, at most `limit` of them; `-` is standard input.
  ///
  /// A file over the limit comes back with one byte more than the limit, so that who reads it can say so.
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "can not be read") }
    defer { if descriptor != 0 { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, "can not be read") }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw CommandError(.environment, "\(path) is a folder, not a file.")
    }
    var bytes: [UInt8] = []
    var capacity = min(max(Int(status.st_size) + 1, 65_536), limit + 1)
    while bytes.count <= limit {
      let room = max(capacity - bytes.count, 65_536)
      let before = bytes.count
      var problem: CommandError?
      bytes.append(
        contentsOf: [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
          let result = systemRead(descriptor, buffer.baseAddress, min(room, limit + 1 - before))
          if result < 0 { problem = failure(path, "can not be read") }
          count = max(result, 0)
        })
      if let problem { throw problem }
      if bytes.count == before { break }
      capacity = min(capacity * 2, limit + 1)
      if bytes.count > limit { break }
    }
    return bytes
  }

  /// Writes a file whole: beside its place first, then moved there. A link is followed; a device or a pipe
  /// is written to as it is.
  static func write(_ bytes: [UInt8], to named: String) throws {
    var status = stat()
    let isThere = stat(named, &status) == 0
    if isThere, status.st_mode & S_IFMT != S_IFREG {
      let descriptor = open(named, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure(named, "can not be written") }
      defer { close(descriptor) }
      return try write(bytes, to: descriptor, named: named)
    }
    let path = isThere ? resolved(named) : named
    let draft = "\(path).\(getpid()).new"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, "can not be written") }
    do {
      try write(bytes, to: descriptor, named: path)
    } catch {
      close(descriptor)
      unlink(draft)
      throw error
    }
    // What is replaced keeps its mode.
    if isThere { fchmod(descriptor, status.st_mode & 0o7777) }
    guard fsync(descriptor) == 0, close(descriptor) == 0, rename(draft, path) == 0 else {
      let problem = failure(path, "can not be written")
      unlink(draft)
      throw problem
    }
  }

  /// Writes behind what a file holds.
  static func append(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, "can not be written") }
    defer { close(descriptor) }
    try write(bytes, to: descriptor, named: path)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, named path: String) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path, "can not be written") }
      written += count
    }
  }

  /// The path without links; as it is where it can not be resolved.
  static func resolved(_ path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// Whether anything is at the path.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether something is at the path that can be read to its end: not a pipe, which would be waited for,
  /// nor a device. A link that leads nowhere counts, so that reading it says so.
  static func canBeRead(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return exists(path) }
    let kind = status.st_mode & S_IFMT
    return kind == S_IFREG || kind == S_IFDIR
  }

  /// Whether the path is a folder.
  static func isFolder(_ path: String) -> Bool { isFolder(path, followingLinks: true) }

  /// Whether the path is a folder; a link to one is where links are followed.
  static func isFolder(_ path: String, followingLinks: Bool) -> Bool {
    var status = stat()
    let isThere = followingLinks ? stat(path, &status) == 0 : lstat(path, &status) == 0
    return isThere && status.st_mode & S_IFMT == S_IFDIR
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

  private static func failure(_ path: String, _ what: String) -> CommandError {
    if errno == ENOENT, path.unicodeScalars.contains("\u{FFFD}") {
      return CommandError(.environment, "`\(path)` \(what): its name is not UTF-8. Rename it.")
    }
    return CommandError(.environment, "`\(path)` \(what): \(String(cString: strerror(errno))).")
  }
}

/// Reads once more where a signal came between.
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int)
  -> Int
{
  while true {
    let result = read(descriptor, buffer, count)
    if result >= 0 || errno != EINTR { return result }
  }
}

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
