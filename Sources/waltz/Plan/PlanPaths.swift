/// From what a user names to the files that are meant.
struct PlanPaths {
  /// The folders outside of the repository that a link in it may lead to.
  let admitted: [String]

  let folder: WorkingFolder

  /// The files, in the order of the arguments, each once.
  ///
  /// - Throws: ``CommandError`` where a folder or a pattern has no file, or a link leads out of the
  ///   repository.
  func files(_ arguments: [String]) throws -> [String] {
    var files: [String] = []
    for argument in arguments { files += try self.files(argument) }
    try folder.checkLinks(files, admitting: admitted)
    guard files.count > 1 else { return files }
    var seen: Set<String> = []
    return files.filter { seen.insert($0 == "-" ? "-" : Files.resolved($0)).inserted }
  }

  private func files(_ argument: String) throws -> [String] {
    if argument == "-" { return ["-"] }
    if Files.isFolder(argument) {
      let found = try Files.yamlFiles(below: argument)
      guard found.isEmpty else { return found }
      throw CommandError(.environment, "There is no YAML file in the folder \(argument).")
    }
    // A file whose name looks like a pattern is that file.
    guard Glob.isPattern(argument), !Files.exists(argument) else { return [argument] }
    let found = try Glob(argument).files(
      names: Files.names(in:), isFolder: Files.isFolder(_:followingLinks:),
      yamlFiles: Files.yamlFiles(below:)
    )
    .filter(Files.canBeRead)
    guard found.isEmpty else { return found }
    throw CommandError(.environment, "No file matches the pattern \(argument).")
  }
}
