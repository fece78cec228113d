/// Why something that was asked for is not to be had, in words for whoever asked.
package struct WorkspaceError: Error, Equatable {
  /// Who has to do something about it.
  package enum Kind: Sendable {
    /// What was asked for makes no sense as it was asked: the question has to be another one.
    case arguments

    /// A file, a folder, git or the network is not as it has to be.
    case environment

    /// What was read is not what was asked for, such as a file without a plan.
    case findings
  }

  package let kind: Kind

  /// What went wrong, and what to do about it where that can be told.
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// What went wrong below, in the words of who found it.
  package init(_ error: any Error) {
    self = error as? WorkspaceError ?? WorkspaceError(.environment, "\(error)")
  }
}
