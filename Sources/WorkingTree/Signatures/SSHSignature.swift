/// Signatures with SSH keys, made by `ssh-keygen`: it knows keys that are in files, in agents and on tokens.
package enum SSHSignature {
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
    let answer = try await SSHProgram.run(arguments, input: bytes)
    guard answer.status == 0, !answer.output.isEmpty else {
      throw WorkspaceError(
        .environment, "\(key) cannot sign: \(answer.reason ?? "no reason given")")
    }
    return answer.output
  }

  /// Why a signature is none of these bytes, by whatever key; nil where it is.
  ///
  /// - Throws: ``WorkspaceError``
  package static func fault(
    of signature: [UInt8], over bytes: [UInt8], for namespace: String
  ) async throws(WorkspaceError) -> String? {
    try await ScratchFolder.with { scratch throws(WorkspaceError) in
      let file = try scratch.write(signature, as: "signature")
      let answer = try await check(file, over: bytes, for: namespace)
      return answer.status == 0 ? nil : answer.reason ?? "ssh-keygen gave no reason"
    }
  }

  /// That a file is a signature of these bytes, by whatever key.
  static func check(
    _ signature: String, over bytes: [UInt8], for namespace: String
  ) async throws(WorkspaceError) -> SSHProgram.Answer {
    try await SSHProgram.run(
      ["-Y", "check-novalidate", "-n", namespace, "-s", signature], input: bytes)
  }
}
