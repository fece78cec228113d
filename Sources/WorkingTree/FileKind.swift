#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is at a path.
enum FileKind: Equatable {
  case file
  case folder
  case link
  case pipe

  /// A socket, a terminal, a disk.
  case device

  /// What a path leads to as the system takes it; nil where nothing is there. A link is what it leads to, where
  /// links are followed.
  init?(at path: String, followingLinks: Bool = true) {
    var status = stat()
    guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    self.init(status)
  }

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    case S_IFIFO: self = .pipe
    default: self = .device
    }
  }
}
