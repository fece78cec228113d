import CanonicalJSON
import Estate
import PlanCompiler
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Synchronization
import TestSupport
import Testing

@testable import Lab

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A lab of this process, in a folder of its own, whose time goes on only where the test says so, or as fast as it says.
final class RunningLab: Sendable {
  /// An answer of the API.
  struct Answer: Sendable {
    /// The status; 0 where there was no answer.
    let status: Int
    let headers: [String: String]
    let body: String

    /// The body as JSON; null where it is none.
    var json: JSONValue { (try? JSONValue(parsing: Array(body.utf8))) ?? .null }
  }

  let folder: TestFolder
  let lab: ServedEstate
  private let serving: Task<Void, any Error>

  /// Starts a lab; one in the folder of another goes on where that one stood. Two of one seed give the same tokens.
  init(
    _ plan: RotationPlan = LabPlans.two(), _ scenario: Scenario = Scenario(),
    in folder: TestFolder? = nil, console: ServedEstate.Console = .programs, seed: Int64 = 7,
    uptime: @escaping @Sendable () -> Duration = { .zero }
  ) async throws {
    // As the program does: a peer that is gone is an error and no end.
    signal(SIGPIPE, SIG_IGN)
    let folder = try folder ?? TestFolder()
    self.folder = folder
    let graph = try #require(prove(plan).sealed())
    let lab = try await ServedEstate(
      ServedEstate.Setting(
        graph: graph.graph, digest: graph.digest, scenario: scenario, seed: seed, speed: 1,
        folder: folder.path + "/lab", planFolder: folder.path, program: ["waltz"],
        console: console),
      uptime: uptime, today: scenario.start)
    self.lab = lab
    serving = Task { try await lab.run() }
  }

  /// Closes every port.
  func stop() async throws {
    serving.cancel()
    try await serving.value
  }

  /// Asks the control interface.
  func ask(_ request: ControlRequest) async throws -> ControlReply {
    try await ControlClient(socketAt: lab.description.control).ask(request)
  }

  /// Does an action of the console.
  func act(_ action: Action, on target: String, key: String? = nil) async throws -> ControlReply {
    try await ask(.act(OperatorAction(action, on: target), key: key))
  }

  /// Lets virtual time go on.
  func advance(by duration: Duration) async throws {
    _ = try await ask(.time(speed: nil, advanceMilliseconds: duration.milliseconds))
  }

  /// The URL of a server's API.
  func url(_ site: Int = 0, _ server: Int = 0) -> String {
    let own = lab.description.sites[site].servers[server]
    let port = own.ports.first { $0.name == "api" }?.port ?? 0
    return "https://\(own.address):\(port)/sepm"
  }

  /// Points a plan at it: its APIs, its ports, and what these present.
  ///
  /// - Returns: The certificates that servers get, in the order of the plan
  func point(_ plan: inout RotationPlan) throws -> [Fingerprint] {
    let overlay = try folder.text(of: "lab/overlay.yaml")
    let pins = overlay.matches(of: /fingerprint: (sha256:[0-9a-f]+)/).compactMap {
      Fingerprint(String($0.1))
    }
    let count = plan.certificates.count
    try #require(pins.count == count + plan.sites.count)
    for (site, own) in lab.description.sites.enumerated() {
      plan.sites[site].api = SiteAPI(
        url: Located(own.api), username: Located(own.username),
        password: Located(.file(own.passwordFile)),
        trust: Located(.fingerprint(pins[count + site])))
      for (server, found) in own.servers.enumerated() {
        func port(_ name: String) -> Located<Int> {
          Located(found.ports.first { $0.name == name }?.port ?? 0)
        }
        plan.sites[site].servers[server].address = Located(found.address)
        plan.sites[site].servers[server].ports = ServerPorts(
          console: port("console"), clients: port("clients"), reporting: port("reporting"),
          api: port("api"))
      }
    }
    return Array(pins.prefix(count))
  }

  /// All tokens that are good, or those that refresh them.
  func tokens(refreshing: Bool = false) throws -> [String] {
    try lab.world.withSessions { _, sessions, _ in
      sessions.sessions.map { refreshing ? $0.value.refreshToken : $0.key }.sorted()
    }
  }

  /// How many log-ons were refused at its first site.
  func refusedLogOns() async throws -> Int64? {
    try await ask(.truth).result["sites"]?.object?.first?.value["refusedLogOns"]?.integer
  }

  /// Makes one call with curl, which trusts the lab's authority and nobody else.
  func call(
    _ method: String = "GET", _ path: String, at site: Int = 0, server: Int = 0,
    token: String? = nil, body: String? = nil
  ) async throws -> Answer {
    var arguments = [
      "-sS", "-i", "-g", "--max-time", "20", "--cacert", folder.path + "/lab/ca.pem", "-X", method,
      "-H", "Content-Type: application/json",
    ]
    if let token { arguments += ["-H", "Authorization: Bearer \(token)"] }
    if let body { arguments += ["--data-binary", body] }
    arguments.append(
      url(site, server) + (path.hasPrefix("/") ? path : "/api/v1/" + path))
    let outcome = try await folder.run("/usr/bin/curl", arguments)
    guard outcome.status == 0 else {
      return Answer(status: 0, headers: [:], body: outcome.errors)
    }
    let parts = outcome.output.split(separator: "\r\n\r\n", maxSplits: 1)
    let lines = parts[0].split(separator: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      if pair.count == 2 {
        headers[pair[0].lowercased()] = pair[1].trimmingPrefix(" ").description
      }
    }
    let status = Int(lines[0].split(separator: " ")[1]) ?? 0
    return Answer(
      status: status, headers: headers, body: parts.count > 1 ? String(parts[1]) : "")
  }

  /// Logs on at a server.
  func logOn(_ site: Int = 0, _ server: Int = 0) async throws -> String {
    let own = lab.description.sites[site]
    let answer = try await call(
      "POST", "identity/authenticate", at: site, server: server,
      body: #"{"username":"\#(own.username)","password":"\#(own.password)","domain":""}"#)
    return try #require(answer.json["token"]?.string, "\(answer)")
  }

  /// The ids of a group and of its first location.
  func group(
    _ path: String, token: String
  ) async throws -> (id: String, location: String) {
    let groups = try await call("GET", "groups?pageSize=100", token: token)
    let found = groups.json["content"]?.array?.first { $0["fullPathName"]?.string == path }
    let id = try #require(found?["id"]?.string)
    let locations = try await call("GET", "groups/\(id)/locations?hasName=true", token: token)
    let first = try #require(locations.json.array?.first?.string)
    return (id, try #require(first.split(separator: "/").last.map(String.init)))
  }
}

/// The patch that sets verification.
func verificationPatch(_ isOn: Bool) -> String {
  #"{"configuration":{"general_settings":{"security_settings":{"secure_communications":\#(isOn)}}}}"#
}
