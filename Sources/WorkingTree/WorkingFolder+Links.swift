/// Where links of a repository may lead: a stranger may have made them.
extension WorkingFolder {
  /// Refuses files of a repository that are links to other files of this machine. What git keeps in its own
  /// folder, such as a token of the checkout, is outside too. Links may lead to the ``admitted`` folders. The
  /// files may be known to belong to a `repository`, whichever way they are reached.
  ///
  /// - Throws: ``WorkspaceError`` that names the first such link.
  package func checkLinks(
    _ files: [String], of repository: FolderPath? = nil
  ) throws(WorkspaceError) {
    var known: [String: [FolderPath]] = [:]
    for file in files where file != "-" {
      // What is not there cannot be resolved; reading it says so.
      let target = absolute(resolved(file))
      guard let destination = stray(from: absolute(file), to: target, of: repository, &known) else {
        continue
      }
      throw WorkspaceError(
        .arguments,
        "\(file) is a link that leads \(destination), to \(target.text). If that is intended, add "
          + "`--allow-outside FOLDER`.")
    }
  }

  /// Refuses to write where a link of a repository leads: out of it, into git's own folder, or to a place
  /// where nothing is.
  ///
  /// - Throws: ``WorkspaceError`` that names the first such path.
  package func checkOutputs(_ files: [String]) throws(WorkspaceError) {
    var known: [String: [FolderPath]] = [:]
    for file in files where file != "-" {
      guard !exists(file) || isReachable(file) else {
        throw WorkspaceError(
          .arguments, "\(file) is a link that leads nowhere, so nothing is written through it.")
      }
      let target = target(of: file)
      guard let destination = stray(from: absolute(file), to: target, of: nil, &known) else {
        continue
      }
      throw WorkspaceError(
        .arguments,
        "\(file) leads through a link \(destination), to \(target.text), so nothing is written "
          + "there. If that is intended, name the place itself.")
    }
  }

  /// Refuses to write two texts into one file, or one into a file that the same command reads: the one would
  /// take the place of the other. Devices and pipes take one after the other.
  ///
  /// - Throws: ``WorkspaceError`` that names the first such path.
  package func checkApart(
    _ outputs: [String], from inputs: [String]
  ) throws(WorkspaceError) {
    let outputs = outputs.filter { $0 != "-" && canBeReplaced($0) }
    guard !outputs.isEmpty else { return }
    // Standard input may be a file, as the shell opened it.
    let read = Set(inputs.map { target(of: $0 == "-" ? "/dev/stdin" : $0).text })
    var written: Set<String> = []
    for output in outputs {
      let target = target(of: output).text
      if read.contains(target) {
        throw WorkspaceError(
          .arguments,
          "\(output) is one of the files that are read, and the output would overwrite it. Name "
            + "another file for the output.")
      }
      guard written.insert(target).inserted else {
        throw WorkspaceError(
          .arguments,
          "\(output) would be written twice, and the second would overwrite the first. Name a file "
            + "for each.")
      }
    }
  }

  /// The place of a file without links; a new file is where its folder is.
  private func target(of file: String) -> FolderPath {
    if exists(file) { return absolute(resolved(file)) }
    let name = file.lastIndex(of: "/").map { file[file.index(after: $0)...] } ?? file[...]
    let folder = file.dropLast(name.count)
    return absolute(resolved(folder.isEmpty ? "." : String(folder)) + "/" + name)
  }

  /// Where a path leads that leaves a repository through a link, in words; nil where it does not.
  private func stray(
    from named: FolderPath, to target: FolderPath, of repository: FolderPath?,
    _ known: inout [String: [FolderPath]]
  ) -> String? {
    guard target != named else { return nil }
    let repositories = Self.repositories(around: named, &known) + (repository.map { [$0] } ?? [])
    let isInside = repositories.allSatisfy { target.parts.starts(with: $0.parts) }
    let isOfGit = target.parts.contains(".git") && !named.parts.contains(".git")
    guard !isInside || isOfGit && !repositories.isEmpty, !isAdmitted(target) else { return nil }
    return isInside ? "into a folder of git" : "out of the repository"
  }

  /// Whether a path lies in one of the admitted folders, all links followed.
  private func isAdmitted(_ path: FolderPath) -> Bool {
    admitted.lazy.compactMap(real).contains { path.parts.starts(with: $0.parts) }
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
}
