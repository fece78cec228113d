import RotationEngine
import RunStore
import Synchronization

/// Keeps what an executor's journal comes to, now and then while it is at work and at its end, for those who look.
final class FoldKeeper: Sendable {
  private let archive: RunArchive
  private let journal: any HeldJournal
  private let shelf: FoldShelf
  private let kept: Mutex<Int>

  /// What came of the journal up to now is the archive's state.
  private let isSound: Bool

  /// After how many events it is kept anew.
  private static let stride = 4_096

  init(_ archive: RunArchive, _ journal: any HeldJournal, _ shelf: FoldShelf) {
    self.archive = archive
    self.journal = journal
    self.shelf = shelf
    // An executor that began with anything else than what the chain is over has nothing to keep.
    isSound = journal.count == archive.state.lastSequence && journal.headHash == archive.head
    kept = Mutex(archive.state.lastSequence)
  }

  /// Takes note of an event that is durable, with the state after its turn.
  func take(_ event: RunEvent, _ state: RunState) {
    guard event.sequence == state.lastSequence,
      kept.withLock({ state.lastSequence - $0 >= Self.stride })
    else { return }
    keep(state)
  }

  /// Keeps the state that the journal has come to.
  func keep(_ state: RunState) {
    guard isSound, state.lastSequence > 0, journal.count == state.lastSequence else { return }
    shelf.keep(archive, state, head: journal.headHash)
    kept.withLock { $0 = state.lastSequence }
  }
}
