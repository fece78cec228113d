package import PlanModel
package import RotationEngine

/// What was done to one world so far, as the lines of its log tell it.
package struct EstateHistory: Sendable, Equatable {
  /// Whether the log has begun; a world whose log has not is new.
  package let isBegun: Bool

  /// What was done, oldest first.
  package let entries: [EstateEntry]

  /// Reads the lines of a log.
  ///
  /// - Parameters:
  ///   - lines: The lines without their ends, oldest first; none for a new world.
  ///   - header: The world that they must belong to.
  /// - Throws: ``EstateLogError`` where they belong to another world or cannot be read.
  package init(lines: [[UInt8]], of header: EstateLogHeader) throws(EstateLogError) {
    isBegun = !lines.isEmpty
    if let first = lines.first { try Self.check(first, against: header) }
    var entries: [EstateEntry] = []
    entries.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated().dropFirst() {
      guard let entry = EstateEntry(line: line) else {
        throw EstateLogError(
          "Line \(index + 1) of the estate's log is damaged. Restore the file from a backup, or "
            + "start a new run.")
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// Whether the log is not the one under which these actions succeeded: each of them is in the log before
  /// its success is recorded anywhere, so a log without any entry was lost.
  package func isLost(after succeeded: some Sequence<Action>) -> Bool {
    entries.isEmpty && succeeded.contains(where: \.leavesTrace)
  }

  /// The first thing that was done under an attempt which the journal of the run does not know, since `instant`.
  ///
  /// - Parameters:
  ///   - instant: When the journal was last adopted in spite of it; nil where it never was.
  ///   - attempts: For a step's id the attempts of which the journal knows.
  /// - Returns: The entry; nil where the journal knows of everything.
  package func firstEntry(after instant: Instant?, beyond attempts: (String) -> Int) -> EstateEntry?
  {
    entries.first { entry in
      instant.map { entry.at > $0 } ?? true && entry.attempt > attempts(entry.step)
    }
  }

  private static func check(
    _ line: [UInt8], against header: EstateLogHeader
  ) throws(EstateLogError) {
    guard let found = EstateLogHeader(line: line) else {
      throw EstateLogError(
        "The estate's log does not begin with a header that this version of waltz knows. Use the "
          + "version that wrote it, or start a new run.")
    }
    for (what, one, other) in [
      ("seed", "\(found.seed)", "\(header.seed)"), ("scenario", found.scenario, header.scenario),
      ("graph", found.graph, header.graph),
    ] where one != other {
      throw EstateLogError(
        "The estate's log was written for the \(what) \(one), not \(other). "
          + "Resume the run with the scenario and seed it was started with, or start a new run.")
    }
  }
}
