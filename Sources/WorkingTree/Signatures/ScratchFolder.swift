#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of the user's own that is gone afterwards: for programs that take paths, and must see the bytes that were read
/// once and not what has become of their file since.
struct ScratchFolder {
  let path: String

  /// Does something with a new folder, and removes it with what is in it.
  static func with<Value: Sendable>(
    _ body: (ScratchFolder) async throws(WorkspaceError) -> Value
  ) async throws(WorkspaceError) -> Value {
    var template = Array("/tmp/waltz-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw WorkspaceError(
        .environment, "No folder can be made in /tmp: \(String(cString: strerror(errno))).")
    }
    let name = template.dropLast().map { UInt8(bitPattern: $0) }
    let folder = ScratchFolder(path: String(decoding: name, as: UTF8.self))
    defer { folder.remove() }
    return try await body(folder)
  }

  /// Writes a new file that nobody else reads.
  ///
  /// - Returns: Its path.
  func write(_ bytes: [UInt8], as name: String) throws(WorkspaceError) -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw WorkingFolder.failure(file, "cannot be written") }
    defer { close(descriptor) }
    guard OpenFile(descriptor: descriptor).write(bytes) else {
      throw WorkingFolder.failure(file, "cannot be written")
    }
    return file
  }

  private func remove() {
    guard let stream = opendir(path) else { return }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    closedir(stream)
    for name in names where name != "." && name != ".." { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
