internal import GRDB
internal import PrivateFiles
internal import RotationEngine

/// Whether a state file is the one that was last written to.
package enum StateStanding: Sendable, Equatable {
  /// It is.
  case current

  /// It is a copy, perhaps an old one: the file system knows it by another number than it has itself.
  case copy

  /// It was put back to an older copy: more is remembered than it has.
  case setBack([Loss])

  /// A copy of it was adopted in its place.
  case superseded

  /// What one run lost.
  package struct Loss: Sendable, Equatable {
    /// The run's id; nil where the run itself is lost.
    package let run: String?

    /// How many events it has; 0 where it is lost.
    package let events: Int

    /// How many it had.
    package let remembered: Int

    /// `emea-1 has 697 events here, and had 1092`.
    package var words: String {
      guard let run else { return "a run that had \(remembered) events is not here" }
      return events < remembered
        ? "\(run) has \(events) events here, and had \(remembered)"
        : "\(run) has another course here from event \(remembered) or before"
    }
  }
}

extension StateStanding {
  /// What is known to be lost.
  package var losses: [Loss] {
    if case .setBack(let losses) = self { losses } else { [] }
  }

  /// Holds a file against what is remembered of it.
  ///
  /// What is remembered is read first: a run that goes on meanwhile is only further.
  static func standing(
    of database: Database, isCopy: Bool, _ memory: HeadMemory
  ) throws -> StateStanding {
    let memory = try memory.recall()
    if memory.isSuperseded { return .superseded }
    var losses: [Loss] = []
    for (number, heads) in memory.heads.sorted(by: { $0.key < $1.key }) {
      let found = try heads.compactMap { try loss(of: number, $0, in: database) }
      if let worst = found.first { losses.append(worst) }
    }
    if !losses.isEmpty { return .setBack(losses) }
    return isCopy ? .copy : .current
  }

  private static func loss(
    of number: Int64, _ head: HeadMemory.Head, in database: Database
  ) throws -> Loss? {
    let statement = try database.cachedStatement(
      sql: "SELECT id, count, hash FROM runs JOIN heads ON run = number WHERE number = ?")
    guard let row = try Row.fetchOne(statement, arguments: [number]) else {
      return Loss(run: nil, events: 0, remembered: head.count)
    }
    let count: Int = try row.required(1)
    let loss = Loss(run: try row.required(0), events: count, remembered: head.count)
    if count < head.count { return loss }
    let hash =
      count == head.count
      ? try row.bytes(2) : try hash(of: head.count, inRun: number, database)
    return hash.map(HashChain.hexadecimal) == head.hash ? nil : loss
  }

  /// The hash of an event, or of the run's facts before the first; nil where there is none.
  private static func hash(
    of sequence: Int, inRun number: Int64, _ database: Database
  ) throws -> [UInt8]? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT iif(?2 = 0, (SELECT start FROM heads WHERE run = ?1),
          (SELECT hash FROM events WHERE id = ?3))
        """)
    let key = StateFormat.key(run: number, sequence: sequence)
    return try Row.fetchOne(statement, arguments: [number, sequence, key])
      .flatMap { $0.hasNull(atIndex: 0) ? nil : try $0.bytes(0) }
  }
}

extension StateError {
  /// Why a file is not written to; nil where it is the current one.
  static func refusal(
    of standing: StateStanding, path: String, _ commands: StateCommands
  ) -> StateError? {
    let way =
      "Restore a later copy if there is one. Else `\(commands.adopt)` says what was lost and lets the runs go on: what "
      + "may have happened since is then looked at before anything is done again."
    switch standing {
    case .current: return nil
    case .copy:
      return StateError(
        .copied,
        "\(path) is a copy, and the original may be in use. Two copies that both run could rotate the same site "
          + "twice; an old one does not know what was done since. If the original is gone or will never be used "
          + "again, go on with this one: `\(commands.adopt)`.")
    case .setBack(let losses):
      let words = losses.prefix(3).map(\.words).joined(separator: "; ")
      let rest = losses.count > 3 ? "; and \(losses.count - 3) more" : ""
      return StateError(
        .setBack,
        "\(path) was put back to an older copy: \(words)\(rest). Steps may have been carried out that it knows "
          + "nothing of, so no run goes on by itself. \(way)")
    case .superseded:
      return StateError(
        .setBack,
        "\(path) is out of date: a copy of it was adopted in its place. Use that one. If that one is gone, "
          + "`\(commands.adopt)` lets the runs of this one go on.")
    }
  }
}

extension StateFile {
  /// What a reader is told before it sees the runs of a file that is not the current one; nil where it is.
  package var warning: String? {
    StateError.refusal(of: standing, path: path, commands)?.message
  }
}
