import ArgumentParser
import EvidencePacks
import RotationEngine
import RotationGraph
import WorkingTree

/// What is demanded of a graph before it is carried out.
struct ProvenanceOptions: ParsableArguments {
  /// A signature is some hundred bytes, a list of signers or of revoked keys may be long.
  private static let (largestSignature, largestList) = (1 << 16, 16 << 20)

  @Option(
    help: ArgumentHelp(
      "Refuse every graph but the one with this digest, as `waltz plan compile` prints it.",
      valueName: "digest"))
  var requireDigest: String?

  @Option(
    help: ArgumentHelp(
      """
      Refuse a graph without a good SSH signature, in the namespace waltz-graph, by somebody in this file of \
      allowed signers (ssh-keygen(1)).
      """,
      valueName: "allowed-signers"))
  var signedBy: String?

  @Option(
    name: .customLong("signature"),
    help: ArgumentHelp(
      "A signature of the graph; can be given several times. The default is PLAN.sig.",
      valueName: "file"))
  var signatures: [String] = []

  @Option(help: ArgumentHelp("How many different people must have signed.", valueName: "number"))
  var signers = 1

  @Option(
    help: ArgumentHelp(
      "Keys that no longer count: a list of public keys, or of revoked ones (ssh-keygen -k).",
      valueName: "file"))
  var revokedKeys: String?

  /// Whether anything is demanded.
  var isDemanding: Bool { requireDigest != nil || signedBy != nil }

  func validate() throws {
    if let requireDigest, Self.digest(requireDigest) == nil {
      throw ValidationError(
        "--require-digest takes sha256: and 64 hexadecimal digits, as `waltz plan compile` prints them."
      )
    }
    guard signedBy == nil else {
      guard (1...100).contains(signers) else {
        throw ValidationError("--signers must be from 1 to 100.")
      }
      return
    }
    let alone = [
      ("--signature", !signatures.isEmpty), ("--signers", signers != 1),
      ("--revoked-keys", revokedKeys != nil),
    ]
    if let (name, _) = alone.first(where: \.1) {
      throw ValidationError("\(name) goes with --signed-by, which says who may sign.")
    }
  }

  /// Holds a graph against what is demanded, before anything else comes of it. Every file is read once: what was checked
  /// is what is recorded.
  ///
  /// - Parameters:
  ///   - graph: The graph that would be carried out.
  ///   - source: What it was made of.
  ///   - path: Where that was read from.
  ///   - folder: Where the paths of the options start.
  /// - Returns: What to record of it; nil where there is nothing.
  /// - Throws: `WorkspaceError` of kind `findings` where the graph is not the one, or is not signed as it has to be.
  func check(
    _ graph: SealedGraph, of source: RunProvenance.Source, from path: String,
    in folder: WorkingFolder
  ) async throws -> RunProvenance? {
    guard isDemanding || source == .graph else { return nil }
    let required = requireDigest.flatMap(Self.digest)
    if let required, required != graph.digest {
      throw WorkspaceError(
        .findings,
        "\(path) is not the graph that is demanded: expected \(required), found \(graph.digest). Nothing was started."
      )
    }
    guard let signedBy else { return RunProvenance(source: source, requiredDigest: required) }
    func read(_ path: String, _ limit: Int) throws(WorkspaceError) -> AllowedSigners.File {
      let bytes = try folder.read(path, limit: limit)
      guard bytes.count <= limit else {
        throw WorkspaceError(.findings, "\(path) is too large for what it should be.")
      }
      return AllowedSigners.File(path: path, bytes: bytes)
    }
    let allowed = try read(signedBy, Self.largestList)
    let revoked = try revokedKeys.map { try read($0, Self.largestList) }
    let book = AllowedSigners(allowed, revoked: revoked)
    var (found, approvals) = ([AllowedSigners.Signer](), [RunProvenance.Approval]())
    var attachments = [allowed, revoked].compactMap { $0.map { Attachment($0.bytes) } }
    for name in signatures.isEmpty ? [path + ".sig"] : signatures {
      let signature = try read(name, Self.largestSignature)
      let signer = try await book.signer(
        of: signature, over: graph.canonicalBytes, "the graph \(graph.digest)",
        for: GraphApprovals.namespace)
      let attachment = Attachment(signature.bytes)
      found.append(signer)
      attachments.append(attachment)
      approvals.append(.init(names: signer.names, key: signer.key, signature: attachment.digest))
    }
    let count = AllowedSigners.count(found)
    guard count >= signers else {
      let who = found.map { "\($0.names.joined(separator: ", ")) (\($0.key))" }
      throw WorkspaceError(
        .findings,
        "The graph \(graph.digest) needs signatures of \(signers) different people, and has those of \(count): "
          + "\(who.joined(separator: "; ")). Who shares a key or a name counts once. Nothing was started."
      )
    }
    return RunProvenance(
      source: source, requiredDigest: required,
      demand: .init(
        namespace: GraphApprovals.namespace, signers: signers,
        allowedSigners: Attachment.digest(of: allowed.bytes),
        revokedKeys: revoked.map { Attachment.digest(of: $0.bytes) }, approvals: approvals),
      attachments: attachments.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  /// A digest as graphs have it; nil where the text is none.
  private static func digest(_ text: String) -> String? {
    let digits = text.lowercased().hasPrefix("sha256:") ? text.dropFirst(7) : text[...]
    guard digits.utf8.count == 64, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      return nil
    }
    return "sha256:" + digits.lowercased()
  }
}
