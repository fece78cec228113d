import Foundation

/// `sshd` on a port of this machine, with keys of its own, for whoever runs the tests.
public final class SSHServer: @unchecked Sendable {
  /// The port, which the system chose.
  public let port: Int

  /// The folder with the keys and what else the server needs.
  public let folder: TestFolder

  // Touched by init and deinit alone.
  private let process: Process

  /// Starts the server and waits until it listens.
  public init() async throws {
    let folder = try TestFolder()
    self.folder = folder
    for name in ["host", "client", "other"] {
      let made = try await folder.run(
        "/usr/bin/env", ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name])
      guard made.status == 0 else { throw Failure(text: made.errors) }
    }
    // The folder that starting the service would have made; only the superuser's server asks for it.
    if getuid() == 0 { mkdir("/run/sshd", 0o755) }
    var failure = Failure(text: "no port")
    // Somebody else may take a port before the server does.
    for _ in 0..<8 {
      guard let free = LoopbackListener(.closed)?.port else { continue }
      let log = folder.path + "/log"
      _ = try folder.write("", as: "log")
      // sshd closes what it inherits. Foundation would take that for its end, wait for that, and tell of no other
      // process meanwhile: a shell stands before it.
      let process = folder.process(
        "/bin/sh",
        [
          "-c", #"/usr/sbin/sshd "$@" & wait"#, "sshd", "-D", "-E", log, "-f",
          try folder.write(Self.settings(free, folder), as: "settings"),
        ],
        environment: ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"])
      try process.run()
      var text = ""
      while !text.contains("listening on"), process.isRunning {
        try await Task.sleep(for: .milliseconds(10))
        text = try folder.text(of: "log")
      }
      guard text.contains("listening on") else {
        process.kill()
        failure = Failure(text: text)
        continue
      }
      (self.process, port) = (process, free)
      try knowHost("host")
      return
    }
    throw failure
  }

  deinit {
    if let text = try? folder.text(of: "pid"),
      let server = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
    {
      Foundation.kill(server, SIGKILL)
    }
    process.kill()
  }

  /// Makes the client believe that the server's key is this one: `host`, or `other`.
  public func knowHost(_ key: String) throws {
    _ = try folder.write("[127.0.0.1]:\(port) \(try folder.text(of: "\(key).pub"))", as: "known")
  }

  /// The words that run a command on the server, or on another port, as far as its address; a file of settings may say
  /// the port instead.
  public func client(port: Int? = nil, settings: String? = nil) -> [String] {
    let place = settings.map { ["-F", $0] } ?? ["-F", "none", "-p", "\(port ?? self.port)"]
    return ["ssh"] + place + [
      "-i", "\(folder.path)/client", "-l", NSUserName(),
      "-o", "UserKnownHostsFile=\(folder.path)/known", "-o", "GlobalKnownHostsFile=none",
      "-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes",
    ]
  }

  private static func settings(_ port: Int, _ folder: TestFolder) -> String {
    """
    ListenAddress 127.0.0.1:\(port)
    HostKey \(folder.path)/host
    AuthorizedKeysFile \(folder.path)/client.pub
    PidFile \(folder.path)/pid
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    PermitRootLogin prohibit-password
    StrictModes no
    UsePAM no

    """
  }

  /// The server did not come up; what it printed.
  public struct Failure: Error {
    let text: String
  }
}
