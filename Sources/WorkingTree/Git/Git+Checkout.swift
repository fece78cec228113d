extension Git {
  /// The repository that a path belongs to, and what `base` is in it; git finds its own way by the `variables` of
  /// the process.
  ///
  /// It is the one whose `.git` is nearest, as for git itself. But what is reviewed may bring a repository, by a
  /// submodule or an archive, and would then decide what the past was. So a repository inside of another one has to
  /// be a submodule in what `base` is there. One that the other one never had anything of is left to whoever
  /// stands in it.
  ///
  /// - Throws: ``WorkspaceError`` where there is none, or git is not there.
  package static func revision(
    of base: String, around path: String, in folder: WorkingFolder, variables: [String: String]
  ) async throws -> (git: Git, revision: Revision) {
    let start = folder.location(of: path).nearestFolder
    guard let top = start.repositories.first(where: { _ in true }) else {
      throw noRepository(start)
    }
    let git = try await Git(at: top, variables: variables)
    let revision = try await git.revision(of: base)
    let standsInside = folder.place.text(below: top) != nil
    for outer in top.repositories.dropFirst() {
      guard let inside = top.text(below: outer),
        let around = try? await Git(at: outer, variables: variables),
        let commit = try? await around.commit(base)
      else { continue }
      let wasSubmodule = try await around.isSubmodule(
        inside, in: try await around.revision(commit))
      let isOwn = standsInside || folder.place.text(below: outer) == nil
      guard wasSubmodule != true, wasSubmodule == false || !isOwn else { continue }
      throw WorkspaceError(
        .environment,
        "`\(top.text)` is a repository inside of `\(outer.text)`, but was no submodule of it in "
          + "`\(base)`. Whoever put it there decides what `\(base)` is in it, so nothing is compared. "
          + (wasSubmodule == false
            ? "Its files belonged to `\(outer.text)`: find out who made it a repository."
            : "If you know where it comes from, start Waltz in `\(top.text)`."))
    }
    return (git, revision)
  }

  /// Where a path is in this repository, `.` for its top; nil where it is outside. A path through links of the
  /// repository stays what it is called: what it was in a revision is what stood there under this name.
  package func place(of path: String, in folder: WorkingFolder) -> String? {
    folder.absolute(path).text(below: top) ?? folder.location(of: path).text(below: top)
  }
}
