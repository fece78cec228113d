import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the supervisor of a service is told of an executor that stays (`sd_notify`): that it began, where it stands, that
/// it lives, that it ends. Nothing happens where no supervisor listens, and nobody waits for one.
final class ServiceNotices: Sendable {
  private let descriptor: Int32
  private let address: [UInt8]
  /// What was said last, when, and what is to be said.
  private struct Said {
    var line = ""
    var at: ContinuousClock.Instant?
    var pending: (@Sendable () -> String)?
  }

  private let said = Mutex(Said())

  /// Notices to a socket, as the variable NOTIFY_SOCKET names it; nil without one, or for a name that is none.
  init?(socket name: String?) {
    guard let name, name.hasPrefix("/") || name.hasPrefix("@") else { return nil }
    var path = Array(name.utf8)
    // A name that begins with @ stands in no folder.
    if name.hasPrefix("@") { path[0] = 0 }
    guard path.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
    #if canImport(Glibc)
      let kind = Int32(SOCK_DGRAM.rawValue)
    #else
      let kind = SOCK_DGRAM
    #endif
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { return nil }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    self.descriptor = descriptor
    address = path
  }

  deinit { close(descriptor) }

  /// The run is held, and its executor begins.
  func ready(_ words: String) { send("READY=1\nSTATUS=\(Self.line(words))") }

  /// Where the run stands, in a line: once a second at most, what came last, and the same line not again. What is said in
  /// between costs nothing.
  func say(_ words: @escaping @Sendable () -> String) {
    said.withLock { $0.pending = words }
    flush()
  }

  /// The executor went through a turn in which it kept the run: only who does that lives.
  func alive() {
    send("WATCHDOG=1")
    flush()
  }

  private func flush() {
    let now = ContinuousClock.now
    let line: String? = said.withLock { said in
      guard let words = said.pending, said.at.map({ now - $0 >= .seconds(1) }) ?? true else {
        return nil
      }
      let line = Self.line(words())
      said.pending = nil
      said.at = now
      guard line != said.line else { return nil }
      said.line = line
      return line
    }
    if let line { send("STATUS=\(line)") }
  }

  /// The executor ends.
  func stopping() { send("STOPPING=1") }

  /// A line end would begin another notice.
  private static func line(_ words: String) -> String {
    String(words.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) }.prefix(200))
  }

  private func send(_ text: String) {
    var target = sockaddr_un()
    target.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &target.sun_path) { room in
      for (index, byte) in address.enumerated() { room[index] = byte }
    }
    // An abstract name is as long as the address says; a path ends with its zero.
    let length = MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + address.count } ?? 0
    let bytes = Array(text.utf8)
    _ = withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t(length))
      }
    }
  }
}
