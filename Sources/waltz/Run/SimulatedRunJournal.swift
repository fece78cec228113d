import Estate
import RotationEngine
import RunStore

/// The journal of a simulated run: it takes nothing more once the estate's log failed.
///
/// A full disk is no failure of a step. The executor stops, as it does when its own journal can not be
/// written; the step keeps its intent without an outcome, and the next executor looks what came of it.
struct SimulatedRunJournal: Journal {
  private let journal: RunJournal
  private let driver: SimulatedDriver

  init(_ journal: RunJournal, of driver: SimulatedDriver) {
    self.journal = journal
    self.driver = driver
  }

  func append(_ events: [RunEvent], answering requests: [Int64]) throws {
    try checkWorld()
    try journal.append(events, answering: requests)
  }

  func requests() throws -> [OperatorRequest] { try journal.requests() }

  func renewLease() throws {
    try checkWorld()
    try journal.renewLease()
  }

  private func checkWorld() throws(JournalError) {
    if let trouble = driver.logTrouble { throw JournalError(.storage, trouble.message) }
  }
}
