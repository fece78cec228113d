import Reports

/// Where the command was started, and the repository around it.
struct WorkingFolder {
  /// Without links.
  private let folder: FolderPath

  /// The nearest folder from here up that holds a `.git`; nil outside of a repository.
  private let repository: FolderPath?

  init() {
    folder = FolderPath(real: ".") ?? FolderPath(spelled: "/")
    repository = folder.repositories.first { _ in true }
  }

  /// How programs know a file: relative to the repository, else to the working folder.
  func reportPath(of name: String) -> DiagnosticReport.Path {
    let root = repository ?? folder
    let named = absolute(name)
    if let inside = named.text(below: root) { return .init(inside, isInside: true) }
    let resolved = FolderPath(spelled: Files.resolved(named.text))
    if let inside = resolved.text(below: root) { return .init(inside, isInside: true) }
    return .init(named.text, isInside: false)
  }

  /// Refuses files of a repository that are links to other files of this machine: a stranger may have made
  /// them. What git keeps in its own folder, such as a token of the checkout, is outside too. Links may
  /// lead to the `admitted` folders. The files may be known to belong to a `repository`, whichever way they
  /// are reached.
  ///
  /// - Throws: ``CommandError`` that names the first such link.
  func checkLinks(
    _ files: [String], of repository: FolderPath? = nil, admitting admitted: [String]
  ) throws {
    var known: [String: [FolderPath]] = [:]
    for file in files where file != "-" {
      let named = absolute(file)
      let target = absolute(Files.resolved(file))
      // What is not there can not be resolved; reading it says so.
      guard target != named else { continue }
      let repositories = Self.repositories(around: named, &known) + (repository.map { [$0] } ?? [])
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
    let found = folder.repositories.compactMap { FolderPath(real: $0.text) }
    known[folder.text] = found
    return found
  }

  /// The path from the root of the file system; links stay as they are.
  private func absolute(_ name: String) -> FolderPath {
    FolderPath(spelled: name.hasPrefix("/") ? name : "\(folder.text)/\(name)")
  }
}
