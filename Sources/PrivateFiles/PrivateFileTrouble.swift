/// Why a file of the state directory is not opened.
package enum PrivateFileTrouble: Error, Sendable, Equatable {
  /// The system refuses, with this `errno`.
  case system(Int32)

  /// What stands there is not what Waltz made, or others may have changed it: what was found, and what to do.
  case untrusted(String)
}
