/// What each target may import: `docs/ARCHITECTURE.md` in a form that a machine can hold us to.
enum Layout {
  /// One target.
  struct Target: Sendable {
    let name: String
    /// Other targets of the package.
    let targets: Set<String>
    /// Modules of other packages.
    let modules: Set<String>
    /// Modules of the toolchain and the system, beyond the standard library.
    let system: Set<String>

    init(
      _ name: String, _ targets: Set<String> = [], modules: Set<String> = [],
      system: Set<String> = []
    ) {
      self.name = name
      self.targets = targets
      self.modules = modules
      self.system = system
    }

    var everything: Set<String> { targets.union(modules).union(system) }
  }

  static let foundation: Set<String> = ["Foundation", "FoundationEssentials"]
  static let libc: Set<String> = ["Darwin", "Glibc", "Musl"]

  /// From the bottom up: a target imports targets above it in this list only.
  static let targets: [Target] = [
    Target("CCrypto"),
    Target("Cryptography", ["CCrypto"]),
    Target(
      "CertificateSources", ["Cryptography"], modules: ["SwiftASN1"], system: foundation),
    Target("CYAML"),
    Target("CanonicalJSON"),
    Target("EvidencePacks", ["CanonicalJSON", "Cryptography"]),
    Target("PlanText", system: ["Synchronization"]),
    Target("PlanSyntax", ["CYAML", "PlanText"], system: libc),
    Target("PlanLayout", ["PlanSyntax", "PlanText"]),
    Target("PlanModel", ["PlanText"], system: foundation),
    Target("Redaction", ["PlanModel", "PlanSyntax", "PlanText"]),
    Target("DocumentForm", ["CanonicalJSON", "PlanModel", "PlanSyntax", "PlanText"]),
    Target("RotationGraph", ["CanonicalJSON", "Cryptography", "PlanModel", "PlanText"]),
    Target(
      "PlanCompiler",
      ["CanonicalJSON", "DocumentForm", "PlanModel", "PlanSyntax", "PlanText", "RotationGraph"]),
    Target(
      "RotationEngine",
      ["CanonicalJSON", "Cryptography", "PlanModel", "PlanText", "RotationGraph"],
      modules: ["HeapModule"], system: ["Synchronization"]),
    Target(
      "Forecasts", ["CanonicalJSON", "PlanModel", "PlanText", "RotationEngine", "RotationGraph"],
      system: libc),
    Target("PrivateFiles", ["PlanText"], system: libc),
    Target(
      "RunStore",
      [
        "CanonicalJSON", "Cryptography", "PlanText", "PrivateFiles", "RotationEngine",
        "RotationGraph",
      ],
      modules: ["GRDB"], system: foundation.union(libc).union(["Synchronization"])),
    Target("ConsoleGuide", ["PlanModel", "PlanText", "RotationGraph"]),
    Target(
      "Estate",
      [
        "CanonicalJSON", "ConsoleGuide", "Forecasts", "PlanModel", "PlanText", "PrivateFiles",
        "RotationEngine", "RotationGraph",
      ],
      system: libc.union(["Synchronization"])),
    Target(
      "EstateScenarios",
      ["DocumentForm", "Estate", "PlanModel", "PlanSyntax", "PlanText", "RotationEngine"]),
    Target("CertificateChecks", ["CertificateSources", "PlanModel", "PlanText", "RotationGraph"]),
    Target("SiteChecks", ["CertificateSources", "PlanModel", "PlanText", "RotationGraph"]),
    Target(
      "Notifications",
      [
        "CanonicalJSON", "PlanModel", "PlanText", "RotationEngine", "RotationGraph",
      ],
      system: foundation),
    Target(
      "NotificationFiles", ["DocumentForm", "Notifications", "PlanModel", "PlanSyntax", "PlanText"]),
    Target(
      "DiagnosticCatalogue",
      [
        "CertificateChecks", "DocumentForm", "EstateScenarios", "NotificationFiles", "PlanCompiler",
        "PlanSyntax",
        "PlanText", "SiteChecks",
      ]),
    Target("Secrets", system: ["Synchronization"]),
    Target(
      "SEPMClient", ["CanonicalJSON", "Cryptography", "PlanModel", "PlanText", "Secrets"],
      modules: ["AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL"], system: libc),
    Target(
      "Adoption",
      ["CanonicalJSON", "Forecasts", "PlanModel", "PlanText", "RotationEngine", "SEPMClient"]),
    Target(
      "Drivers",
      [
        "Adoption", "CanonicalJSON", "CertificateSources", "ConsoleGuide", "Cryptography",
        "Forecasts", "PlanModel", "PlanText", "PrivateFiles", "RotationEngine", "RotationGraph",
        "SEPMClient", "Secrets", "SiteChecks",
      ],
      modules: ["NIOCore", "NIOPosix", "NIOSSL", "Subprocess", "SystemPackage"],
      system: libc.union(["Synchronization"])),
    Target(
      "Lab",
      [
        "CanonicalJSON", "CertificateSources", "Cryptography", "Estate", "PlanModel", "PlanText",
        "PrivateFiles", "RotationEngine", "RotationGraph",
      ],
      modules: [
        "HTTPTypes", "Hummingbird", "HummingbirdCore", "Logging", "NIOCore", "NIOPosix", "NIOSSL",
      ],
      system: libc.union(["Synchronization"])),
    Target("WorkingTree", ["Cryptography", "PlanModel"], modules: ["Subprocess"], system: libc),
    Target(
      "Runs",
      [
        "CanonicalJSON", "ConsoleGuide", "Drivers", "Estate", "EstateScenarios", "Forecasts",
        "PlanModel", "PlanText", "PrivateFiles", "RotationEngine", "RotationGraph", "RunStore",
      ],
      system: libc.union(["Synchronization"])),
    Target(
      "Reports",
      [
        "CanonicalJSON", "CertificateChecks", "CertificateSources", "ConsoleGuide", "Cryptography",
        "Forecasts", "Notifications", "PlanModel", "PlanText", "RotationEngine", "RotationGraph",
      ]),
    Target(
      "Delivery",
      [
        "Cryptography", "Drivers", "NotificationFiles", "Notifications", "PlanModel", "PlanText",
        "PrivateFiles",
        "Redaction", "Reports", "RotationEngine", "RotationGraph", "RunStore", "Secrets",
      ],
      modules: ["AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix"],
      system: foundation.union(["Synchronization"])),
    Target(
      "Rehearsal",
      [
        "Estate", "Lab", "PlanModel", "PlanText", "Reports", "RotationEngine", "RotationGraph",
        "RunStore", "Runs",
      ],
      modules: ["Subprocess", "SystemPackage"], system: libc.union(["Synchronization"])),
    Target(
      "PlanWorkspace",
      [
        "CanonicalJSON", "CertificateChecks", "CertificateSources", "DiagnosticCatalogue",
        "Drivers", "EstateScenarios", "PlanCompiler", "PlanLayout", "PlanModel", "PlanSyntax",
        "PlanText", "Redaction", "Reports", "RotationGraph", "SEPMClient", "Secrets",
        "SiteChecks", "WorkingTree",
      ],
      system: ["Synchronization"]),
    Target(
      "Dashboard",
      [
        "Cryptography", "PlanText", "PlanWorkspace", "Reports", "RotationEngine",
        "RotationGraph", "RunStore", "Runs",
      ],
      modules: [
        "HTTPTypes", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "Logging", "NIOCore",
        "NIOSSL",
      ],
      system: foundation),
    Target(
      "waltz",
      [
        "Delivery", "NotificationFiles", "Notifications", "PrivateFiles",
        "CanonicalJSON", "ConsoleGuide", "Dashboard", "DiagnosticCatalogue", "Drivers", "Estate",
        "EstateScenarios", "EvidencePacks", "Forecasts", "Lab",
        "PlanCompiler", "PlanModel", "PlanText", "PlanWorkspace", "Rehearsal", "Reports",
        "RotationEngine", "RotationGraph", "RunStore", "Runs", "SEPMClient", "WorkingTree",
      ],
      modules: ["ArgumentParser"],
      system: foundation.union(libc).union(["Dispatch", "SwiftOverlayShims", "Synchronization"])),
  ]

  /// Modules that one target alone may import, or two: each dependency stays behind one door.
  static let doors: [String: Set<String>] = [
    "ArgumentParser": ["waltz"],
    "AsyncHTTPClient": ["Delivery", "SEPMClient"],
    "CCrypto": ["Cryptography"],
    "CYAML": ["PlanSyntax"],
    "GRDB": ["RunStore"],
    "HTTPTypes": ["Dashboard", "Lab"],
    "HeapModule": ["RotationEngine"],
    "Hummingbird": ["Dashboard", "Lab"],
    "HummingbirdCore": ["Dashboard", "Lab"],
    "HummingbirdTLS": ["Dashboard"],
    "Logging": ["Dashboard", "Lab"],
    "NIOCore": ["Dashboard", "Delivery", "Drivers", "Lab", "SEPMClient"],
    "NIOHTTP1": ["Delivery", "SEPMClient"],
    "NIOPosix": ["Delivery", "Drivers", "Lab", "SEPMClient"],
    "NIOSSL": ["Dashboard", "Drivers", "Lab", "SEPMClient"],
    "Subprocess": ["Drivers", "Rehearsal", "WorkingTree"],
    "SwiftASN1": ["CertificateSources"],
    "SystemPackage": ["Drivers", "Rehearsal"],
  ]

  /// What a target must not reach, not even through others.
  static let walls: [(target: String, never: Set<String>)] = [
    ("Notifications", ["Drivers", "NIOCore", "RunStore", "Subprocess"]),
    ("Delivery", ["Estate", "PlanCompiler", "Runs"]),
    ("CertificateChecks", ["Drivers", "NIOCore", "PlanCompiler", "RotationEngine", "Subprocess"]),
    ("SiteChecks", ["Drivers", "NIOCore", "PlanCompiler", "RotationEngine", "SEPMClient"]),
    ("RotationGraph", ["PlanSyntax", "CYAML", "RotationEngine"]),
    ("PlanCompiler", ["RotationEngine", "RunStore", "Estate"]),
    ("RotationEngine", ["PlanCompiler", "PlanSyntax", "DocumentForm", "CYAML", "RunStore"]),
    ("ConsoleGuide", ["Estate", "RotationEngine", "PlanCompiler"]),
    ("RunStore", ["PlanCompiler", "PlanSyntax", "Estate", "Reports"]),
    ("PlanWorkspace", ["RunStore", "GRDB", "ArgumentParser"]),
    ("SEPMClient", ["Drivers", "PlanCompiler", "RotationEngine", "RotationGraph"]),
    ("Adoption", ["Drivers", "Estate", "PlanCompiler", "RunStore"]),
    ("Estate", ["PlanCompiler", "PlanSyntax", "RunStore", "Reports"]),
    ("Lab", ["Drivers", "PlanCompiler", "PlanSyntax", "RunStore", "Runs", "SEPMClient"]),
    ("Runs", ["PlanCompiler", "Reports"]),
    ("Reports", ["RunStore", "GRDB", "Estate", "EstateScenarios", "PlanCompiler", "PlanSyntax"]),
  ]

  /// All that a target imports, directly or through others, where each target imports what `imports` says.
  static func reach(of name: String, in imports: [String: Set<String>]) -> Set<String> {
    var reached: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      for found in imports[next] ?? [] where reached.insert(found).inserted { open.append(found) }
    }
    return reached
  }
}
