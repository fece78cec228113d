import RotationEngine
package import RunStore

extension RunError {
  /// The journal of a run is older than its world.
  static func setBack(_ surplus: String, _ run: String, _ commands: StateCommands) -> RunError {
    RunError(
      .setBack,
      "\(surplus), which the journal of \(run) does not: the journal was put back to an older copy. Restore a later copy "
        + "if there is one. Else `\(commands.adopt)` lets the run go on; what may have happened since is then "
        + "looked at before anything is done again.")
  }
}

/// What came of adopting a state file.
package struct Adoption: Sendable {
  /// What is said about it, a line each.
  package let lines: [String]
}

extension RunDesk {
  /// Goes on with a state file that is not the one that was last written to.
  ///
  /// - Parameters:
  ///   - file: The file, opened to be adopted.
  ///   - note: Why.
  /// - Returns: What was lost, and how the runs go on.
  /// - Throws: ``RunError`` of kind `refused` where there is nothing to adopt; `StateError`
  package func adopt(_ file: StateFile, note: String?) async throws -> Adoption {
    var lines: [String] = []
    switch file.standing {
    case .current:
      for entry in try await store.runs() where [.unfinished, .failed].contains(entry.standing) {
        guard entry.lease?.isAtWork(seenBy: holder) != true else { continue }
        let archive = try await RunArchive(entry.id, in: store)
        if let surplus = try kind(of: archive).surplus(over: archive) {
          lines.append(surplus + ".")
        }
      }
      guard !lines.isEmpty else {
        throw RunError(
          .refused,
          "\(file.path) is the file that was last written to, and nothing remembers more than it has: there is "
            + "nothing to adopt.")
      }
    case .copy:
      lines.append(
        "\(file.path) was a copy. Nothing is known to be lost, but an old copy would not know it.")
    case .setBack(let losses):
      lines.append("\(file.path) was put back to an older copy:")
      lines += losses.map { "  \($0.words)" }
    case .superseded:
      lines.append("\(file.path) was out of date: a copy of it was adopted in its place.")
    }
    let runs = try file.adopt(OperatorWord(by: user, note: note), at: holder.now())
    lines.append("It was adopted. Do not use the original, or any other copy, again.")
    if !runs.isEmpty {
      lines.append(
        "What may have been done since is looked at before it is done again, and in doubt if nobody can see it:"
      )
      lines += runs.map { "  \(store.commands.of($0).resume)" }
    }
    return Adoption(lines: lines)
  }
}
