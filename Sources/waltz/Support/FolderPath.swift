#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An absolute path as its parts, without `.` and `..`; empty for the root of the file system.
struct FolderPath: Equatable, Sendable {
  var parts: [Substring]

  /// The path in words.
  var text: String { "/" + parts.joined(separator: "/") }

  /// An absolute path, read word by word: `..` takes back the part before it.
  init(spelled text: String) {
    parts = []
    for part in text.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
  }

  /// Where a path leads to with all links followed; nil where nothing is there.
  init?(real path: String) {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    self.init(spelled: String(cString: pointer))
  }

  /// A path of the command line, read word by word from the working directory.
  init?(named path: String) {
    if path.hasPrefix("/") {
      self.init(spelled: path)
    } else {
      guard let here = FolderPath(real: ".") else { return nil }
      self.init(spelled: here.text + "/" + path)
    }
  }

  /// Whether the path lies in one of the folders, all links followed.
  func isBelow(any folders: [String]) -> Bool {
    folders.lazy.compactMap(FolderPath.init(real:)).contains { parts.starts(with: $0.parts) }
  }

  /// The path from a folder that it lies in, `.` for that folder itself; nil outside of it.
  func text(below folder: FolderPath) -> String? {
    guard parts.starts(with: folder.parts) else { return nil }
    let rest = parts.dropFirst(folder.parts.count)
    return rest.isEmpty ? "." : rest.joined(separator: "/")
  }

  /// This folder and those that it is in which are repositories, the innermost first.
  var repositories: some Sequence<FolderPath> {
    sequence(first: self, next: \.parent).lazy.filter { Files.exists($0.text + "/.git") }
  }

  /// The folder that this is in.
  var parent: FolderPath? {
    guard !parts.isEmpty else { return nil }
    var copy = self
    copy.parts.removeLast()
    return copy
  }
}
