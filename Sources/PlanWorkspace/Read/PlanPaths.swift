package import WorkingTree

/// From what a user names to the files that are meant.
package struct PlanPaths {
  /// A file that is meant.
  package struct File: Sendable, Equatable {
    /// As the user gave it; `-` is standard input.
    package let path: String

    /// Whether the user named the file itself. Of what was found in a folder or by a pattern only the
    /// documents of Waltz are meant.
    package var isNamed: Bool
  }

  private let folder: WorkingFolder

  package init(in folder: WorkingFolder) {
    self.folder = folder
  }

  /// The files, in the order of the arguments, each once.
  ///
  /// - Throws: ``WorkspaceError`` where a folder or a pattern has no file, or a link leads out of the
  ///   repository. No folder behind such a link is listed.
  package func files(_ arguments: [String]) throws -> [File] {
    var files: [File] = []
    for argument in arguments { files += try self.files(argument) }
    try folder.checkLinks(files.map(\.path))
    guard files.count > 1 else { return files }
    var positions: [String: Int] = [:]
    var unique: [File] = []
    for file in files {
      let place = StandardInput.isMeant(by: file.path) ? "-" : folder.resolved(file.path)
      if let position = positions[place] {
        unique[position].isNamed = unique[position].isNamed || file.isNamed
      } else {
        positions[place] = unique.count
        unique.append(file)
      }
    }
    return unique
  }

  private func files(_ argument: String) throws -> [File] {
    if argument == "-" { return [File(path: "-", isNamed: true)] }
    if folder.isFolder(argument) {
      try folder.checkLinks([argument])
      let found = try folder.yamlFiles(below: argument)
      guard found.isEmpty else { return found.map { File(path: $0, isNamed: false) } }
      throw WorkspaceError(.environment, "There is no YAML file in the folder \(argument).")
    }
    // A file whose name looks like a pattern is that file.
    guard Glob.isPattern(argument), !folder.exists(argument) else {
      return [File(path: argument, isNamed: true)]
    }
    let found = try Glob(argument).files(
      names: folder.names(in:),
      isFolder: { path, followsLinks in
        guard folder.isFolder(path, followingLinks: followsLinks) else { return false }
        if followsLinks, folder.isLink(path) {
          try folder.checkLinks([path])
        }
        return true
      },
      yamlFiles: folder.yamlFiles(below:)
    )
    .filter(folder.canBeRead)
    guard found.isEmpty else { return found.map { File(path: $0, isNamed: false) } }
    throw WorkspaceError(.environment, "No file matches the pattern \(argument).")
  }
}
