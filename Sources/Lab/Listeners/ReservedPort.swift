#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A TCP port that stays a lab's own while nothing listens on it: bound, but not listened on, so that connections are
/// refused and no other process gets it.
final class ReservedPort: Sendable {
  let address: String
  let port: Int

  private let descriptor: Int32

  /// Takes a port.
  ///
  /// - Parameters:
  ///   - address: An IPv4 address of this machine.
  ///   - port: The port; 0 lets the system choose.
  /// - Throws: ``LabError`` where it cannot be had.
  init(_ address: String, port: Int) throws {
    #if canImport(Darwin)
      let stream = SOCK_STREAM
    #else
      let stream = Int32(SOCK_STREAM.rawValue)
    #endif
    let descriptor = socket(AF_INET, stream, 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = UInt16(clamping: port).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    var yes: Int32 = 1
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    // Whoever listens binds it once more.
    setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEPORT, &yes, socklen_t(MemoryLayout<Int32>.size))
    let isBound =
      inet_pton(AF_INET, address, &place.sin_addr) == 1
      && withUnsafeMutablePointer(to: &place) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
        }
      }
    guard isBound else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw LabError(
        "Port \(port) of \(address) cannot be had: \(reason). Stop what uses it, or start a lab in another folder."
      )
    }
    self.address = address
    self.port = Int(UInt16(bigEndian: place.sin_port))
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
