import Cryptography
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
package import RotationEngine
package import Runs

/// The web view of a state directory: pages of its runs that follow their journals, for whoever may come in.
package struct DashboardServer: Sendable {
  /// Where it listens, and what it lets be done.
  package struct Settings: Sendable {
    /// An address of this machine, and a port; 0 for one that the system chooses.
    package var address: String
    package var port: Int

    /// The names, without a port, by which it may be asked for.
    package var hosts: [String]

    package var entry: Door.Entry

    /// The files of a certificate and its key, as PEM; nil for plain HTTP.
    package var certificate: (chain: String, key: String)?

    /// What may be asked of a run's gates.
    package var verbs: [OperatorRequest.Verb]

    /// A word that nobody outside knows, which cookies and forms are made with.
    package var secret: String

    /// Settings.
    package init(
      address: String, port: Int, hosts: [String], entry: Door.Entry,
      certificate: (chain: String, key: String)? = nil, verbs: [OperatorRequest.Verb] = [],
      secret: String
    ) {
      self.address = address
      self.port = port
      self.hosts = hosts
      self.entry = entry
      self.certificate = certificate
      self.verbs = verbs
      self.secret = secret
    }
  }

  private let settings: Settings
  private let desk: RunDesk
  private let now: @Sendable () -> Instant

  /// A dashboard over the runs of a desk.
  package init(_ settings: Settings, of desk: RunDesk, now: @escaping @Sendable () -> Instant) {
    self.settings = settings
    self.desk = desk
    self.now = now
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameter listening: Is told the port once it listens.
  /// - Throws: What the system or the certificate is refused with
  package func run(listening: @escaping @Sendable (Int) -> Void) async throws {
    let pulse = JournalPulse(desk)
    let routes = DashboardRoutes(
      desk: desk, shelf: RunShelf(desk, now: now), pulse: pulse, verbs: settings.verbs,
      secret: Hexadecimal.text(of: HashFunction.sha256.hash(of: Array(settings.secret.utf8))),
      now: now)
    let router = Router(context: DashboardContext.self)
    router.add(
      middleware: Doorkeeper(
        door: Door(
          hosts: Set(settings.hosts.map { $0.lowercased() }), entry: settings.entry,
          key: settings.secret),
        isEncrypted: settings.certificate != nil))
    routes.add(to: router)
    let application = Application(
      router: router, server: try server(),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.address, port: settings.port)),
      onServerRunning: { channel in
        await Self.dropStalled(on: channel)
        listening(channel.localAddress?.port ?? 0)
      },
      logger: Logger(label: "waltz.dashboard") { _ in SwiftLogNoOpLogHandler() })
    try await withThrowingTaskGroup { group in
      group.addTask { await pulse.run() }
      group.addTask { try await application.run() }
      // The first to end ends the other.
      try await group.next()
      group.cancelAll()
    }
  }

  /// Lets the system end connections whose reader takes nothing for half a minute, although there is room in the system's
  /// own buffers, where ``JournalPulse`` sees nothing of it. Connections have it from the socket that listens (tcp(7)).
  private static func dropStalled(on channel: any Channel) async {
    #if os(Linux)
      // TCP_USER_TIMEOUT, in milliseconds. Where it is not to be had the pulse's own limit is left.
      try? await channel.setOption(
        .tcpOption(NIOBSDSocket.Option(rawValue: 18)), value: 30_000
      ).get()
    #endif
  }

  private func server() throws -> HTTPServerBuilder {
    guard let files = settings.certificate else { return .http1() }
    let chain = try NIOSSLCertificate.fromPEMFile(files.chain).map {
      NIOSSLCertificateSource.certificate($0)
    }
    let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
    return try .tls(
      .http1(),
      tlsConfiguration: .makeServerConfiguration(
        certificateChain: chain, privateKey: .privateKey(key)))
  }
}

/// A request with the connection that it came on, and who it is from once that is known.
struct DashboardContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel
  var visitor = ""

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
