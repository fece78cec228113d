public import Foundation

extension Process {
  /// Ends the process for sure. It may have been started on a thread that takes no signals, and has inherited
  /// that; what it holds open would keep whoever reads the tests' output waiting.
  public func kill() {
    guard isRunning else { return }
    Foundation.kill(processIdentifier, SIGKILL)
  }
}
