package import PlanModel

/// The files that a plan may name: what the plan's folder reaches without leaving its repository.
///
/// A plan may come from a stranger's pull request, on a machine that holds more than the repository. So a
/// path is walked part by part from an open folder (``FileWalk``): no link, no `..` and no exchange of a
/// folder while it is walked leads to a file outside.
package struct PlanFolder: Sendable {
  /// A folder that is open to plans, as it was spelled and as it is without links.
  package struct Root: Sendable, Equatable {
    package let spelled: FolderPath
    package let real: FolderPath
  }

  /// Larger is no certificate, no key and no password.
  static let limit = 1 << 20

  /// Where the paths of the plan start.
  package let place: FolderPath

  /// The repository of the plan, else its folder; then what the user added.
  package let roots: [Root]

  /// The folder of the plan at `path`; `-` is the working folder, whose admitted folders are open too.
  ///
  /// - Throws: ``WorkspaceError`` where one of the folders is not there.
  package init(ofPlan path: String, in folder: WorkingFolder) throws(WorkspaceError) {
    let name = path == "-" ? "." : path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard let place = folder.real(name) else {
      throw WorkspaceError(.environment, "There is no folder `\(name)`.")
    }
    self.place = place
    let repository = place.repositories.first { _ in true } ?? place
    var roots = [Root(spelled: repository, real: repository)]
    for name in folder.admitted {
      guard folder.isFolder(name), let real = folder.real(name) else {
        throw WorkspaceError(.environment, "--allow-outside: there is no folder `\(name)`.")
      }
      roots.append(Root(spelled: folder.absolute(name), real: real))
    }
    self.roots = roots
  }

  /// The bytes of the file at `path`, which a plan of this folder names.
  package func read(_ path: String) throws(FileTrouble) -> NamedFile {
    var walk = FileWalk(roots: roots)
    defer { walk.close() }
    return try walk.read(path, from: place, limit: Self.limit)
  }
}

/// A file that a plan names.
package struct NamedFile: Sendable, Equatable {
  package let bytes: [UInt8]

  /// Whether others than its owner may read it.
  package let isReadByOthers: Bool
}
