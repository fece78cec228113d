#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Which process on which machine: enough to tell later whether it still lives.
package struct ProcessIdentity: Sendable, Hashable {
  /// The machine's name.
  package let host: String

  /// Names the boot of the machine and the set of processes within it (containers have their own), so
  /// that process ids may be compared.
  package let bootID: String

  /// The process id.
  package let pid: Int32

  /// When the process started, in the system's own unit; process ids are used again.
  package let startTime: Int64

  /// Who runs it, as ``RecordedUser/text`` says it.
  package let user: String

  /// An identity.
  package init(host: String, bootID: String, pid: Int32, startTime: Int64, user: String) {
    self.host = host
    self.bootID = bootID
    self.pid = pid
    self.startTime = startTime
    self.user = user
  }
}

extension ProcessIdentity {
  /// Whether each of two processes can see whether the other lives.
  package func isNeighbour(of other: ProcessIdentity) -> Bool {
    host == other.host && bootID == other.bootID
  }

  /// Names the boot of the machine alone: processes of one boot share its uptime, in whatever container. Empty where
  /// the system does not say.
  var machineBoot: Substring { bootID.prefix { $0 != " " } }

  /// This process.
  package static func current(user: String) -> ProcessIdentity {
    var name = [CChar](repeating: 0, count: 256)
    let host = gethostname(&name, name.count - 1) == 0 ? text(name) : "unknown"
    let boot = firstLine(of: "/proc/sys/kernel/random/boot_id")
    var link = [CChar](repeating: 0, count: 128)
    let length = readlink("/proc/self/ns/pid", &link, link.count - 1)
    let pid = getpid()
    return ProcessIdentity(
      host: host,
      bootID: boot + (length > 0 ? " " + text(link) : ""),
      pid: pid,
      startTime: status(of: pid)?.startTime ?? 0,
      user: user)
  }

  /// Whether the process of an identity lives. Call it only for identities with the ``bootID`` of this
  /// process; where it cannot be told, it lives.
  package static func isAlive(_ identity: ProcessIdentity) -> Bool {
    if kill(identity.pid, 0) != 0, errno == ESRCH { return false }
    guard let status = status(of: identity.pid) else { return true }
    return !status.isDead && status.startTime == identity.startTime
  }

  /// What `/proc/PID/stat` says; nil where there is no such file.
  private static func status(of pid: Int32) -> (isDead: Bool, startTime: Int64)? {
    let bytes = contents("/proc/\(pid)/stat")
    // The name in parentheses may hold anything, so the fields count from the last closing one.
    guard let close = bytes.lastIndex(of: 0x29) else { return nil }
    let fields = bytes[(close + 1)...].split(separator: 0x20)
    guard fields.count > 19, let state = fields[0].first,
      let start = Int64(String(decoding: fields[19], as: UTF8.self))
    else { return nil }
    return (state == UInt8(ascii: "Z") || state == UInt8(ascii: "X"), start)
  }

  private static func contents(_ path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = read(descriptor, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : []
  }

  /// The first line of a file of the system; empty where there is none.
  static func firstLine(of path: String) -> String { firstLine(contents(path)) }

  private static func firstLine(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
