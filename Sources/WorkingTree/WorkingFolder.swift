/// Where the paths that a user names start, the repository around it, and how far links may lead.
///
/// Everything that is done with a path of the command line is done through a value of this type: nothing here
/// asks where the process stands.
package struct WorkingFolder: Sendable {
  /// Without links.
  package let place: FolderPath

  /// The nearest folder from here up that holds a `.git`; nil outside of a repository.
  package let repository: FolderPath?

  /// The folders outside of a repository that its links may lead to and its plans may name files in, as
  /// `--allow-outside` names them.
  package var admitted: [String] = []

  /// What stands before a relative path where the system takes it.
  private let prefix: String

  /// A folder of the file system.
  package init(at place: FolderPath, admitting admitted: [String] = []) {
    self.init(place, prefix: place.text == "/" ? "/" : place.text + "/", admitted)
  }

  /// The folder that the process stands in: its paths are handed to the system as they are, since the folders
  /// above it may be closed to the user.
  package init(ofProcess place: FolderPath, admitting admitted: [String] = []) {
    self.init(place, prefix: "", admitted)
  }

  private init(_ place: FolderPath, prefix: String, _ admitted: [String]) {
    self.place = place
    self.prefix = prefix
    self.admitted = admitted
    repository = place.repositories.first { _ in true }
  }

  /// A path as the system takes it.
  func system(_ path: String) -> String {
    path.isEmpty || path.hasPrefix("/") ? path : prefix + path
  }

  /// The path from the root of the file system, read word by word; links stay as they are.
  package func absolute(_ path: String) -> FolderPath {
    FolderPath(spelled: path.hasPrefix("/") ? path : "\(place.text)/\(path)")
  }

  /// Where a path leads with all links followed; nil where nothing is there.
  package func real(_ path: String) -> FolderPath? { FolderPath(real: system(path)) }

  /// Where a path leads, also one whose last parts are gone. Links are followed but for one in the last part: it
  /// is the file itself.
  package func location(of path: String) -> FolderPath {
    var parts = path.split(separator: "/")
    var rest: [Substring] = []
    if !isFolder(path) || isLink(path), let last = parts.popLast() { rest = [last] }
    while true {
      let start = (path.hasPrefix("/") ? "/" : "./") + parts.joined(separator: "/")
      if let real = real(start) {
        return FolderPath(spelled: real.text + "/" + rest.joined(separator: "/"))
      }
      guard let last = parts.popLast() else { return FolderPath(spelled: path) }
      rest.insert(last, at: 0)
    }
  }

  /// How programs know a file: its path from the repository, else from this folder, or its whole path where it
  /// lies outside.
  package func publicPath(of name: String) -> (text: String, isInside: Bool) {
    let root = repository ?? place
    let named = absolute(name)
    if let inside = named.text(below: root) { return (inside, true) }
    let resolved = FolderPath(spelled: resolved(named.text))
    if let inside = resolved.text(below: root) { return (inside, true) }
    return (named.text, false)
  }
}
