import ArgumentParser
import EvidencePacks
import PlanText
import Reports
import RunStore
import Runs
import WorkingTree

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Checks that no record of a run, or of an evidence pack, was altered, or names what was.",
    discussion: """
      The last hash that it prints stands for everything up to there. Kept somewhere else, it shows with \
      --expect that this journal is the same one and has lost nothing since. A pack is a folder or an archive, and \
      its path has a slash: ./pack, ./pack.tar.
      """)

  @Argument(
    help: ArgumentHelp(
      "The run, or the folder of a pack. Can be left out if there is only one run to choose.",
      valueName: "run|pack"), completion: .runs
  )
  var name: String?

  @Option(
    help: ArgumentHelp(
      "The last hash as it was printed earlier, or SEQ:HASH, of which 16 digits are enough.",
      valueName: "hash"))
  var expect: String?

  @Option(
    help: ArgumentHelp(
      "The full pack of the same run: says whether the redacted one is what comes of it.",
      valueName: "pack"))
  var full: String?

  @OptionGroup var state: StateOptions

  func run() async throws {
    let kept = try expect.map { text in
      guard let kept = KeptHead(text) else {
        throw ValidationError(
          "--expect takes a hash of 64 hexadecimal digits, or SEQ:HASH with at least 16 of them.")
      }
      return kept
    }
    if let name, name.contains("/") { return try await verifyPack(name, kept) }
    if full != nil { throw ValidationError("--full goes with a redacted pack: ./PACK.") }
    let desk = try state.desk(.reading)
    let (id, found) = try await desk.verify(name)
    Terminal.output.write("\(shellWord(id)): \(found.words)\n")
    if !found.isIntact { throw ExitStatus.findings }
    guard let kept else { return }
    guard let position = try await desk.store.position(of: kept, in: id) else {
      Terminal.output.write(
        """
        \(shellWord(id)): the hash that was expected is nowhere in it. This is an older copy of the \
        journal, or another one.

        """)
      throw ExitStatus.findings
    }
    Terminal.output.write(
      "\(shellWord(id)): the hash that was expected is that of event \(position).\n")
  }

  private func verifyPack(_ path: String, _ kept: KeptHead?) async throws {
    let folder = Environment.workingFolder()
    let files = try PackFolder.read(path, in: folder)
    let check = EvidenceCheck(files)
    for finding in check.findings { Terminal.output.write("\(path): \(finding.message)\n") }
    guard check.findings.isEmpty, let head = check.head else { throw ExitStatus.findings }
    var signed = ""
    if let signature = files[EvidencePack.signature] {
      let fault = try await SSHSignature.fault(
        of: signature, over: files[EvidencePack.sums] ?? [], for: PackFolder.namespace)
      if let fault {
        Terminal.output.write(
          "\(path): \(EvidencePack.signature) is no signature of this pack: \(fault)\n")
        throw ExitStatus.findings
      }
      signed = " It is signed; VERIFY.md says how to find out by whom."
    }
    if let approvals = check.approvals {
      for name in approvals.signatures.map({ "attachments/" + $0 }) {
        let fault = try await SSHSignature.fault(
          of: files[name] ?? [], over: files["graph.json"] ?? [], for: GraphApprovals.namespace)
        guard let fault else { continue }
        Terminal.output.write("\(path): \(name) is no signature of graph.json: \(fault)\n")
        throw ExitStatus.findings
      }
      let count = approvals.signatures.count
      signed +=
        " The graph has \(count) good signature\(count == 1 ? "" : "s") from before the run."
    }
    Terminal.output.write(
      "\(path): run \(check.run), nothing altered; the last event is \(head).\(signed)\n")
    if let recorded = check.recordedHead {
      Terminal.output.write(
        "\(path): names are redacted in it. It says that the last event was recorded as \(recorded).\n"
      )
    }
    if let full { try compare(check, path, with: full, in: folder) }
    guard let kept, !kept.matches(check.recordedHead ?? head) else { return }
    Terminal.output.write("\(path): the hash that was expected is not that of its last event.\n")
    throw ExitStatus.findings
  }

  /// That a redacted pack is what comes of a full one.
  private func compare(
    _ check: EvidenceCheck, _ path: String, with full: String, in folder: WorkingFolder
  ) throws {
    guard check.recordedHead != nil else {
      throw WorkspaceError(.arguments, "\(path) is not redacted, so --full says nothing of it.")
    }
    let original = EvidenceCheck(try PackFolder.read(full, in: folder))
    for finding in original.findings { Terminal.output.write("\(full): \(finding.message)\n") }
    let differences = check.differences(from: original)
    for finding in differences { Terminal.output.write("\(path): \(finding.message)\n") }
    guard original.findings.isEmpty, differences.isEmpty else { throw ExitStatus.findings }
    Terminal.output.write("\(path): all of it but the report is what comes of \(full).\n")
  }
}
