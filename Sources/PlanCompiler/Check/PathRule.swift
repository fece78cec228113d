import PlanText

/// Which paths a plan may write (`README.md`, "The certificates that a plan names").
///
/// It looks at the text alone; that no symbolic link leads elsewhere is for who opens the file.
public struct PathRule: Sendable, Equatable {
  /// Paths within the plan's folder, wherever that is.
  public static let folderOnly = PathRule(folder: "/", admitting: [])

  private let folder: [Substring]
  private let admitted: [[Substring]]

  /// Paths within the plan's folder and within others; all absolute, without links.
  public init(folder: String, admitting others: [String]) {
    self.folder = folder.split(separator: "/")
    admitted = others.map { $0.split(separator: "/") }
  }

  /// Whether a plan may write this path.
  func admits(_ path: String) -> Bool {
    guard path.leavesFolder else { return true }
    guard !admitted.isEmpty else { return false }
    var parts = path.hasPrefix("/") ? [] : folder
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return admitted.contains { parts.starts(with: $0) }
  }
}

extension String {
  /// Whether the path is absolute on any system or climbs out of the folder it starts in.
  fileprivate var leavesFolder: Bool {
    var path = self
    return path.withUTF8 { bytes in
      guard let first = bytes.first else { return false }
      if first.isSeparator || first == "~" { return true }
      if first.isLetter, bytes.count > 1, bytes[1] == ":" { return true }
      var depth = 0
      var start = 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, !bytes[end].isSeparator { end += 1 }
        let isDots = bytes[start..<end].allSatisfy { $0 == "." }
        switch end - start {
        case 0: break
        case 1 where isDots: break
        case 2 where isDots: depth -= 1
        default: depth += 1
        }
        if depth < 0 { return true }
        start = end + 1
      }
      return false
    }
  }
}

extension UInt8 {
  fileprivate var isSeparator: Bool { self == "/" || self == "\\" }
}
