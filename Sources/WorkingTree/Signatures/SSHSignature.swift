import Subprocess

/// Signatures with SSH keys, made by `ssh-keygen`: it knows keys that are in files, in agents and on tokens.
package enum SSHSignature {
  /// How long a signature may take: somebody may have to touch a token.
  private static let patience: Duration = .seconds(120)

  /// Signs bytes.
  ///
  /// - Parameters:
  ///   - bytes: What is signed.
  ///   - key: The file with the private key, or with the public one where an agent has the private.
  ///   - namespace: What the signature is for, so that it cannot pass for one of something else.
  ///   - folder: Where a relative path of the key starts.
  /// - Returns: The signature, as `ssh-keygen -Y verify` takes it.
  /// - Throws: ``WorkspaceError``
  package static func sign(
    _ bytes: [UInt8], with key: String, for namespace: String, in folder: WorkingFolder
  ) async throws(WorkspaceError) -> [UInt8] {
    let arguments = ["-Y", "sign", "-n", namespace, "-f", folder.absolute(key).text]
    let (status, output, errors) = try await run(arguments, input: bytes)
    guard status == 0, !output.isEmpty else {
      throw WorkspaceError(
        .environment,
        "\(key) cannot sign: \(errors.split(separator: "\n").first.map(String.init) ?? "no reason given")"
      )
    }
    return output
  }

  /// Why a signature is none of these bytes, by whatever key; nil where it is.
  ///
  /// - Throws: ``WorkspaceError``
  package static func fault(
    of signature: String, over bytes: [UInt8], for namespace: String, in folder: WorkingFolder
  ) async throws(WorkspaceError) -> String? {
    let arguments = [
      "-Y", "check-novalidate", "-n", namespace, "-s", folder.absolute(signature).text,
    ]
    let (status, output, errors) = try await run(arguments, input: bytes)
    if status == 0 { return nil }
    let said = (errors + String(decoding: output, as: UTF8.self)).split(separator: "\n")
    return said.first.map(String.init) ?? "ssh-keygen gave no reason"
  }

  private static func run(
    _ arguments: [String], input: [UInt8]
  ) async throws(WorkspaceError) -> (status: Int32, output: [UInt8], errors: String) {
    let answer = await withTaskGroup(of: Result<Answer, WorkspaceError>.self) { group in
      group.addTask { await start(arguments, input: input) }
      group.addTask {
        // Cancelled when the program ends first; then nobody looks at the answer.
        try? await Task.sleep(for: patience)
        return .failure(
          WorkspaceError(.environment, "ssh-keygen did not answer within \(patience)."))
      }
      let first = await group.next()
      group.cancelAll()
      return first
    }
    guard let answer else { throw WorkspaceError(.environment, "ssh-keygen did not answer.") }
    return try answer.get()
  }

  private typealias Answer = (status: Int32, output: [UInt8], errors: String)

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
      let status: Int32 =
        switch result.terminationStatus {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
      return .success((status, result.standardOutput, result.standardError))
    } catch {
      return .failure(
        WorkspaceError(
          .environment,
          "ssh-keygen cannot be started; signatures need it (package openssh-client): \(error)"))
    }
  }
}
