import CanonicalJSON
import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("News beside a run", .timeLimit(.minutes(10)))
struct NotifyTests {
  /// A desk whose notify.yaml has these destinations.
  private func desk(_ destinations: String) throws -> Desk {
    try desk(saying: "destinations:\n\(destinations)")
  }

  /// A desk whose notify.yaml says this.
  private func desk(saying settings: String) throws -> Desk {
    let desk = try Desk()
    try FileManager.default.createDirectory(
      atPath: desk.state, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
    let text = """
      apiVersion: waltz/v1
      kind: Notifications
      \(settings)

      """
    #expect(
      FileManager.default.createFile(
        atPath: desk.state + "/notify.yaml", contents: Data(text.utf8),
        attributes: [.posixPermissions: 0o600]))
    return desk
  }

  private func told(_ desk: Desk) throws -> [String] {
    guard let data = FileManager.default.contents(atPath: desk.state + "/told") else { return [] }
    return try data.split(separator: 0x0A).map {
      try JSONValue(parsing: Array($0))["id"]?.string ?? ""
    }
  }

  private let program = """
      log:
        command: [sh, -c, cat >> told]
        worlds: [simulated]
        classes: { run-started: now, wait-passed: now }
        digest: "off"
    """

  @Test("Where nobody is named there is nobody to be told, and that is said")
  func nobody() async throws {
    let desk = try desk(saying: "ping: { url: { env: PING } }")
    let status = try await desk.onState("notify", "status")
    #expect(status.status == 0, "\(status)")
    #expect(status.output == "notify.yaml names no destination: nobody is told news.\n")
    let test = try await desk.onState("notify", "test", "ops")
    #expect(test.status == 2 && test.errors.contains("no destination `ops`.\n"), "\(test)")
  }

  @Test("An executor tells what happens, each once, and a timer has nothing left")
  func told() async throws {
    let desk = try desk(program)
    let run = try await desk.simulate(Repository.oneServer)
    #expect(run.status == 0, "\(run.errors)")
    let ids = try told(desk)
    #expect(ids.first == "one-server-1/1" && ids.count > 5)
    #expect(Set(ids).count == ids.count)
    #expect(try await desk.onState("notify", "deliver").status == 0)
    #expect(try told(desk) == ids)
    let status = try await desk.onState("notify", "status", "--format", "json").json()
    let row = try #require(status["destinations"]?.array?.first)
    #expect(row["state"]?.string == "reached" && row["waiting"]?.integer == 0)
    #expect(try await desk.onState("notify", "test", "log").output == "log has taken it.\n")
    let wrong = try await desk.onState("notify", "test", "lgo")
    #expect(wrong.status == 2 && wrong.errors.contains("Did you mean `log`?"))
  }

  @Test("A destination that hangs, or fails, is in nobody's way; a timer tells what was left")
  func hanging() async throws {
    let desk = try desk(program.replacing("cat >> told", with: "sleep 3600"))
    let run = try await desk.simulate(Repository.oneServer)
    #expect(run.status == 0)
    #expect(try told(desk) == [])
    let verified = try await desk.onState("verify", "one-server-1")
    #expect(verified.status == 0)
    let file = desk.state + "/notify.yaml"
    let text = try Repository.text(file).replacing("sleep 3600", with: "exit 75")
    try Data(text.utf8).write(to: URL(filePath: file))
    // The one that was broken off counts as a failure, and is tried again after five seconds.
    try await Task.sleep(for: .seconds(6))
    let late = try await desk.onState("notify", "deliver")
    #expect(late.status == 3 && late.errors.contains("log was not told"), "\(late.errors)")
  }

  @Test("Destinations are tried before there is a run, and a timer has nothing to tell")
  func beforeTheFirstRun() async throws {
    let desk = try desk("  log: { command: [sh, -c, cat >> told] }")
    let status = try await desk.onState("notify", "status")
    #expect(status.status == 0 && status.output.contains("not used yet"), "\(status.errors)")
    #expect(!FileManager.default.fileExists(atPath: desk.state + "/state.db"))
    #expect(try await desk.onState("notify", "deliver").status == 0)
    let test = try await desk.onState("notify", "test", "log")
    #expect(test.output == "log has taken it.\n", "\(test.errors)")
    #expect(try told(desk).first?.hasPrefix("test/log/") == true)
  }

  @Test(
    "Checks are told of stays and exposures: waiting is a success, and an end that leaves a site open is none"
  )
  func checks() async throws {
    let receiver = try await Receiver()
    let desk = try desk("  log: { command: [\"true\"], worlds: [lab] }")
    let file = desk.state + "/notify.yaml"
    let text = try Repository.text(file).replacing(
      "destinations:",
      with: """
        ping: { url: { file: ping }, worlds: [simulated] }
        exposure: { url: { file: exposure }, worlds: [simulated] }
        destinations:
        """)
    try Data(text.utf8).write(to: URL(filePath: file))
    for name in ["ping", "exposure"] {
      try Data("http://127.0.0.1:\(receiver.port)/\(name)".utf8)
        .write(to: URL(filePath: desk.state + "/" + name))
    }
    _ = try await desk.startAtGate()
    for gate in [Desk.backUp, Desk.switchToHTTP] {
      #expect(try await desk.onState("approve", Desk.run, gate).status == 0)
      _ = try await desk.visit()
    }
    #expect(try await desk.onState("abort", Desk.run).status == 0)
    #expect(try await desk.visit().status == 17)
    #expect(try await desk.onState("notify", "deliver").status == 0)
    func calls(_ name: String) -> [Receiver.Request] {
      receiver.requests.filter { $0.path.hasPrefix("/\(name)") }
    }
    func paths(_ name: String) -> [String] {
      calls(name).map { String($0.path.prefix { $0 != "?" }) }
    }
    #expect(
      paths("ping") == [
        "/ping/start", "/ping", "/ping/start", "/ping", "/ping/start", "/ping", "/ping/start",
        "/ping/fail",
      ])
    #expect(
      calls("ping").map(\.body).filter { !$0.isEmpty }
        == [11, 11, 10, 17].map { "waltz ended with \($0)" })
    let pairs = calls("ping").compactMap { $0.path.split(separator: "rid=").last }
    #expect(pairs[0] == pairs[1] && pairs[2] == pairs[3] && Set(pairs).count == 4)
    #expect(paths("exposure") == ["/exposure/start"])
    // Another run over the site opens it anew, and ends it.
    #expect(try await desk.simulate(Repository.oneServer).status == 0)
    #expect(paths("exposure") == ["/exposure/start", "/exposure/start", "/exposure"])
  }

  @Test("A check of exposures that is not reached is in nobody's way, and its URL is not shown")
  func exposure() async throws {
    let listener = try #require(LoopbackListener(.closed))
    let desk = try desk("  log: { command: [\"true\"], worlds: [simulated] }")
    let file = desk.state + "/notify.yaml"
    let text = try Repository.text(file).replacing(
      "destinations:",
      with: "exposure: { url: { file: exposure }, worlds: [simulated] }\ndestinations:")
    try Data(text.utf8).write(to: URL(filePath: file))
    let url = desk.state + "/exposure"
    try Data("http://127.0.0.1:\(listener.port)/geheim".utf8).write(to: URL(filePath: url))
    let run = try await desk.simulate(Repository.oneServer)
    #expect(run.status == 0 && run.errors.contains("the check of exposures was not told"))
    let status = try await desk.onState("notify", "status", "--format", "json")
    let check = try #require(try status.json()["checks"]?.array?.first)
    #expect(check["state"]?.string == "failing" && check["waiting"]?.integer == 2)
    let shown = try await desk.onState("notify", "status")
    #expect(shown.output.contains("exposure (a check)"))
    let late = try await desk.onState("notify", "deliver")
    #expect(late.status == 3)
    let test = try await desk.onState("notify", "test", "--check", "exposure")
    #expect(test.status == 3 && test.errors.contains("nothing listens"))
    let none = try await desk.onState("notify", "test", "--check", "ping")
    #expect(none.status == 2 && none.errors.contains("notify.yaml has no `ping`"))
    #expect(try await desk.onState("notify", "test").status == 2)
    let sited = try await desk.onState("notify", "test", "--check", "exposure", "--site", "paris")
    #expect(sited.status == 2 && sited.errors.contains("leave --site out"))
    let closed = try await desk.onState("notify", "closed", "paris")
    #expect(closed.status == 2 && closed.errors.contains("No run left paris open"))
    for outcome in [run, status, shown, late, test] {
      #expect(!(outcome.output + outcome.errors).contains("geheim"))
    }
  }

  @Test("Mistakes in notify.yaml are said, and the run goes on")
  func mistakes() async throws {
    let desk = try desk("  log: { comand: [cat] }")
    let run = try await desk.simulate(Repository.oneServer)
    #expect(run.status == 0)
    #expect(
      run.errors.contains("F001") && run.errors.contains("nobody is told news"), "\(run.errors)")
    #expect(try await desk.onState("notify", "deliver").status == 1)
    #expect(try await Desk().onState("notify", "status").status != 0)
  }

  @Test(
    "A supervisor hears that an executor began, where it stands, that it lives, and that it ends")
  func supervisor() async throws {
    let desk = try Desk()
    let socket = try #require(NoticeSocket(at: desk.folder + "/notice"))
    let process = desk.process(
      [
        "run", Repository.oneServer, "--simulate", "--state", desk.state, "--scenario",
        Repository.root + "/plans/scenarios/nobody-there.yaml",
      ], environment: ["NOTIFY_SOCKET": desk.folder + "/notice"])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let ends = process.endStatuses()
    try process.run()
    defer { process.kill() }
    var notices = socket.notices.makeAsyncIterator()
    #expect(await notices.next()?.hasPrefix("READY=1\nSTATUS=one-server-1") == true)
    var (isAlive, standing) = (false, "")
    while !isAlive || !standing.contains("waiting for an operator") {
      let notice = try #require(await notices.next())
      if notice == "WATCHDOG=1" { isAlive = true }
      if notice.hasPrefix("STATUS=") { standing = notice }
    }
    kill(process.processIdentifier, SIGTERM)
    while let notice = await notices.next(), notice != "STOPPING=1" {}
    for await _ in ends { break }
  }
}

/// A socket as a supervisor has it.
private final class NoticeSocket: Sendable {
  let notices: AsyncStream<String>
  private let descriptor: Int32

  init?(at path: String) {
    #if canImport(Glibc)
      let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    #else
      let descriptor = socket(AF_UNIX, SOCK_DGRAM, 0)
    #endif
    self.descriptor = descriptor
    let (stream, continuation) = AsyncStream.makeStream(of: String.self)
    notices = stream
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { room in
      for (index, byte) in path.utf8.enumerated() where index < room.count - 1 {
        room[index] = byte
      }
    }
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    guard isBound else { return nil }
    // It waits for as long as the test lasts, so it has a thread of its own.
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 4_096)
      while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
        continuation.yield(String(decoding: buffer.prefix(count), as: UTF8.self))
      }
      continuation.finish()
    }
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
