/// From what a user names to the files that are meant.
struct PlanPaths {
  /// A file that is meant.
  struct File: Sendable, Equatable {
    /// As the user gave it; `-` is standard input.
    let path: String

    /// Whether the user named the file itself. Of what was found in a folder or by a pattern only the
    /// documents of Waltz are meant.
    var isNamed: Bool
  }

  /// The folders outside of the repository that a link in it may lead to.
  let admitted: [String]

  let folder: WorkingFolder

  /// The files, in the order of the arguments, each once.
  ///
  /// - Throws: ``CommandError`` where a folder or a pattern has no file, or a link leads out of the
  ///   repository. No folder behind such a link is listed.
  func files(_ arguments: [String]) throws -> [File] {
    var files: [File] = []
    for argument in arguments { files += try self.files(argument) }
    try folder.checkLinks(files.map(\.path), admitting: admitted)
    guard files.count > 1 else { return files }
    var positions: [String: Int] = [:]
    var unique: [File] = []
    for file in files {
      let place = Files.isStandardInput(file.path) ? "-" : Files.resolved(file.path)
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
    if Files.isFolder(argument) {
      try folder.checkLinks([argument], admitting: admitted)
      let found = try Files.yamlFiles(below: argument)
      guard found.isEmpty else { return found.map { File(path: $0, isNamed: false) } }
      throw CommandError(.environment, "There is no YAML file in the folder \(argument).")
    }
    // A file whose name looks like a pattern is that file.
    guard Glob.isPattern(argument), !Files.exists(argument) else {
      return [File(path: argument, isNamed: true)]
    }
    let found = try Glob(argument).files(
      names: Files.names(in:),
      isFolder: { path, followsLinks in
        guard Files.isFolder(path, followingLinks: followsLinks) else { return false }
        if followsLinks, Files.isLink(path) {
          try folder.checkLinks([path], admitting: admitted)
        }
        return true
      },
      yamlFiles: Files.yamlFiles(below:)
    )
    .filter(Files.canBeRead)
    guard found.isEmpty else { return found.map { File(path: $0, isNamed: false) } }
    throw CommandError(.environment, "No file matches the pattern \(argument).")
  }
}
