#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The process that keeps a file locked, as the system tells it.
struct LockHolder: Equatable {
  /// The process id.
  let pid: Int32

  /// Whether it stands still until somebody lets it go on.
  let isStopped: Bool

  /// Nil where no process has a lock on the file, or nobody can tell which: `/proc` knows it on Linux alone.
  init?(ofFileAt path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    let file = "\(facts.st_ino)"
    // `1: POSIX  ADVISORY  WRITE 4711 08:01:131 1073741824 1073742335`
    let pids = Self.lines(of: "/proc/locks").compactMap { line -> Int32? in
      let fields = line.split(separator: " ")
      guard fields.count > 5, fields[1] == "POSIX",
        fields[5].split(separator: ":").last.map(String.init) == file
      else { return nil }
      return Int32(fields[4])
    }
    guard let pid = pids.first(where: { $0 > 0 && $0 != getpid() && Self.hasOpen(path, facts, $0) })
    else { return nil }
    self.pid = pid
    isStopped = Self.lines(of: "/proc/\(pid)/status").contains {
      $0.hasPrefix("State:\tT") || $0.hasPrefix("State:\tt")
    }
  }

  /// An inode number alone may be another file's, on another file system. Where it cannot be looked at, it is believed.
  private static func hasOpen(_ path: String, _ facts: stat, _ pid: Int32) -> Bool {
    guard let folder = opendir("/proc/\(pid)/fd") else { return errno == EACCES }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var found = stat()
      if stat("/proc/\(pid)/fd/\(name)", &found) == 0, found.st_ino == facts.st_ino,
        found.st_dev == facts.st_dev
      {
        return true
      }
    }
    return false
  }

  private static func lines(of path: String) -> [Substring] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0, text.count < 1 << 24 else { break }
      text += buffer[..<count]
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n")
  }
}
