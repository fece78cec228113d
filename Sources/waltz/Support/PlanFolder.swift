import PlanCompiler
import PlanModel

/// The files that a plan may name: what the plan's folder reaches without leaving its repository.
///
/// A plan may come from a stranger's pull request, on a machine that holds more than the repository. So a
/// path is walked part by part from an open folder (``FileWalk``): no link, no `..` and no exchange of a
/// folder while it is walked leads to a file outside.
struct PlanFolder: Sendable {
  /// A folder that is open to plans, as it was spelled and as it is without links.
  struct Root: Sendable, Equatable {
    let spelled: FolderPath
    let real: FolderPath
  }

  /// Larger is no certificate, no key and no password.
  static let limit = 1 << 20

  /// Where the paths of the plan start.
  let folder: FolderPath

  /// The repository of the plan, else its folder; then what the user added.
  let roots: [Root]

  /// The folder of the plan at `path`; `-` is the working directory. The admitted folders are further ones, as
  /// `--allow-outside` names them.
  ///
  /// - Throws: `CommandError` where one of the folders is not there.
  init(ofPlan path: String, admitting admitted: [String] = []) throws {
    let name = path == "-" ? "." : path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard let folder = FolderPath(real: name) else {
      throw CommandError(.environment, "The folder `\(name)` is not there.")
    }
    self.folder = folder
    let repository = folder.repositories.first { _ in true } ?? folder
    var roots = [Root(spelled: repository, real: repository)]
    for name in admitted {
      guard Files.isFolder(name), let real = FolderPath(real: name),
        let spelled = FolderPath(named: name)
      else {
        throw CommandError(.environment, "--allow-outside: there is no folder `\(name)`.")
      }
      roots.append(Root(spelled: spelled, real: real))
    }
    self.roots = roots
  }

  /// What a plan of this folder may write: paths in its folder, and in the folders that the user added.
  var pathRule: PathRule {
    PathRule(folder: folder.text, admitting: roots.dropFirst().map(\.spelled.text))
  }

  /// The bytes of the file at `path`, which a plan of this folder names.
  func read(_ path: String) throws(FileTrouble) -> NamedFile {
    var walk = FileWalk(roots: roots)
    defer { walk.close() }
    return try walk.read(path, from: folder, limit: Self.limit)
  }
}

/// A file that a plan names.
struct NamedFile: Sendable, Equatable {
  let bytes: [UInt8]

  /// Whether others than its owner may read it.
  let isReadByOthers: Bool
}
