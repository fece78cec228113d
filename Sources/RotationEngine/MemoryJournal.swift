import Synchronization

/// A journal that forgets at the end of the process; for tests, benchmarks and forecasts.
package final class MemoryJournal: Journal {
  private struct Contents {
    var events: [RunEvent] = []
    var requests: [OperatorRequest] = []
    var nextRequest: Int64 = 1
  }

  /// Protects events and mailbox.
  private let contents = Mutex(Contents())

  /// An empty journal.
  package init() {}

  /// All events so far.
  package var events: [RunEvent] { contents.withLock { $0.events } }

  /// Puts a request into the mailbox.
  package func post(
    _ verb: OperatorRequest.Verb, step: String? = nil, by name: String, note: String? = nil,
    acceptsOrphans: Bool = false
  ) {
    contents.withLock { contents in
      contents.requests.append(
        OperatorRequest(
          id: contents.nextRequest, verb: verb, step: step,
          word: OperatorWord(by: name, note: note, acceptsOrphans: acceptsOrphans)))
      contents.nextRequest += 1
    }
  }

  package func append(_ events: [RunEvent], answering requests: [Int64]) {
    contents.withLock { contents in
      contents.events.append(contentsOf: events)
      if !requests.isEmpty { contents.requests.removeAll { requests.contains($0.id) } }
    }
  }

  package func requests() -> [OperatorRequest] { contents.withLock { $0.requests } }

  package func renewLease() {}
}
