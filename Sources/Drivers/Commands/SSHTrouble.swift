/// A trouble of ssh's own that passes by itself, by its last words: the other machine was not reached, or the connection
/// was lost. What does not pass, such as a host key that has changed or a log-on that is refused, is none of these
/// (`docs/COMMANDS.md`, "Exit status").
enum SSHTrouble {
  /// Nothing was begun on the other machine.
  case notReached

  /// Nobody knows what was done there.
  case lost

  /// The status with which ssh ends where it failed itself. A program on the other machine may end with it, too, and then
  /// says something else.
  static let status = 255

  /// The trouble that the last line of standard error tells; nil for any other line. ssh says it in English only.
  init?(lastLine line: some StringProtocol) {
    func begins(_ starts: [String]) -> Bool { starts.contains { line.hasPrefix($0) } }
    if begins(["ssh: connect to host ", "ssh: Could not resolve hostname "]) {
      self = .notReached
    } else if begins([
      "Connection to ", "Connection closed by ", "Connection reset by ", "Timeout, server ",
      "client_loop: send disconnect: ", "ssh_dispatch_run_fatal: Connection to ",
    ]) {
      self = .lost
    } else {
      return nil
    }
  }
}
