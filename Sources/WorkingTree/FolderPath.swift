#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An absolute path as its parts, without `.` and `..`; empty for the root of the file system.
package struct FolderPath: Equatable, Sendable {
  package var parts: [Substring]

  /// The path in words.
  package var text: String { "/" + parts.joined(separator: "/") }

  /// An absolute path, read word by word: `..` takes back the part before it.
  package init(spelled text: String) {
    parts = []
    for part in text.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
  }

  /// Where a path of the system leads to with all links followed; nil where nothing is there.
  package init?(real path: String) {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    self.init(spelled: String(cString: pointer))
  }

  /// The path from a folder that it lies in, `.` for that folder itself; nil outside of it.
  package func text(below folder: FolderPath) -> String? {
    guard parts.starts(with: folder.parts) else { return nil }
    let rest = parts.dropFirst(folder.parts.count)
    return rest.isEmpty ? "." : rest.joined(separator: "/")
  }

  /// This folder and those that it is in which are repositories, the innermost first.
  var repositories: some Sequence<FolderPath> {
    sequence(first: self, next: \.parent).lazy.filter {
      FileKind(at: $0.text + "/.git", followingLinks: false) != nil
    }
  }

  /// The folder that this is in.
  var parent: FolderPath? {
    guard !parts.isEmpty else { return nil }
    var copy = self
    copy.parts.removeLast()
    return copy
  }

  /// The nearest folder from here up that is there and no link.
  package var nearestFolder: FolderPath {
    sequence(first: self, next: \.parent)
      .first { FileKind(at: $0.text, followingLinks: false) == .folder }
      ?? FolderPath(spelled: "/")
  }
}
