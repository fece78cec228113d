import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// What the libraries below call a failure. Their own descriptions are not printed: they may hold a header.
extension TransportFailure {
  init(_ error: any Error) {
    switch error {
    case let error as TransportFailure: self = error
    case is CancellationError: self = .cancelled
    case let error as WrongLeaf: self = .wrongCertificate(error.seen)
    case let error as HTTPClientError: self = Self.failure(error)
    case ChannelError.connectTimeout: self = .noConnection
    case is ChannelError: self = .lost
    case let error as NIOConnectionError:
      guard let last = error.connectionErrors.last?.error else {
        self = .unknownHost
        return
      }
      self = TransportFailure(last)
    case let error as IOError: self = Self.failure(error)
    case let error as NIOSSLError: self = Self.failure(error)
    case is NIOSSLExtraError: self = .wrongCertificate(nil)
    case HTTPParserError.invalidEOFState: self = .lost
    case is HTTPParserError: self = .notHTTP
    default: self = .lost
    }
  }

  private static func failure(_ error: HTTPClientError) -> TransportFailure {
    switch error {
    case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout: .noConnection
    case .deadlineExceeded, .readTimeout, .writeTimeout: .timedOut
    case .cancelled: .cancelled
    default: .lost
    }
  }

  private static func failure(_ error: IOError) -> TransportFailure {
    switch error.errnoCode {
    case ECONNREFUSED: .refused
    case ECONNRESET, EPIPE, ENOTCONN, ECONNABORTED: .lost
    case ETIMEDOUT: .noConnection
    default: .unreachable(String(cString: strerror(error.errnoCode)))
    }
  }

  private static func failure(_ error: NIOSSLError) -> TransportFailure {
    switch error {
    case .handshakeFailed(let reason):
      let words = "\(reason)"
      if words.contains("CERTIFICATE_VERIFY_FAILED") { return .wrongCertificate(nil) }
      return .noTLS(
        words.contains("WRONG_VERSION_NUMBER")
          ? "it does not speak TLS" : "the handshake failed")
    case .unableToValidateCertificate, .noCertificateToValidate: return .wrongCertificate(nil)
    default: return .lost
    }
  }
}
