import Synchronization

/// Documents that were read already, by their digests: what a digest names never changes, so that no poll reads it again.
final class DocumentMemory<Value: Sendable>: Sendable {
  private let values = Mutex<[String: Value]>([:])

  /// The document; nil where it was not read yet.
  subscript(digest: String) -> Value? {
    get { values.withLock { $0[digest] } }
    set { values.withLock { $0[digest] = newValue } }
  }
}
