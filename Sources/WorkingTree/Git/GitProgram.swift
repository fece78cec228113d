import Subprocess

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// git as a child process that looks at one checkout: arguments in, bytes out, within bounds of time and size.
///
/// Nothing that a repository, its configuration or the caller's variables say makes it run another program, go to
/// the network or look at other objects than those of the repository.
struct GitProgram: Sendable {
  /// What git said.
  struct Answer {
    let status: Int32
    let output: [UInt8]
    let errors: String

    /// The output without its line end.
    var line: String {
      var text = String(decoding: output, as: UTF8.self)
      if text.hasSuffix("\n") { text.removeLast() }
      return text
    }

    /// What git complained about, for a command that should have worked.
    var failure: WorkspaceError {
      let said = errors.split(separator: "\n").first.map(String.init) ?? "no reason given"
      return WorkspaceError(.environment, "git failed with status \(status): \(said)")
    }
  }

  /// The folder that holds `.git`, where git is started: in any other, a stranger's files could pass for a
  /// repository.
  let top: FolderPath

  private let environment: Subprocess.Environment

  /// How long one command may take.
  private static let patience: Duration = .seconds(60)

  /// Options that take from git what a repository could make it do or believe.
  private static let options = [
    "--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs",
    "-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null", "-c", "core.alternateRefsCommand=",
    "-c", "advice.graftFileDeprecated=false",
  ]

  /// * `variables`: Those of this process, of which git gets all but its own: who calls Waltz from a
  ///   hook has set what points git at another repository.
  init(at top: FolderPath, variables: [String: String]) {
    self.top = top
    var kept = variables.filter { !$0.key.hasPrefix("GIT_") }
    let set = [
      // Objects that are not here are not fetched.
      "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0",
      // Parents are those that commits name.
      "GIT_GRAFT_FILE": "/dev/null", "GIT_NO_REPLACE_OBJECTS": "1",
      "LC_ALL": "C",
    ]
    kept.merge(set) { _, new in new }
    environment = .custom(
      kept.reduce(into: [:]) { values, variable in
        if let key = Subprocess.Environment.Key(rawValue: variable.key) {
          values[key] = variable.value
        }
      })
  }

  /// Runs one command to its end.
  ///
  /// * `limit`: How many bytes it may print.
  /// - Throws: ``WorkspaceError`` where git is not there or exceeds its bounds; a status other than 0 is an answer.
  func run(
    _ arguments: [String], limit: Int = 65_536, input: [UInt8] = []
  ) async throws(WorkspaceError) -> Answer {
    try await BoundedProgram.answer(of: "git", within: Self.patience) {
      await start(arguments, limit: limit, input: input)
    }
  }

  private func start(
    _ arguments: [String], limit: Int, input: [UInt8]
  ) async -> Result<Answer, WorkspaceError> {
    do {
      let result = try await Subprocess.run(
        .name("git"), arguments: Arguments(["-C", top.text] + Self.options + arguments),
        environment: environment, input: .array(input), output: .bytes(limit: limit),
        error: .string(limit: 65_536))
      return .success(
        Answer(
          status: result.terminationStatus.shellStatus, output: result.standardOutput,
          errors: result.standardError))
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
}
