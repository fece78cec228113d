import Foundation
import TestSupport
import Testing

/// A terminal of some size in which a command runs: tmux draws what the command writes as a terminal does.
final class TmuxPane: Sendable {
  /// Whether there is tmux on this machine.
  static let isThere = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"]
    .contains { FileManager.default.isExecutableFile(atPath: $0) }

  private static let environment = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm",
  ]

  private let desk: Desk
  private let socket: String
  /// The server of tmux, and the group of what runs in the pane.
  private let processes: [Int32]

  /// Starts a line of shell, with the program as `$WALTZ`.
  init(_ desk: Desk, columns: Int, lines: Int, _ command: String) async throws {
    self.desk = desk
    // The path of a socket has to be short.
    socket = "/tmp/waltz-tmux-\(UUID().uuidString.prefix(8))"
    // The server outlives this command, and must not keep what Foundation tells the end of a process by.
    let start = #"""
      for n in /dev/fd/*; do n=${n##*/}; [ "$n" -le 2 ] || eval "exec $n>&-"; done
      exec tmux "$@"
      """#
    _ = try await desk.place.run(
      "/bin/bash",
      [
        "-c", start, "tmux", "-u", "-S", socket, "-f", "/dev/null", "new-session", "-d", "-x",
        "\(columns)", "-y", "\(lines)", "-e", "WALTZ=\(Program.path)", "-e",
        "WALTZ_STATE=\(desk.state)", "-e", "XDG_STATE_HOME=\(desk.folder)/.home", "-e",
        "LC_ALL=C.UTF-8", command,
      ], environment: Self.environment)
    let numbers = try await Self.call(
      desk, socket, ["display-message", "-p", "#{pid} -#{pane_pid}"])
    processes = numbers.split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    try #require(processes.count == 2)
    try await call("set", "-g", "status", "off")
    try await resize(columns: columns, lines: lines)
  }

  // At once, since a command to end it might be begun no more where this is the last test; and so that nothing can keep it
  // back: what a thread of tests begins inherits the signals that it blocks.
  deinit { for process in processes { kill(process, SIGKILL) } }

  /// Tells tmux something.
  @discardableResult
  func call(_ arguments: String...) async throws -> String {
    try await Self.call(desk, socket, arguments)
  }

  private static func call(
    _ desk: Desk, _ socket: String, _ arguments: [String]
  ) async throws -> String {
    try await desk.place.run(
      "/usr/bin/env", ["tmux", "-u", "-S", socket] + arguments, environment: environment
    ).output
  }

  func resize(columns: Int, lines: Int) async throws {
    try await call("resize-window", "-x", "\(columns)", "-y", "\(lines)")
  }

  /// Presses keys, as tmux names them.
  func press(_ keys: String...) async throws {
    for key in keys { try await call("send-keys", key) }
  }

  /// What is on the terminal, without blanks at the ends of lines and of it all.
  func lines() async throws -> [String] {
    Self.trimmed(
      try await call("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init))
  }

  static func trimmed(_ lines: [String]) -> [String] {
    var lines = lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// What is on the terminal once that is so; what was there last where it never is.
  func lines(where isSo: ([String]) -> Bool) async throws -> [String] {
    var lines: [String] = []
    for _ in 0..<3_000 {
      lines = try await self.lines()
      if isSo(lines) { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    return lines
  }

  /// Whether the command draws on the other screen, and whether the cursor is seen.
  func mode() async throws -> String {
    try await call("display-message", "-p", "#{alternate_on} #{cursor_flag}")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
