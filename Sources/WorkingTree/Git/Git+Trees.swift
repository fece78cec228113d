extension Git {
  /// A commit, and the tree that it holds.
  package struct Revision: Sendable {
    /// The commit's id.
    package let commit: String

    let tree: GitObject.ID
  }

  /// A file of a revision.
  package struct Entry: Sendable {
    /// From the top of the repository; bytes that are no UTF-8 are written as `\xFF`.
    package let path: String

    /// Whether the path is UTF-8: any other cannot be named.
    package let isNamed: Bool

    /// The id of its content.
    let blob: GitObject.ID

    /// Whether it is a symbolic link.
    package let isLink: Bool

    fileprivate init(path: [UInt8], blob: GitObject.ID, isLink: Bool) {
      let text = String(validating: path, as: UTF8.self)
      self.path = text ?? Self.spelled(path)
      isNamed = text != nil
      self.blob = blob
      self.isLink = isLink
    }

    /// A name that is no UTF-8, so that its owner finds it.
    private static func spelled(_ bytes: [UInt8]) -> String {
      bytes.map { byte in
        byte < 0x80
          ? String(Unicode.Scalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
      }
      .joined()
    }
  }

  /// Larger is no folder that anybody works in.
  private static let largestTree = 16 << 20

  /// More bytes have the paths of no repository's files together.
  private static let longestList = 64 << 20

  /// The revision of a commit's id.
  func revision(_ commit: String) async throws -> Revision {
    guard let id = GitObject.ID(commit) else {
      throw WorkspaceError(.environment, "git calls a commit `\(commit)`, which is no id.")
    }
    let wanted = Wanted(id: id, words: "the commit \(commit)")
    var tree: GitObject.ID?
    try await read([wanted], as: .commit, limit: Self.largestTree) { _, content in
      tree = GitObject.tree(ofCommit: content)
    }
    guard let tree else { throw Self.forged(wanted) }
    return Revision(commit: commit, tree: tree)
  }

  /// The files of a revision at a path and below it, in order; an empty path is the whole repository.
  package func entries(of revision: Revision, at path: String) async throws -> [Entry] {
    let trees = try await Trees(of: revision, around: path, in: self)
    guard let found = try trees.entry(at: path) else { return [] }
    return try trees.files(of: found, at: Array(path.utf8))
  }

  /// Hands out the contents of files in their order, of which each may have `limit` bytes.
  package func read(
    _ entries: [Entry], limit: Int, _ body: (Entry, [UInt8]) throws -> Void
  ) async throws {
    let wanted = entries.map { Wanted(id: $0.blob, words: "`\($0.path)`") }
    try await read(wanted, as: .blob, limit: limit) { try body(entries[$0], $1) }
  }

  /// Whether a path was another repository in a revision, or held files of this one; nil where nothing was.
  func isSubmodule(_ path: String, in revision: Revision) async throws -> Bool? {
    try await Trees(of: revision, around: path, in: self).entry(at: path).map {
      $0.kind == .submodule
    }
  }

  /// The trees of a revision along a path and below it.
  ///
  /// git's list says only which trees to fetch. What is in them is read here, each by the id that the tree above
  /// it has, so that no file is there or gone but by the commit's id.
  private struct Trees {
    private let root: GitObject.ID
    private var contents: [GitObject.ID: [UInt8]] = [:]

    init(of revision: Revision, around path: String, in git: Git) async throws {
      root = revision.tree
      let answer = try await git.program.run(
        ["ls-tree", "-r", "-d", "-t", "-z", "--full-tree", root.text]
          + (path.isEmpty ? [] : ["--", path]), limit: Git.longestList)
      guard answer.status == 0 else { throw Git.failure(answer) }
      var wanted = [Wanted(id: root, words: "the top folder")]
      var known: Set<GitObject.ID> = [root]
      for line in answer.output.split(separator: 0) {
        let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
        let words = String(decoding: parts.first ?? [], as: UTF8.self).split(separator: " ")
        guard parts.count == 2, words.count == 3, words[1] == "tree",
          let id = GitObject.ID(words[2]), known.insert(id).inserted
        else { continue }
        wanted.append(
          Wanted(id: id, words: "the folder `\(String(decoding: parts[1], as: UTF8.self))`"))
      }
      var contents: [GitObject.ID: [UInt8]] = [:]
      try await git.read(wanted, as: .tree, limit: Git.largestTree) { position, content in
        contents[wanted[position].id] = content
      }
      self.contents = contents
    }

    private func lines(of tree: GitObject.ID) throws(WorkspaceError) -> [GitObject.Entry] {
      guard let content = contents[tree],
        let lines = GitObject.entries(ofTree: content, ids: tree.size)
      else { throw Git.forged(Wanted(id: tree, words: "a folder")) }
      return lines
    }

    /// What is at a path; the empty path is the top.
    func entry(at path: String) throws(WorkspaceError) -> GitObject.Entry? {
      var found = GitObject.Entry(kind: .folder, name: [], id: root)
      for part in path.split(separator: "/") {
        guard found.kind == .folder,
          let next = try lines(of: found.id).first(where: { $0.name.elementsEqual(part.utf8) })
        else { return nil }
        found = next
      }
      return found
    }

    /// The files at and below a path at which an entry was found, in the order of git.
    func files(
      of entry: GitObject.Entry, at path: [UInt8]
    ) throws(WorkspaceError) -> [Git.Entry] {
      var files: [Git.Entry] = []
      // What is still to be looked at, the next one last: folders may be nested deeply, and one folder may stand
      // in many places.
      var ahead = [(path: path, entry: entry)]
      var room = Git.longestList
      while let (path, entry) = ahead.popLast() {
        room -= path.count
        guard room >= 0 else {
          throw WorkspaceError(
            .environment, "The names of all files are longer than \(Git.longestList >> 20) MiB.")
        }
        switch entry.kind {
        case .file, .link:
          files.append(Git.Entry(path: path, blob: entry.id, isLink: entry.kind == .link))
        case .submodule: continue
        case .folder:
          let start = path.isEmpty ? [] : path + [UInt8(ascii: "/")]
          for line in try lines(of: entry.id).reversed() {
            ahead.append((start + line.name, line))
          }
        }
      }
      return files
    }
  }
}
