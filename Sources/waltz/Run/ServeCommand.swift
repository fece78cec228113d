import ArgumentParser
import Dashboard
import Reports
import RotationEngine
import RunStore
import Runs
import WorkingTree

/// What a person may ask for in a browser. Nothing that could cost clients is among it.
enum WebVerb: String, ExpressibleByArgument, CaseIterable {
  case approve
  case reject

  var verb: OperatorRequest.Verb {
    switch self {
    case .approve: .approve
    case .reject: .reject
    }
  }
}

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract:
      "Shows the runs in a browser, with what is asked of whom; changes nothing unless told so.",
    discussion: """
      It listens on this machine alone, at an address that is printed with a random token: whoever has it may look. \
      Other addresses need --behind-proxy, or --users with --tls-certificate and --tls-key. Pages follow the journal \
      by themselves, and can be read without a script.
      """)

  @Option(
    help: ArgumentHelp(
      "Where to listen. Without a port the system chooses one.", valueName: "address[:port]"))
  var listen = "127.0.0.1"

  @Option(
    help: ArgumentHelp(
      "A name by which browsers ask for it, without a port; can be given more than once. The address itself and "
        + "those of this machine are known.", valueName: "name"))
  var host: [String] = []

  @Option(
    help: ArgumentHelp(
      "What may be done to gates: approve, or approve,reject. A name and a note are kept of it.",
      valueName: "verbs"), transform: ServeCommand.verbs)
  var allow: [WebVerb] = []

  @Option(
    help: ArgumentHelp(
      "People come by a proxy that asks for passwords, and says in this header who they are. Nobody else may be able "
        + "to reach the port.", valueName: "header"))
  var behindProxy: String?

  @Option(
    help: ArgumentHelp(
      "People give names and passwords of this file; --print-user makes its lines.",
      valueName: "file"))
  var users: String?

  @Option(
    help: ArgumentHelp("The certificate for HTTPS with its chain, as PEM.", valueName: "file"))
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("Its private key, as PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(
    help: ArgumentHelp(
      "Serve nothing: read a password from standard input, and print the line of --users for this name.",
      valueName: "name"))
  var printUser: String?

  @OptionGroup var state: StateOptions

  private static func verbs(_ text: String) throws -> [WebVerb] {
    try text.split(separator: ",").map { word in
      guard let verb = WebVerb(rawValue: String(word)) else {
        throw ValidationError("\(word) cannot be allowed; approve and reject can.")
      }
      return verb
    }
  }

  func validate() throws {
    let (address, port) = place
    guard (0...65_535).contains(port ?? 0), !address.isEmpty else {
      throw ValidationError(
        "--listen is an address of this machine, or one with a port: 127.0.0.1:8080.")
    }
    guard (tlsCertificate == nil) == (tlsKey == nil) else {
      throw ValidationError("--tls-certificate and --tls-key belong together.")
    }
    if behindProxy != nil, users != nil {
      throw ValidationError(
        "--behind-proxy and --users exclude each other: only one of them asks who it is.")
    }
    guard Self.isLoopback(address) || behindProxy != nil || users != nil && tlsCertificate != nil
    else {
      throw ValidationError(
        "\(address) can be reached by others. Ask who they are with --users and --tls-certificate, or listen behind a "
          + "proxy that does: --behind-proxy HEADER.")
    }
    if let printUser, !UserFile.isName(printUser) {
      throw ValidationError("A name has letters, digits, and . _ @ - in it, at most 64 of them.")
    }
  }

  func run() async throws {
    if let printUser { return try Self.printUser(printUser) }
    let desk = try state.desk(allow.isEmpty ? .reading : .writing)
    // The store is there, and can be read.
    _ = try await desk.store.runs()
    let (address, port) = place
    let token = Self.random()
    let folder = Environment.workingFolder()
    let settings = DashboardServer.Settings(
      address: address.hasPrefix("[") ? String(address.dropFirst().dropLast()) : address,
      port: port ?? 0, hosts: host + [address] + ["localhost", "127.0.0.1", "[::1]"],
      entry: try entry(token, desk, folder),
      certificate: tlsCertificate.flatMap { chain in
        tlsKey.map { (folder.absolute(chain).text, folder.absolute($0).text) }
      },
      verbs: allow.map(\.verb), secret: Self.random())
    let scheme = tlsCertificate == nil ? "http" : "https"
    let query = behindProxy == nil && users == nil ? "?token=\(token)" : ""
    let shown = host.first ?? address
    let signals = Signals(stopping: "the dashboard ends.") { _ in }
    let server = DashboardServer(settings, of: desk, now: Environment.now)
    let serving = Task {
      try await server.run { port in
        Terminal.output.write("\(scheme)://\(shown):\(port)/\(query)\n")
      }
    }
    let listening = Task {
      for await control in signals.controls where control != .lookAround {
        serving.cancel()
        break
      }
    }
    do {
      try await serving.value
    } catch is CancellationError {
      // It was interrupted.
    } catch {
      listening.cancel()
      throw CommandError(.environment, "The dashboard cannot listen on \(listen): \(error)")
    }
    signals.endProcess(with: .done)
  }

  private func entry(
    _ token: String, _ desk: RunDesk, _ folder: WorkingFolder
  ) throws -> Door.Entry {
    if let behindProxy { return .proxy(header: behindProxy) }
    guard let users else { return .token(token, name: desk.user) }
    let bytes = try folder.read(users, limit: 1 << 20)
    do {
      return .users(try UserFile(String(decoding: bytes, as: UTF8.self)))
    } catch {
      throw CommandError(
        .usage,
        "Line \(error.line) of \(users) is none of a user file. "
          + "`waltz serve --print-user NAME` makes such lines.")
    }
  }

  private static func printUser(_ name: String) throws {
    var password = try Environment.workingFolder().read("-", limit: 4_096)
    while password.last == UInt8(ascii: "\n") || password.last == UInt8(ascii: "\r") {
      password.removeLast()
    }
    guard password.count >= 12 else {
      throw CommandError(
        .usage, "The password on standard input has to have twelve characters at least.")
    }
    let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    Terminal.output.write("\(try UserFile.line(for: name, password: password, salt: salt))\n")
  }

  /// The address and the port of `--listen`.
  private var place: (address: String, port: Int?) {
    guard let colon = listen.lastIndex(of: ":"), !listen[colon...].contains("]") else {
      return (listen, nil)
    }
    // An address of IPv6 has colons of its own, and stands in brackets where a port follows.
    if listen[..<colon].contains(":"), !listen.hasPrefix("[") { return (listen, nil) }
    return (String(listen[..<colon]), Int(listen[listen.index(after: colon)...]) ?? -1)
  }

  private static func isLoopback(_ address: String) -> Bool {
    address == "localhost" || address == "::1" || address == "[::1]" || address.hasPrefix("127.")
  }

  /// A word of 128 bits that nobody guesses.
  private static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
