import Subprocess

/// `ssh-keygen`, which makes and checks signatures.
enum SSHProgram {
  /// How long a signature may take: somebody may have to touch a token.
  private static let patience: Duration = .seconds(120)

  /// How it ended, and what it said.
  struct Answer: Sendable {
    let status: Int32
    let output: [UInt8]
    let errors: String

    /// The first line of what it complained about, else of what it said, as part of a sentence; nil where it said nothing
    /// of substance.
    var reason: String? {
      let said = (errors + String(decoding: output, as: UTF8.self)).split(
        whereSeparator: \.isNewline
      )
      .first { !$0.isEmpty && $0 != "Could not verify signature." }
      return said.map { $0.hasSuffix(".") ? String($0.dropLast()) : String($0) }
    }
  }

  /// Runs it to its end, with these bytes as standard input.
  ///
  /// - Throws: ``WorkspaceError`` where it cannot be started, or does not end.
  static func run(
    _ arguments: [String], input: [UInt8]
  ) async throws(WorkspaceError) -> Answer {
    try await BoundedProgram.answer(of: "ssh-keygen", within: patience) {
      await start(arguments, input: input)
    }
  }

  private static func start(
    _ arguments: [String], input: [UInt8]
  ) async -> Result<Answer, WorkspaceError> {
    do {
      let result = try await Subprocess.run(
        .name("ssh-keygen"), arguments: Arguments(arguments), input: .inputWriter,
        output: .bytes(limit: 65_536), error: .string(limit: 65_536)
      ) { execution in
        // A damaged signature is refused before what was signed is read: then nobody takes it.
        _ = try? await execution.standardInputWriter.write(input)
        try? await execution.standardInputWriter.finish()
      }
      return .success(
        Answer(
          status: result.terminationStatus.shellStatus, output: result.standardOutput,
          errors: result.standardError))
    } catch {
      return .failure(
        WorkspaceError(
          .environment,
          "ssh-keygen cannot be started; signatures need it (package openssh-client): \(error)"))
    }
  }
}
