import Subprocess

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads what a revision of a repository holds, by git as a child process.
///
/// The repository may be a stranger's. Only commands are used that read objects as they are: no filter, no
/// text conversion, no hook, no pager, no monitor of the file system, no lock and no network. Arguments are
/// vectors, a revision never begins with a dash, and output and time are bounded.
package struct Git: Sendable {
  /// A file of a revision.
  package struct Entry: Sendable {
    /// From the top of the repository; bytes that are no UTF-8 are written as `\xFF`.
    package let path: String

    /// Whether the path is UTF-8: any other cannot be named.
    package let isNamed: Bool

    /// The id of its content.
    package let blob: String

    /// Whether it is a symbolic link.
    package let isLink: Bool
  }

  /// The repository's folder, without links.
  package let top: FolderPath

  /// What git is started with; the variables of this process, as the command line hands them in.
  private let environment: Subprocess.Environment

  /// How long one command may take.
  private static let patience: Duration = .seconds(60)

  /// The repository that a folder belongs to; git finds its own way by the `variables` of the process.
  ///
  /// - Throws: ``WorkspaceError`` where there is none, or git is not there.
  package init(of folder: FolderPath, variables: [String: String]) async throws(WorkspaceError) {
    environment = Self.environment(variables)
    let answer = try await Self.run(
      ["rev-parse", "--show-toplevel"], in: folder.text, environment, limit: 8_192)
    guard answer.status == 0 else {
      if answer.errors.contains("dubious ownership") {
        throw WorkspaceError(
          .environment,
          "git does not read the repository of `\(folder.text)`, because it belongs to another "
            + "user. If that is as it should be: `git config --global --add safe.directory "
            + "REPOSITORY`.")
      }
      if answer.errors.contains("not a git repository")
        || answer.errors.contains("must be run in a work tree")
      {
        throw WorkspaceError(
          .environment,
          "`\(folder.text)` is not in the working tree of a git repository. Compare two files "
            + "instead: `waltz plan diff OLD NEW`.")
      }
      throw Self.failure(answer)
    }
    top = FolderPath(spelled: answer.line)
  }

  /// The commit that `base` names; `base...` names the one from which `HEAD` and it went apart.
  package func commit(_ base: String) async throws(WorkspaceError) -> String {
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
    let named = try await run(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
    guard named.status == 0, named.line.allSatisfy(\.isHexDigit), !named.line.isEmpty else {
      throw WorkspaceError(
        .environment,
        "There is no revision `\(revision)` in \(top.text)." + (try await shallowness()))
    }
    guard isMergeBase else { return named.line }
    let common = try await run(["merge-base", named.line, "HEAD"])
    guard common.status == 0, !common.line.isEmpty else {
      throw WorkspaceError(
        .environment,
        "`\(revision)` and HEAD have no commit in common." + (try await shallowness()))
    }
    return common.line
  }

  /// What a checkout without history, as continuous integration makes it, has to change.
  private func shallowness() async throws(WorkspaceError) -> String {
    let answer = try await run(["rev-parse", "--is-shallow-repository"])
    guard answer.line == "true" else { return " `git fetch` may bring it." }
    return
      " The clone is shallow: check out with `fetch-depth: 0` (GitHub Actions) or `GIT_DEPTH: 0` "
      + "(GitLab CI), or run `git fetch --unshallow`."
  }

  /// The files of a commit at a path and below it, in order; an empty path is the whole repository.
  package func entries(
    of commit: String, at path: String
  ) async throws(WorkspaceError) -> [Entry] {
    let arguments =
      ["ls-tree", "-r", "-z", "--full-tree", commit] + (path.isEmpty ? [] : ["--", path])
    let answer = try await run(arguments, limit: 64 << 20)
    guard answer.status == 0 else { throw Self.failure(answer) }
    return answer.output.split(separator: 0).compactMap { line -> Entry? in
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
      // A submodule is a commit, not a blob.
      guard words.count == 3, words[1] == "blob" else { return nil }
      let path = String(validating: line[(tab + 1)...], as: UTF8.self)
      return Entry(
        path: path ?? Self.spelled(line[(tab + 1)...]), isNamed: path != nil,
        blob: String(words[2]), isLink: words[0] == "120000")
    }
  }

  /// A name that is no UTF-8, so that its owner finds it.
  private static func spelled(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { byte in
      byte < 0x80
        ? String(Unicode.Scalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }
    .joined()
  }

  /// Hands out the contents of files in their order, of which each may have `limit` bytes.
  ///
  /// git is started once for their sizes and then once for as many as fit into the memory of a few.
  package func read(
    _ entries: [Entry], limit: Int, _ body: (Entry, [UInt8]) throws -> Void
  ) async throws {
    guard !entries.isEmpty else { return }
    let sizes = try await sizes(of: entries, limit: limit)
    var start = 0
    while start < entries.count {
      var (end, room) = (start, 0)
      while end < entries.count, end == start || room + sizes[end] <= 4 * limit {
        room += sizes[end] + Self.longestHeader
        end += 1
      }
      let batch = entries[start..<end]
      let answer = try await run(
        ["cat-file", "--batch", "--buffer"], limit: room, input: Self.lines(batch))
      guard answer.status == 0 else { throw Self.failure(answer) }
      var rest = answer.output[...]
      for (position, entry) in zip(start..., batch) {
        // A line about the object, the object, a line end.
        guard let line = rest.firstIndex(of: UInt8(ascii: "\n")),
          rest[line...].count >= sizes[position] + 2
        else { throw Self.absent(entry) }
        let content = rest[(line + 1)...].prefix(sizes[position])
        rest = rest[(content.endIndex + 1)...]
        try body(entry, Array(content))
      }
      start = end
    }
  }

  /// Longer than the line that git prints before an object, and its line end behind it.
  private static let longestHeader = 128

  private static func lines(_ entries: ArraySlice<Entry>) -> [UInt8] {
    Array(entries.map { $0.blob + "\n" }.joined().utf8)
  }

  private func sizes(of entries: [Entry], limit: Int) async throws -> [Int] {
    let answer = try await run(
      ["cat-file", "--batch-check", "--buffer"], limit: entries.count * Self.longestHeader,
      input: Self.lines(entries[...]))
    guard answer.status == 0 else { throw Self.failure(answer) }
    let lines = answer.output.split(separator: UInt8(ascii: "\n"))
    return try entries.indices.map { position in
      let words =
        position < lines.count
        ? String(decoding: lines[position], as: UTF8.self).split(separator: " ") : []
      guard words.count == 3, words[1] == "blob", let size = Int(words[2]) else {
        throw Self.absent(entries[position])
      }
      guard size <= limit else {
        throw WorkspaceError(
          .environment,
          "`\(entries[position].path)` was larger than \(limit >> 20) MiB, which no plan is.")
      }
      return size
    }
  }

  /// A clone may leave out contents until they are asked for; Waltz fetches nothing.
  private static func absent(_ entry: Entry) -> WorkspaceError {
    WorkspaceError(
      .environment,
      "git has no content for `\(entry.path)` (\(entry.blob)). `git fetch --refetch` fetches what "
        + "a partial clone left out.")
  }

  // MARK: The child process

  private struct Answer {
    let status: Int32
    let output: [UInt8]
    let errors: String

    /// The output without its line end.
    var line: String {
      var text = String(decoding: output, as: UTF8.self)
      if text.hasSuffix("\n") { text.removeLast() }
      return text
    }
  }

  private func run(
    _ arguments: [String], limit: Int = 65_536, input: [UInt8] = []
  ) async throws(WorkspaceError) -> Answer {
    try await Self.run(arguments, in: top.text, environment, limit: limit, input: input)
  }

  /// Options that take from git what a repository's configuration could make it do.
  private static let options = [
    "--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c",
    "core.alternateRefsCommand=",
  ]

  /// Who calls Waltz from a hook has set what points git at another repository; objects that are not here
  /// are not fetched.
  private static func environment(_ variables: [String: String]) -> Subprocess.Environment {
    var kept = variables
    for name in [
      "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
      "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
    ] {
      kept[name] = nil
    }
    let set = [
      "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0",
      "LC_ALL": "C",
    ]
    kept.merge(set) { _, new in new }
    return .custom(
      kept.reduce(into: [:]) { values, variable in
        if let key = Subprocess.Environment.Key(rawValue: variable.key) {
          values[key] = variable.value
        }
      })
  }

  private static func run(
    _ arguments: [String], in folder: String, _ environment: Subprocess.Environment, limit: Int,
    input: [UInt8] = []
  ) async throws(WorkspaceError) -> Answer {
    let answer = await withTaskGroup(of: Result<Answer, WorkspaceError>.self) { group in
      group.addTask {
        await start(arguments, in: folder, environment, limit: limit, input: input)
      }
      group.addTask {
        // Cancelled when git ends first; then nobody looks at the answer.
        try? await Task.sleep(for: patience)
        return .failure(
          WorkspaceError(.environment, "git did not answer within \(patience)."))
      }
      let first = await group.next()
      group.cancelAll()
      return first
    }
    guard let answer else { throw WorkspaceError(.environment, "git did not answer.") }
    return try answer.get()
  }

  private static func start(
    _ arguments: [String], in folder: String, _ environment: Subprocess.Environment, limit: Int,
    input: [UInt8]
  ) async -> Result<Answer, WorkspaceError> {
    do {
      let result = try await Subprocess.run(
        .name("git"), arguments: Arguments(["-C", folder] + options + arguments),
        environment: environment, input: .array(input), output: .bytes(limit: limit),
        error: .string(limit: 65_536))
      let status: Int32 =
        switch result.terminationStatus {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
      return .success(
        Answer(status: status, output: result.standardOutput, errors: result.standardError))
    } catch let error as SubprocessError {
      if error.code == .executableNotFound {
        return .failure(
          WorkspaceError(
            .environment,
            "git is not installed, or not in PATH; --git needs it. Compare two files instead: `waltz "
              + "plan diff OLD NEW`."))
      }
      if error.code == .outputLimitExceeded {
        return .failure(WorkspaceError(.environment, "git printed more than \(limit) bytes."))
      }
      return .failure(WorkspaceError(.environment, "git could not be run: \(error)."))
    } catch {
      return .failure(WorkspaceError(.environment, "git could not be run: \(error)."))
    }
  }

  private static func failure(_ answer: Answer) -> WorkspaceError {
    let said = answer.errors.split(separator: "\n").first.map(String.init) ?? "no reason given"
    return WorkspaceError(.environment, "git failed with status \(answer.status): \(said)")
  }
}
