#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A TCP port of this machine that is no proper server.
public final class LoopbackListener: Sendable {
  /// How it misbehaves.
  public enum Manner: Sendable {
    /// Nothing listens: connections are refused, and nobody else gets the port meanwhile.
    case closed

    /// Connections are taken by the system and never answered.
    case silent
  }

  /// The port, which the system chose.
  public let port: Int

  private let descriptor: Int32

  /// Takes a port of 127.0.0.1; nil where the system gives none.
  public init?(_ manner: Manner) {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, stream, 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && (manner == .closed || listen(descriptor, 16) == 0)
          && getsockname(descriptor, $0, &size) == 0
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    guard isBound else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }
}
