internal import CanonicalJSON
package import RotationEngine

/// Against which simulated estate a run goes.
package struct Simulation: Sendable, Equatable {
  /// The seed.
  package let seed: Int64

  /// The text of the scenario file; nil without one.
  package let scenario: [UInt8]?

  /// A simulation.
  package init(seed: Int64, scenario: [UInt8]? = nil) {
    self.seed = seed
    self.scenario = scenario
  }
}

/// What a run acts on, as its record says it for good.
package enum RecordedWorld: Sendable, Equatable {
  /// The servers that the plan names. Its files may be outside of its repository in these folders, absolute.
  case real(admitting: [String] = [])

  /// An estate in the process.
  case simulated(Simulation)

  /// A lab, by the folder that it keeps itself in, absolute; the plan's files may be in others, too.
  case lab(folder: String, admitting: [String] = [])

  /// A kind that this version of Waltz does not know, by its name: a newer version made the run.
  case unknown(String)

  /// The name of the kind: `real`, `simulated`, `lab`.
  package var kind: String {
    switch self {
    case .real: "real"
    case .simulated: "simulated"
    case .lab: "lab"
    case .unknown(let kind): kind
    }
  }

  /// Whether it is the real one, whose sites no other run may touch meanwhile.
  package var isReal: Bool { if case .real = self { true } else { false } }

  /// Whether it is the world of another run, wherever the files of the two plans are.
  package func isSame(as other: RecordedWorld) -> Bool {
    switch (self, other) {
    case (.real, .real): true
    case (.lab(let folder, _), .lab(let otherFolder, _)): folder == otherFolder
    default: self == other
    }
  }

  /// The seed of a simulated estate; nil where there is none.
  var seed: Int64? {
    if case .simulated(let simulation) = self { simulation.seed } else { nil }
  }

  /// What is kept of the world beside its kind: the text of a scenario, or folders with a zero byte between them, of which
  /// a lab's own is the first; nil for nothing.
  var document: [UInt8]? {
    switch self {
    case .simulated(let simulation): simulation.scenario
    case .lab(let folder, let admitted): Self.document(of: [folder] + admitted)
    case .real(let admitted): admitted.isEmpty ? nil : Self.document(of: admitted)
    case .unknown: nil
    }
  }

  private static func document(of folders: [String]) -> [UInt8] {
    Array(folders.map { Array($0.utf8) }.joined(separator: [0]))
  }

  /// The world that a record has.
  init(kind: String, seed: Int64?, document: [UInt8]?) {
    var folders: [String] {
      (document ?? []).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
    switch kind {
    case "real": self = .real(admitting: folders)
    case "simulated": self = .simulated(Simulation(seed: seed ?? 0, scenario: document))
    case "lab": self = .lab(folder: folders.first ?? "", admitting: Array(folders.dropFirst()))
    default: self = .unknown(kind)
    }
  }
}

/// What a run is made from.
package struct NewRun: Sendable, Equatable {
  /// The plan's name.
  package var plan: String

  /// The graph's digest: SHA-256 of `graph` in hexadecimal, with or without `sha256:` before it.
  package var digest: String

  /// The canonical bytes of the graph.
  package var graph: [UInt8]

  /// The plan as it was written.
  package var planText: [UInt8]

  /// Where it was read from.
  package var planPath: String

  /// The version of Waltz.
  package var toolVersion: String

  /// Who starts it.
  package var createdBy: String

  /// The sites that no other run may touch meanwhile. Simulated runs exclude simulated ones only.
  package var sites: [String]

  /// What it acts on.
  package var world: RecordedWorld

  /// What a run is made from.
  package init(
    plan: String, digest: String, graph: [UInt8], planText: [UInt8], planPath: String,
    toolVersion: String, createdBy: String, sites: [String], world: RecordedWorld = .real()
  ) {
    self.plan = plan
    self.digest = digest
    self.graph = graph
    self.planText = planText
    self.planPath = planPath
    self.toolVersion = toolVersion
    self.createdBy = createdBy
    self.sites = sites
    self.world = world
  }
}

extension NewRun {
  /// The same with each site once, by bytes, as a database sorts them.
  func sortingSites() -> NewRun {
    var sorted = self
    sorted.sites = Set(sites).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return sorted
  }
}

/// A run as it is stored.
package struct RunRecord: Sendable, Equatable {
  /// `NAME-N`.
  package let id: String

  /// What it was made from.
  package let contents: NewRun

  /// The format version of the state file at the time.
  package let formatVersion: Int

  /// When, in real time.
  package let createdAt: Instant

  /// 16 random bytes that no other run has, in hexadecimal.
  package let lineage: String

  /// The bytes with whose hash the run's chain starts: everything about it that never changes.
  package var header: [UInt8] {
    var writer = JSONWriter(capacity: 512)
    writer.object { writer in
      writer.member("run", id)
      writer.member("lineage", lineage)
      writer.member("plan", contents.plan)
      writer.member("digest", contents.digest)
      writer.member("graph", HashChain.hexadecimal(HashChain.digest(contents.graph)))
      writer.member("planText", HashChain.hexadecimal(HashChain.digest(contents.planText)))
      writer.member("planPath", contents.planPath)
      writer.member("tool", contents.toolVersion)
      writer.member("format", formatVersion)
      writer.member("createdAt", createdAt.milliseconds)
      writer.member("createdBy", contents.createdBy)
      writer.key("sites")
      writer.array { writer in for site in contents.sites { writer.string(site) } }
      writer.member("seed", orNull: contents.world.seed)
      writer.member(
        "scenario",
        orNull: contents.world.document.map { HashChain.hexadecimal(HashChain.digest($0)) })
      if formatVersion < StateFormat.worlds {
        // An empty list in every run of that format.
        writer.key("flags")
        writer.array { _ in }
      } else {
        writer.member("world", contents.world.kind)
      }
    }
    return writer.bytes
  }
}
