/// The kind of entry of a keystore that a certificate stands in.
public enum KeystoreEntry: Sendable, Hashable {
  /// The chain of a private key; the entries with a key are counted from 0.
  case key(Int)

  /// An entry by itself: a certificate that the owner of the keystore trusts, and that no server sends.
  case trusted
}
