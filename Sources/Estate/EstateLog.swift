import Synchronization

/// Where the estate keeps what was done to it, apart from the journal: the world remembers what a killed
/// executor did not. Whoever holds one may write; who only looks builds an ``EstateView`` from lines.
package protocol EstateLog: Sendable {
  /// All lines, oldest first, without their ends; called once, before any append.
  ///
  /// - Throws: ``EstateLogError``
  func lines() throws -> [[UInt8]]

  /// Appends one line; returns when it cannot be lost any more.
  ///
  /// - Throws: ``EstateLogError``; the effect must then not be applied.
  func append(_ line: [UInt8]) throws
}

/// Why the estate's log cannot be used.
package struct EstateLogError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What happened and what to do next.
  package let message: String

  /// An error.
  package init(_ message: String) {
    self.message = message
  }

  package var description: String { message }
}

/// A log that lives as long as the process.
package final class InMemoryEstateLog: EstateLog {
  private let storage: Mutex<[[UInt8]]>

  /// A log that already holds `lines`.
  package init(lines: [[UInt8]] = []) {
    storage = Mutex(lines)
  }

  package func lines() throws -> [[UInt8]] {
    storage.withLock { $0 }
  }

  package func append(_ line: [UInt8]) throws {
    storage.withLock { $0.append(line) }
  }
}
