internal import RotationEngine

extension Store {
  /// The id of the run that a user means: by its id, by a beginning that only one id has, or without a
  /// name the only one that can go on, else the newest.
  ///
  /// - Throws: ``StateError`` that lists the candidates
  package func resolve(_ name: String?) async throws -> String {
    let runs = try await runs()
    if let name {
      if runs.contains(where: { $0.id == name }) { return name }
      let matches = runs.filter { $0.id.hasPrefix(name) && !name.isEmpty }
      guard let first = matches.first else { throw StateError.unknown(name, commands) }
      guard matches.count == 1 else {
        throw StateError(
          .ambiguousRun, "\(name) could mean \(Self.list(matches)). Write the full name.")
      }
      return first.id
    }
    let candidates = runs.filter { $0.standing == .unfinished || $0.standing == .failed }
    if let first = candidates.first {
      guard candidates.count == 1 else {
        throw StateError(
          .ambiguousRun,
          "\(candidates.count) runs are not finished: \(Self.list(candidates)). Name the one you mean."
        )
      }
      return first.id
    }
    guard let newest = runs.first else {
      throw StateError(
        .noSuchRun, "There are no runs in \(place) yet. Start one with `\(commands.start)`.")
    }
    return newest.id
  }

  private static func list(_ runs: [RunEntry]) -> String {
    let names = runs.prefix(10).map { "\($0.id) (\($0.words))" }
    let more = runs.count > 10 ? " and \(runs.count - 10) more" : ""
    return names.joined(separator: ", ") + more
  }
}
