import PlanModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One walk along a path, part by part, from folders that are held open.
///
/// The system follows no link here: each part is opened relative to the folder before it and refused if it
/// is a link, whose text is then walked like the rest of the path. So what is opened is what was looked
/// at, whoever renames things meanwhile. Outside the roots nothing is touched: names are only counted,
/// until they lead into a root again or the path ends.
struct FileWalk {
  private let roots: [PlanFolder.Root]

  /// Where the walk stands, without links.
  private var position = FolderPath(spelled: "/")

  /// The open folders from the root that the walk is in down to `position`; empty outside the roots.
  private var descriptors: [Int32] = []

  /// The parts ahead, the next one last.
  private var ahead: [Substring] = []

  /// The links that were followed; the first one is named where the walk ends outside.
  private var links: [Substring] = []

  private static let mostLinks = 40

  init(roots: [PlanFolder.Root]) {
    self.roots = roots
  }

  /// Closes what is open.
  mutating func close() {
    for descriptor in descriptors { systemClose(descriptor) }
    descriptors = []
  }

  /// The bytes of the ordinary file at `path`, which starts in `folder`.
  mutating func read(
    _ path: String, from folder: FolderPath, limit: Int
  ) throws(FileTrouble) -> NamedFile {
    try moveToTop()
    ahead = folder.parts.reversed()
    while let part = ahead.popLast() { try enter(part) }
    try take(path[...])
    while let part = ahead.popLast() {
      if let file = try step(part, limit: limit) { return file }
    }
    throw descriptors.isEmpty ? .outside(link: links.first.map(String.init)) : .notAFile(.folder)
  }

  /// Puts the parts of a path before those that are ahead.
  private mutating func take(_ path: Substring) throws(FileTrouble) {
    if path.first == "/" { try moveToTop() }
    ahead += path.split(separator: "/").reversed()
  }

  private mutating func moveToTop() throws(FileTrouble) {
    close()
    position.parts = []
    try openRoot()
  }

  /// One part further; the file, where the part is one.
  private mutating func step(_ part: Substring, limit: Int) throws(FileTrouble) -> NamedFile? {
    if part == "." { return nil }
    if part == ".." {
      _ = position.parts.popLast()
      if let last = descriptors.popLast() { systemClose(last) }
      if descriptors.isEmpty { try openRoot() }
      return nil
    }
    guard let here = descriptors.last else {
      try enter(part)
      return nil
    }
    var status = stat()
    guard fstatat(here, String(part), &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw errno == ENOENT ? .missing(part: String(part)) : Self.refusal()
    }
    switch status.st_mode & S_IFMT {
    case S_IFLNK:
      links.append(part)
      guard links.count <= Self.mostLinks else { throw .tooManyLinks }
      try take(try target(of: part, in: here))
      return nil
    case S_IFDIR:
      guard part != ".git" else { throw .ofGit }
      try enter(part)
      return nil
    case S_IFREG where part == ".git": throw .ofGit
    case S_IFREG where ahead.isEmpty:
      return try readFile(part, in: here, limit: limit)
    case S_IFREG: throw .missing(part: String(ahead.last ?? part))
    case S_IFIFO: throw .notAFile(.pipe)
    case S_IFSOCK: throw .notAFile(.socket)
    case S_IFCHR, S_IFBLK: throw .notAFile(.device)
    default: throw .notAFile(.other)
    }
  }

  /// Goes into a folder: opens it in a root, takes note of its name outside.
  private mutating func enter(_ part: Substring) throws(FileTrouble) {
    if let here = descriptors.last {
      let next = openat(here, String(part), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else { throw Self.refusal() }
      descriptors.append(next)
      position.parts.append(part)
    } else {
      position.parts.append(part)
      try openRoot()
    }
  }

  /// Opens the root that the walk has come to from outside, if it has.
  private mutating func openRoot() throws(FileTrouble) {
    guard let root = roots.first(where: { $0.real == position || $0.spelled == position }) else {
      return
    }
    position = root.real
    let descriptor = open(root.real.text, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.refusal() }
    descriptors = [descriptor]
  }

  private func target(of link: Substring, in folder: Int32) throws(FileTrouble) -> Substring {
    let room = Int(PATH_MAX)
    var buffer = [UInt8](repeating: 0, count: room)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.bindMemory(to: CChar.self).baseAddress.map {
        readlinkat(folder, String(link), $0, room)
      } ?? -1
    }
    guard count >= 0 else { throw Self.refusal() }
    return String(decoding: buffer[..<count], as: UTF8.self)[...]
  }

  private func readFile(
    _ name: Substring, in folder: Int32, limit: Int
  ) throws(FileTrouble) -> NamedFile {
    // What was an ordinary file a moment ago may be a pipe by now: it is not waited for, and looked at again.
    let descriptor = openat(
      folder, String(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.refusal() }
    defer { systemClose(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.refusal() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(.other) }
    guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
    // It may have grown since it was measured.
    guard
      let bytes = OpenFile(descriptor: descriptor).bytes(
        atMost: limit + 1, expecting: Int(status.st_size))
    else { throw Self.refusal() }
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    return NamedFile(bytes: bytes, isReadByOthers: status.st_mode & (S_IRGRP | S_IROTH) != 0)
  }

  private static func refusal() -> FileTrouble { .refused(String(cString: strerror(errno))) }
}

private func systemClose(_ descriptor: Int32) { close(descriptor) }
