/// Those who may sign, in the form of `allowed_signers` of ssh-keygen(1), as it was read once.
package struct AllowedSigners: Sendable {
  /// A file of the command line with what was read of it.
  package struct File: Sendable {
    /// As the user named it.
    package let path: String
    package let bytes: [UInt8]

    /// A file that was read.
    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// Somebody who signed.
  package struct Signer: Sendable, Equatable {
    /// The names that the file has for the key, in its order.
    package let names: [String]

    /// The fingerprint of the key as SSH writes it: `SHA256:` and base64.
    package let key: String

    /// A signer.
    package init(names: [String], key: String) {
      self.names = names
      self.key = key
    }
  }

  /// More names of one key are not tried.
  private static let mostNames = 64

  private let file: File
  private let revoked: File?

  /// Those who may sign.
  ///
  /// - Parameters:
  ///   - file: Who may sign, for what and until when.
  ///   - revoked: Keys that are revoked, as a list of keys or a list of `ssh-keygen -k`.
  package init(_ file: File, revoked: File?) {
    self.file = file
    self.revoked = revoked
  }

  /// Who made a signature over these bytes, where it is one and they may sign today.
  ///
  /// - Parameters:
  ///   - signature: The signature.
  ///   - bytes: What was signed.
  ///   - what: What that is, for the message: `the graph sha256:…`.
  ///   - namespace: What the signature has to be for.
  /// - Returns: Who it is, by the names that the file has for the key.
  /// - Throws: ``WorkspaceError`` of kind `findings` where it is none, is for something else, or is by nobody who may sign.
  package func signer(
    of signature: File, over bytes: [UInt8], _ what: String, for namespace: String
  ) async throws(WorkspaceError) -> Signer {
    try await ScratchFolder.with { scratch throws(WorkspaceError) in
      let place = try scratch.write(signature.bytes, as: "signature")
      let checked = try await SSHSignature.check(place, over: bytes, for: namespace)
      let said = String(decoding: checked.output, as: UTF8.self)
      guard checked.status == 0, let key = Self.key(in: said) else {
        throw WorkspaceError(
          .findings,
          "\(signature.path) is no signature of \(what) in the namespace \(namespace): "
            + "\(checked.reason ?? "ssh-keygen gave no reason"). It was made for other bytes or for something else, "
            + "or was altered.")
      }
      var arguments = ["-Y", "verify", "-n", namespace, "-s", place]
      arguments += ["-f", try scratch.write(file.bytes, as: "allowed_signers")]
      if let revoked { arguments += ["-r", try scratch.write(revoked.bytes, as: "revoked")] }
      var names: [String] = []
      var reason: String?
      for name in candidates(for: signature.bytes) {
        let answer = try await SSHProgram.run(arguments + ["-I", name], input: bytes)
        if answer.status == 0 { names.append(name) } else { reason = reason ?? answer.reason }
      }
      guard names.isEmpty else { return Signer(names: names, key: key) }
      // Of a revoked key it says nothing.
      let why =
        if let reason { ": \(reason.replacing(scratch.path + "/", with: ""))" } else if let revoked
        {
          ", or \(revoked.path) has it"
        } else { "" }
      throw WorkspaceError(
        .findings,
        "\(signature.path) is a signature of \(what) by the key \(key), and \(file.path) lets nobody with that key sign "
          + "it today\(why).")
    }
  }

  /// How many people signed at least: who shares a key or a name with another one may be the same person.
  package static func count(_ signers: [Signer]) -> Int {
    var groups: [(names: Set<String>, keys: Set<String>)] = []
    for signer in signers {
      var joined = (names: Set(signer.names), keys: Set([signer.key]))
      groups.removeAll { group in
        guard
          !group.names.isDisjoint(with: joined.names) || !group.keys.isDisjoint(with: joined.keys)
        else { return false }
        joined.names.formUnion(group.names)
        joined.keys.formUnion(group.keys)
        return true
      }
      groups.append(joined)
    }
    return groups.count
  }

  /// `Good "NAMESPACE" signature with ED25519 key SHA256:…`
  private static func key(in text: String) -> String? {
    guard let range = text.firstRange(of: " key SHA256:") else { return nil }
    return "SHA256:" + text[range.upperBound...].prefix { !$0.isWhitespace }
  }

  // MARK: Names

  /// The names in the lines of the file that have the key of a signature, or an authority, which may have signed any.
  func candidates(for signature: [UInt8]) -> [String] {
    let key = SSHArmor.publicKey(of: signature)
    var names: [String] = []
    for line in String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let line = line.drop(while: \.isWhitespace)
      guard let first = line.first, first != "#" else { continue }
      let isQuoted = first == "\""
      let field =
        isQuoted ? line.dropFirst().prefix { $0 != "\"" } : line.prefix { !$0.isWhitespace }
      let rest = line[field.endIndex...]
      guard key.map({ rest.contains($0) }) ?? true || rest.contains("cert-authority") else {
        continue
      }
      for name in field.split(separator: ",") where names.count < Self.mostNames {
        // A pattern names nobody who could be told from others.
        if name.contains(where: { "*?!".contains($0) }) || names.contains(String(name)) { continue }
        names.append(String(name))
      }
    }
    return names
  }
}
