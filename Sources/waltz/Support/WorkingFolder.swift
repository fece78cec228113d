import Reports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the command was started, and the repository around it.
struct WorkingFolder {
  /// Without links.
  let path: String

  /// The nearest folder from here up that holds a `.git`; nil outside of a repository.
  let repository: String?

  init() {
    path =
      realpath(".", nil).map { pointer in
        defer { free(pointer) }
        return String(cString: pointer)
      } ?? "/"
    var folder = path
    var found: String?
    while found == nil {
      if Files.exists(folder == "/" ? "/.git" : folder + "/.git") { found = folder }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { break }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
    repository = found
  }

  /// How programs know a file: relative to the repository, else to the working folder.
  func reportPath(of name: String) -> DiagnosticReport.Path {
    let root = repository ?? path
    let named = absolute(name)
    if let inside = Self.path(named, below: root) { return .init(inside, isInside: true) }
    let resolved = Files.resolved(named)
    if let inside = Self.path(resolved, below: root) { return .init(inside, isInside: true) }
    return .init(named, isInside: false)
  }

  /// Refuses files of the repository that are links to other files of this machine: a stranger may have made
  /// them. They may lead to the admitted folders.
  ///
  /// - Throws: ``CommandError`` that names the first such link.
  func checkLinks(_ files: [String], admitting admitted: [String]) throws {
    for file in files where file != "-" && leadsOutside(file) {
      let target = Files.resolved(file)
      if FolderPath(spelled: target).isBelow(any: admitted) { continue }
      throw CommandError(
        .usage,
        "\(file) is a link that leads out of the repository, to \(target). If that is meant: "
          + "--allow-outside FOLDER.")
    }
  }

  /// Whether a path that lies in the repository leads out of it through a link.
  private func leadsOutside(_ name: String) -> Bool {
    guard let repository, Self.path(absolute(name), below: repository) != nil else { return false }
    let resolved = Files.resolved(name)
    // What is not there can not be resolved; reading it says so.
    return resolved != name && Self.path(absolute(resolved), below: repository) == nil
  }

  /// The path from the root of the file system, without `.` and `..`; links stay as they are.
  private func absolute(_ name: String) -> String {
    var components: [Substring] = []
    for component in (name.hasPrefix("/") ? name : "\(path)/\(name)").split(separator: "/") {
      switch component {
      case ".": break
      case "..": _ = components.popLast()
      default: components.append(component)
      }
    }
    return "/" + components.joined(separator: "/")
  }

  private static func path(_ path: String, below root: String) -> String? {
    if path == root { return "." }
    let prefix = root == "/" ? "/" : root + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }
}
