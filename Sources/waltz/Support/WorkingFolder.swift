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

  /// Refuses files of a repository that are links to other files of this machine: a stranger may have made
  /// them. What git keeps in its own folder, such as a token of the checkout, is outside too. Links may
  /// lead to the `admitted` folders.
  ///
  /// - Throws: ``CommandError`` that names the first such link.
  func checkLinks(_ files: [String], admitting admitted: [String]) throws {
    var known: [String: [FolderPath]] = [:]
    for file in files where file != "-" {
      let named = FolderPath(spelled: absolute(file))
      let target = FolderPath(spelled: absolute(Files.resolved(file)))
      // What is not there can not be resolved; reading it says so.
      guard target != named else { continue }
      let repositories = Self.repositories(around: named, &known)
      let isInside = repositories.allSatisfy { target.parts.starts(with: $0.parts) }
      let isOfGit = target.parts.contains(".git") && !named.parts.contains(".git")
      guard !isInside || isOfGit && !repositories.isEmpty, !target.isBelow(any: admitted) else {
        continue
      }
      throw CommandError(
        .usage,
        "\(file) is a link that leads \(isInside ? "into a folder of git" : "out of the repository"), to "
          + "\(target.text). If that is meant: --allow-outside FOLDER.")
    }
  }

  /// The repositories whose folders a path goes through as it is spelled, without links. Every one counts:
  /// a link on the way may lead into another repository.
  private static func repositories(
    around file: FolderPath, _ known: inout [String: [FolderPath]]
  ) -> [FolderPath] {
    guard let folder = file.parent else { return [] }
    if let found = known[folder.text] { return found }
    let found = sequence(first: folder, next: \.parent).compactMap { folder in
      let isRepository = Files.exists(folder.parts.isEmpty ? "/.git" : folder.text + "/.git")
      return isRepository ? FolderPath(real: folder.text) : nil
    }
    known[folder.text] = found
    return found
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
