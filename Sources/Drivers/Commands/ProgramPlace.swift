#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a program is that can be started.
struct ProgramPlace: Sendable, Equatable {
  /// Why it cannot be started.
  struct Trouble: Error, Equatable {
    /// What is wrong, as a sentence.
    let message: String
  }

  /// Its path, absolute.
  let path: String

  /// Looks for a program.
  ///
  /// * `program`: A bare name, which is looked for in the `PATH`, or a path, which begins in the folder.
  /// * `path`: The value of `PATH`; parts of it that are not absolute are passed over.
  /// * `folder`: The plan's folder, absolute.
  init(of program: String, path: String, folder: String) throws(Trouble) {
    let isPath = program.contains("/")
    let places =
      isPath
      ? [program.hasPrefix("/") ? program : "\(folder)/\(program)"]
      : path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(program)" }
    let sights = places.map(Self.look)
    if let found = sights.firstIndex(of: .runs) {
      self.path = places[found]
    } else if sights.contains(.cannotRun) {
      throw Trouble(message: "The program `\(program)` cannot be executed.")
    } else if isPath {
      throw Trouble(message: "There is no program `\(program)`.")
    } else {
      throw Trouble(message: "The program `\(program)` is not in the PATH of this machine.")
    }
  }

  private enum Sight {
    case runs
    case cannotRun
    case missing
  }

  private static func look(at path: String) -> Sight {
    var status = stat()
    guard stat(path, &status) == 0 else { return .missing }
    let isFile = status.st_mode & S_IFMT == S_IFREG
    return isFile && access(path, X_OK) == 0 ? .runs : .cannotRun
  }
}
