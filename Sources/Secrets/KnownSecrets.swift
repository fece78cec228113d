import Synchronization

/// The secrets that a process has come to know: what is to be hidden in what others print. Like each of them it has no text.
package final class KnownSecrets: Sendable {
  private let secrets = Mutex<[Secret]>([])

  /// None yet.
  package init() {}

  /// Keeps a secret, once.
  package func learn(_ secret: Secret) {
    secrets.withLock { secrets in
      if !secrets.contains(where: secret.matches) { secrets.append(secret) }
    }
  }

  /// All of them, in the order in which they became known.
  package var all: [Secret] { secrets.withLock { $0 } }
}

extension KnownSecrets: CustomStringConvertible, CustomReflectable {
  package var description: String { "(secrets)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
