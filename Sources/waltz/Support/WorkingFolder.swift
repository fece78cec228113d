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
      // What is not there can not be resolved; reading it says so.
      let target = absolute(Files.resolved(file))
      guard
        let whither = stray(
          from: absolute(file), to: target, of: repository, admitting: admitted, &known)
      else { continue }
      throw CommandError(
        .usage,
        "\(file) is a link that leads \(whither), to \(target.text). If that is meant: "
          + "--allow-outside FOLDER.")
    }
  }

  /// Refuses to write where a link of a repository leads: out of it, into git's own folder, or to a place
  /// where nothing is.
  ///
  /// - Throws: ``CommandError`` that names the first such path.
  func checkOutputs(_ files: [String], admitting admitted: [String] = []) throws {
    var known: [String: [FolderPath]] = [:]
    for file in files where file != "-" {
      guard !Files.exists(file) || Files.isReachable(file) else {
        throw CommandError(
          .usage, "\(file) is a link that leads nowhere; nothing is written through it.")
      }
      let target = target(of: file)
      guard
        let whither = stray(
          from: absolute(file), to: target, of: nil, admitting: admitted, &known)
      else { continue }
      throw CommandError(
        .usage,
        "\(file) leads through a link \(whither), to \(target.text); nothing is written there. If that is "
          + "meant, name that place itself.")
    }
  }

  /// Refuses to write two texts into one file, or one into a file that the same command reads: the one would
  /// take the place of the other. Devices and pipes take one after the other.
  ///
  /// - Throws: ``CommandError`` that names the first such path.
  func checkApart(_ outputs: [String], from inputs: [String]) throws {
    let outputs = outputs.filter { $0 != "-" && Files.canBeReplaced($0) }
    guard !outputs.isEmpty else { return }
    // Standard input may be a file, as the shell opened it.
    let read = Set(inputs.map { target(of: $0 == "-" ? "/dev/stdin" : $0).text })
    var written: Set<String> = []
    for output in outputs {
      let target = target(of: output).text
      if read.contains(target) {
        throw CommandError(
          .usage,
          "\(output) is one of the files that are read; what is written would take its place. Name another "
            + "file for it.")
      }
      guard written.insert(target).inserted else {
        throw CommandError(
          .usage,
          "\(output) would be written twice, and the last would take the place of the first. Name a file for "
            + "each.")
      }
    }
  }

  /// The place of a file without links; a new file is where its folder is.
  private func target(of file: String) -> FolderPath {
    if Files.exists(file) { return absolute(Files.resolved(file)) }
    let name = file.lastIndex(of: "/").map { file[file.index(after: $0)...] } ?? file[...]
    let folder = file.dropLast(name.count)
    return absolute(Files.resolved(folder.isEmpty ? "." : String(folder)) + "/" + name)
  }

  /// Where a path leads that leaves a repository through a link, in words; nil where it does not.
  private func stray(
    from named: FolderPath, to target: FolderPath, of repository: FolderPath?,
    admitting admitted: [String], _ known: inout [String: [FolderPath]]
  ) -> String? {
    guard target != named else { return nil }
    let repositories = Self.repositories(around: named, &known) + (repository.map { [$0] } ?? [])
    let isInside = repositories.allSatisfy { target.parts.starts(with: $0.parts) }
    let isOfGit = target.parts.contains(".git") && !named.parts.contains(".git")
    guard !isInside || isOfGit && !repositories.isEmpty, !target.isBelow(any: admitted) else {
      return nil
    }
    return isInside ? "into a folder of git" : "out of the repository"
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
