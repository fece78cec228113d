/// Reads what a revision of a repository holds, by git as a child process.
///
/// The repository may be a stranger's. Only commands are used that read objects as they are: no filter, no
/// text conversion, no hook, no pager, no monitor of the file system, no lock and no network. Arguments are
/// vectors, a revision never begins with a dash, and output and time are bounded. From the id of a commit to the
/// bytes of a file everything is hashed here, so that git's word counts only for which commit a name stands for.
package struct Git: Sendable {
  /// The repository's folder, without links.
  package var top: FolderPath { program.top }

  let program: GitProgram

  /// The repository whose working tree begins at a folder, which is where `.git` is.
  ///
  /// - Throws: ``WorkspaceError`` where there is none, or git is not there.
  init(at top: FolderPath, variables: [String: String]) async throws(WorkspaceError) {
    program = GitProgram(at: top, variables: variables)
    let answer = try await program.run(["rev-parse", "--absolute-git-dir", "--show-toplevel"])
    if answer.status == 0 {
      // Where `.git` is no repository, git looks above it, or takes the files beside it for one.
      let isOwn = answer.line.hasSuffix("\n" + top.text)
      guard isOwn, answer.line != top.text + "\n" + top.text else { throw Self.noRepository(top) }
      return
    }
    if answer.errors.contains("dubious ownership") {
      throw WorkspaceError(
        .environment,
        "git does not read the repository of `\(top.text)`, because it belongs to another "
          + "user. If that is as it should be: `git config --global --add safe.directory "
          + "REPOSITORY`.")
    }
    let words = [
      "not a git repository", "must be run in a work tree", "cannot use bare repository",
    ]
    guard !words.contains(where: answer.errors.contains) else { throw Self.noRepository(top) }
    throw answer.failure
  }

  static func noRepository(_ folder: FolderPath) -> WorkspaceError {
    WorkspaceError(
      .environment,
      "`\(folder.text)` is not in the working tree of a git repository. Compare two files "
        + "instead: `waltz plan diff OLD NEW`.")
  }

  /// What `base` names; `base...` names the commit from which `HEAD` and it went apart.
  package func revision(of base: String) async throws -> Revision {
    try await revision(try await commit(base))
  }

  /// The id of the commit that `base` names.
  func commit(_ base: String) async throws(WorkspaceError) -> String {
    if let range = base.firstRange(of: ".."), !base.hasSuffix("...") {
      let first = base[..<range.lowerBound]
      let named = first.isEmpty ? "HEAD" : String(first)
      throw WorkspaceError(
        .arguments,
        "`\(base)` is a range, but the files as they are now are compared with one revision. Did "
          + "you mean `\(named)...`, for what changed since HEAD left it, or `\(named)`, for "
          + "everything that differs from it?"
      )
    }
    let isMergeBase = base.hasSuffix("...")
    let revision = isMergeBase ? String(base.dropLast(3)) : base
    guard !revision.isEmpty, !revision.hasPrefix("-"), !revision.utf8.contains(0) else {
      throw WorkspaceError(
        .arguments,
        "`\(base)` is not a revision. Revisions are main or origin/main, for example.")
    }
    let named = try await program.run(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
    guard named.status == 0, named.line.allSatisfy(\.isHexDigit), !named.line.isEmpty else {
      throw WorkspaceError(
        .environment,
        "There is no revision `\(revision)` in \(top.text)." + (try await shallowness()))
    }
    guard isMergeBase else { return named.line }
    let common = try await program.run(["merge-base", named.line, "HEAD"])
    guard common.status == 0, !common.line.isEmpty else {
      throw WorkspaceError(
        .environment,
        "`\(revision)` and HEAD have no commit in common." + (try await shallowness()))
    }
    return common.line
  }

  /// What a checkout without history, as continuous integration makes it, has to change.
  private func shallowness() async throws(WorkspaceError) -> String {
    let answer = try await program.run(["rev-parse", "--is-shallow-repository"])
    guard answer.line == "true" else { return " `git fetch` may bring it." }
    return
      " The clone is shallow: check out with `fetch-depth: 0` (GitHub Actions) or `GIT_DEPTH: 0` "
      + "(GitLab CI), or run `git fetch --unshallow`."
  }
}
