package import Estate
import PlanModel
import PlanText
package import RotationEngine
package import RotationGraph

/// A lab: the simulated estate of a plan, served as SEPM does on this machine.
package final class ServedEstate: Sendable {
  /// Who does what only the console or a program on a server can do.
  package enum Console: Sendable {
    /// The lab's own program, whatever the plan says.
    case programs

    /// People, where the plan leaves it to them.
    case people
  }

  /// What a lab is made of.
  package struct Setting: Sendable {
    /// The graph of the plan, and its digest.
    let graph: StepGraph
    let digest: String
    let scenario: Scenario
    let seed: Int64

    /// Virtual seconds a real one; nil for what the lab had before, or 1.
    let speed: Int?

    /// The folder of the lab, and that of the plan, from which its paths start; both absolute.
    let folder: String
    let planFolder: String

    /// How a command starts this program.
    let program: [String]

    let console: Console

    /// Who hears of each operation; nil for nobody.
    let witness: LabWitness?

    /// A setting.
    package init(
      graph: StepGraph, digest: String, scenario: Scenario, seed: Int64, speed: Int?,
      folder: String, planFolder: String, program: [String], console: Console = .programs,
      witness: LabWitness? = nil
    ) {
      self.graph = graph
      self.digest = digest
      self.scenario = scenario
      self.seed = seed
      self.speed = speed
      self.folder = folder
      self.planFolder = planFolder
      self.program = program
      self.console = console
      self.witness = witness
    }
  }

  /// Where it can be reached.
  package let description: LabDescription

  /// Its world.
  package let world: LabWorld

  private let folder: LabFolder
  private let certificates: LabCertificates
  private let servers: [ServerListeners]
  private let follower: PortFollower
  private let control: ControlListener

  /// How often ports are held against services that come up by themselves.
  private static let glance = Duration.milliseconds(25)

  /// Opens a lab and all its ports: a new one, or the one of the folder as it was.
  ///
  /// - Parameters:
  ///   - setting: What it is made of.
  ///   - uptime: How long the machine has been up.
  ///   - today: The machine's time, which new certificates are made for.
  /// - Throws: ``LabError``, ``EstateLogError``
  package init(
    _ setting: Setting, uptime: @escaping @Sendable () -> Duration, today: Instant
  ) async throws {
    folder = try LabFolder(setting.folder)
    let estate = SimulatedEstate(
      plan: setting.graph.plan, scenario: setting.scenario, seed: setting.seed)
    let header = LabHeader(
      seed: setting.seed, scenario: setting.scenario.digest, graph: setting.digest)
    let log = try await FileEstateLog.takeOver(folder.logPath)
    world = try LabWorld(
      estate, header: header, log: log, speed: setting.speed, witness: setting.witness,
      uptime: uptime)
    certificates = try await LabCertificates(of: estate, in: folder, at: today)
    let known = try folder.knownPorts()
    let accounts = try estate.accounts(in: folder)
    var servers: [ServerListeners] = []
    for (site, own) in estate.sites.enumerated() {
      let listed = estate.listedClients(at: site)
      let listedByID = listed.map { (estate.computerID(of: $0), $0) }
        .sorted { $0.0 < $1.0 }.map(\.1)
      for (server, state) in own.servers.enumerated() {
        let name = "\(own.name)/\(state.name)"
        let api = ManagementAPI(
          world: world, position: ServerPosition(site: site, server: server), site: own.name,
          server: name, account: accounts[site], certificates: certificates, listed: listed,
          listedByID: listedByID)
        servers.append(
          try ServerListeners(
            api, at: estate.loopbackAddress(ofServer: server, at: site), known: known[name] ?? [:]))
      }
    }
    self.servers = servers
    description = LabDescription(estate, accounts, servers, folder)
    try folder.write(description.portsFile, as: LabFolder.portsName)
    let overlay = LabOverlay(
      graph: setting.graph, description: description, certificates: certificates, estate: estate,
      folder: folder, planFolder: setting.planFolder, program: setting.program,
      console: setting.console)
    try folder.write(overlay.text, as: LabDescription.overlayName)
    follower = PortFollower(world, servers, certificates)
    try await follower.follow()
    control = try await ControlListener(folder)
  }

  /// Serves until the task is cancelled; then every port is closed, and the log says where time stands.
  package func run() async throws {
    let desk = desk
    await withTaskGroup(of: Void.self) { group in
      group.addTask { try? await self.control.run(desk) }  // ends when it is cancelled
      group.addTask {
        while !Task.isCancelled {
          await desk.followServices()
          try? await Task.sleep(for: Self.glance)  // ends when it is cancelled
        }
      }
      await group.waitForAll()
    }
    for server in servers { await server.close() }
    try world.rest()
  }

  private var desk: ControlDesk {
    ControlDesk(world: world, certificates: certificates) { [follower] in
      // A port that cannot be opened just now is tried again at the next glance.
      try? await follower.follow()
    }
  }
}

extension ServedEstate {
  /// Does or asks something, as through the control interface; `author` is whom the log names.
  package func reply(to request: ControlRequest, by author: String) async -> ControlReply {
    await desk.reply(to: request, by: author)
  }

  /// The estate as it is now, and what was done to it so far.
  ///
  /// - Throws: ``EstateLogError``
  package func look() throws -> (estate: SimulatedEstate, deeds: [LabDeed]) {
    try world.with { state in
      (
        state.estate,
        state.records.compactMap { record in
          guard case .operation(let operation) = record.entry.change else { return nil }
          let isDone = if case .done = record.outcome { true } else { false }
          return LabDeed(
            at: record.entry.at, by: record.entry.by, operation: operation, isDone: isDone)
        }
      )
    }
  }
}

extension SimulatedEstate {
  /// The administrator of each site, with a password in the folder.
  fileprivate func accounts(in folder: LabFolder) throws -> [LabAccount] {
    try sites.enumerated().map { index, site in
      let name = LabDescription.passwordName(ofSite: site.name)
      let password: String
      if let bytes = try folder.read(name) {
        password = String(decoding: bytes, as: UTF8.self)
      } else {
        password = "lab-" + identity(ofClient: index, use: 708).lowercased().prefix(20)
        try folder.write(Array(password.utf8), as: name)
      }
      return LabAccount(
        username: plan.sites[index].api?.username.value ?? "rotation", password: password)
    }
  }
}
