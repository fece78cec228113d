// swift-tools-version: 6.2

import PackageDescription

// The targets from the bottom up. docs/ARCHITECTURE.md is the map; Tests/ArchitectureTests holds the
// import lines to the same table.

let package = Package(
  name: "waltz",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "waltz", targets: ["waltz"]),
    // What Fuzzing feeds: everything that reads bytes from strangers. No promise to other packages.
    .library(
      name: "WaltzReaders",
      targets: [
        "CanonicalJSON", "CertificateSources", "DiagnosticCatalogue", "EstateScenarios",
        "PlanCompiler", "PlanLayout", "PlanModel", "PlanSyntax", "PlanText", "Redaction",
        "Reports", "RotationGraph",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
    .package(
      url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // The C API of OpenSSL's libcrypto.
    .systemLibrary(
      name: "CCrypto",
      pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
    ),
    // Hashes, codes, ciphers and keys: what of libcrypto is used, in values.
    .target(name: "Cryptography", dependencies: ["CCrypto"]),
    // Certificate containers, from bytes to values: PEM, DER, PKCS#12, JKS.
    .target(
      name: "CertificateSources",
      dependencies: ["Cryptography", .product(name: "SwiftASN1", package: "swift-asn1")]
    ),
    // libyaml's C API.
    .systemLibrary(
      name: "CYAML",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
    ),
    // One value, one sequence of bytes: the JSON that is hashed, stored and printed.
    .target(name: "CanonicalJSON"),
    // What is kept of a run outside of its state directory, and what was altered in it.
    .target(name: "EvidencePacks", dependencies: ["CanonicalJSON", "Cryptography"]),
    // Source text, spans, diagnostics and the form of their pages.
    .target(name: "PlanText"),
    // libyaml's events as a syntax tree with the place of every node.
    .target(name: "PlanSyntax", dependencies: ["CYAML", "PlanText"]),
    // The one layout of a document, comments kept.
    .target(name: "PlanLayout", dependencies: ["PlanSyntax", "PlanText"]),
    // What a plan means, as values.
    .target(name: "PlanModel", dependencies: ["PlanText"]),
    // What of a source nobody may see.
    .target(name: "Redaction", dependencies: ["PlanModel", "PlanSyntax", "PlanText"]),
    // What a document may hold, said once: decodes it and prints its JSON Schema.
    .target(
      name: "DocumentForm", dependencies: ["CanonicalJSON", "PlanModel", "PlanSyntax", "PlanText"]),
    // Steps, edges, digest, and algorithms on graphs.
    .target(
      name: "RotationGraph",
      dependencies: ["CanonicalJSON", "Cryptography", "PlanModel", "PlanText"]
    ),
    // From a syntax tree to a sealed graph: decode, check, lower, verify.
    .target(
      name: "PlanCompiler",
      dependencies: [
        "CanonicalJSON", "DocumentForm", "PlanModel", "PlanSyntax", "PlanText", "RotationGraph",
      ]
    ),
    // Runs a sealed graph: run state, scheduler, executor, and the ports to the world.
    .target(
      name: "RotationEngine",
      dependencies: [
        "CanonicalJSON", "Cryptography", "PlanModel", "PlanText", "RotationGraph",
        .product(name: "HeapModule", package: "swift-collections"),
      ]
    ),
    // When waits end: how fast clients come back, and what follows for those that are away.
    .target(
      name: "Forecasts",
      dependencies: [
        "CanonicalJSON", "PlanModel", "PlanText", "RotationEngine", "RotationGraph",
      ]),
    // Files of the state directory: opened only if they are ordinary, their owner's and private.
    .target(name: "PrivateFiles", dependencies: ["PlanText"]),
    // The journal on SQLite.
    .target(
      name: "RunStore",
      dependencies: [
        "CanonicalJSON", "Cryptography", "PlanText", "PrivateFiles", "RotationEngine",
        "RotationGraph",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]
    ),
    // What a person does in SEPM's console, step by step.
    .target(name: "ConsoleGuide", dependencies: ["PlanModel", "PlanText", "RotationGraph"]),
    // The simulated estate: servers, clients, time; a driver over it.
    .target(
      name: "Estate",
      dependencies: [
        "CanonicalJSON", "ConsoleGuide", "Forecasts", "PlanModel", "PlanText", "PrivateFiles",
        "RotationEngine", "RotationGraph",
      ]
    ),
    // Scenario files in YAML to the estate's scenarios.
    .target(
      name: "EstateScenarios",
      dependencies: [
        "DocumentForm", "Estate", "PlanModel", "PlanSyntax", "PlanText", "RotationEngine",
      ]
    ),
    // What is wrong with the certificates that a plan names.
    .target(
      name: "CertificateChecks",
      dependencies: ["CertificateSources", "PlanModel", "PlanText", "RotationGraph"]),
    // What is wrong with a plan's sites, going by what they say of themselves.
    .target(
      name: "SiteChecks",
      dependencies: ["CertificateSources", "PlanModel", "PlanText", "RotationGraph"]),
    // What is told to whom, from the journal and the time.
    .target(
      name: "Notifications",
      dependencies: [
        "CanonicalJSON", "PlanModel", "PlanText", "RotationEngine", "RotationGraph",
      ]),
    // Files that say who is told what.
    .target(
      name: "NotificationFiles",
      dependencies: ["DocumentForm", "Notifications", "PlanModel", "PlanSyntax", "PlanText"]),
    // The pages of every diagnostic, collected.
    .target(
      name: "DiagnosticCatalogue",
      dependencies: [
        "CertificateChecks", "DocumentForm", "EstateScenarios", "NotificationFiles", "PlanCompiler",
        "PlanSyntax",
        "PlanText", "SiteChecks",
      ]
    ),
    // The value of a secret, in a type that shows it to nobody.
    .target(name: "Secrets"),
    // The REST API of one management server: calls, values, quirks, limits.
    .target(
      name: "SEPMClient",
      dependencies: [
        "CanonicalJSON", "Cryptography", "PlanModel", "PlanText", "Secrets",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]
    ),
    // Which clients have adopted a change: values and arithmetic.
    .target(
      name: "Adoption",
      dependencies: [
        "CanonicalJSON", "Forecasts", "PlanModel", "PlanText", "RotationEngine", "SEPMClient",
      ]),
    // What a program, a variable, a file or a listener of the estate says.
    .target(
      name: "Drivers",
      dependencies: [
        "Adoption", "CanonicalJSON", "CertificateSources", "ConsoleGuide", "Cryptography",
        "Forecasts", "PlanModel", "PlanText", "PrivateFiles", "RotationEngine", "RotationGraph",
        "SEPMClient", "Secrets", "SiteChecks",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
    // Serves a simulated estate as SEPM does: over HTTPS and TLS on loopback.
    .target(
      name: "Lab",
      dependencies: [
        "CanonicalJSON", "CertificateSources", "Cryptography", "Estate", "PlanModel", "PlanText",
        "PrivateFiles", "RotationEngine", "RotationGraph",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]
    ),
    // The files and folders that a user names, and what git holds of them.
    .target(
      name: "WorkingTree",
      dependencies: [
        "Cryptography", "PlanModel",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]
    ),
    // Opens a run with its world, drives it, follows it.
    .target(
      name: "Runs",
      dependencies: [
        "CanonicalJSON", "ConsoleGuide", "Drivers", "Estate", "EstateScenarios", "Forecasts",
        "PlanModel", "PlanText", "PrivateFiles", "RotationEngine", "RotationGraph", "RunStore",
      ]),
    // Diagnostics, graphs, events and runs as text, JSON, DOT and Mermaid.
    .target(
      name: "Reports",
      dependencies: [
        "CanonicalJSON", "CertificateChecks", "CertificateSources", "ConsoleGuide", "Cryptography",
        "Forecasts", "Notifications", "PlanModel", "PlanText", "RotationEngine", "RotationGraph",
      ]
    ),
    // Takes what is told to where it is told.
    .target(
      name: "Delivery",
      dependencies: [
        "Cryptography", "Drivers", "NotificationFiles", "Notifications", "PlanModel", "PlanText",
        "PrivateFiles",
        "Redaction", "Reports", "RotationEngine", "RotationGraph", "RunStore", "Secrets",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    // Tries a rotation in a lab, and holds what its journal claims against what is so there.
    .target(
      name: "Rehearsal",
      dependencies: [
        "Estate", "Lab", "PlanModel", "PlanText", "Reports", "RotationEngine", "RotationGraph",
        "RunStore", "Runs", .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    // From the bytes of files to everything that is wrong with the plans in them.
    .target(
      name: "PlanWorkspace",
      dependencies: [
        "CanonicalJSON", "CertificateChecks", "CertificateSources", "DiagnosticCatalogue",
        "Drivers", "EstateScenarios", "PlanCompiler", "PlanLayout", "PlanModel", "PlanSyntax",
        "PlanText", "Redaction", "Reports", "RotationGraph", "SEPMClient", "Secrets",
        "SiteChecks", "WorkingTree",
      ]
    ),
    // The web view of runs.
    .target(
      name: "Dashboard",
      dependencies: [
        "Cryptography", "PlanText", "PlanWorkspace", "Reports", "RotationEngine", "RotationGraph",
        "RunStore", "Runs",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    // Arguments in, exit status out.
    .executableTarget(
      name: "waltz",
      dependencies: [
        "Delivery", "NotificationFiles", "Notifications", "PrivateFiles",
        "CanonicalJSON", "ConsoleGuide", "Dashboard", "DiagnosticCatalogue", "Drivers", "Estate",
        "EstateScenarios", "EvidencePacks", "Forecasts", "Lab",
        "PlanCompiler", "PlanModel", "PlanText", "PlanWorkspace", "Rehearsal", "Reports",
        "RotationEngine", "RotationGraph", "RunStore", "Runs", "SEPMClient", "WorkingTree",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    // Measures all of it; Benchmarks/run builds it. Part of no product that anybody else builds.
    .executableTarget(
      name: "waltz-bench",
      dependencies: [
        "Estate", "PlanCompiler", "PlanModel", "PlanSyntax", "PlanText", "RotationEngine",
        "RotationGraph", "RunStore", "SEPMClient", "Secrets",
      ],
      path: "Benchmarks/Sources/waltz-bench"
    ),

    // What several test targets need.
    .target(
      name: "TestSupport",
      dependencies: [
        "RotationEngine", "RotationGraph", "RunStore",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Tests/TestSupport"),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "CryptographyTests", dependencies: ["Cryptography"]),
    .testTarget(name: "CanonicalJSONTests", dependencies: ["CanonicalJSON", "TestSupport"]),
    .testTarget(
      name: "CertificateChecksTests",
      dependencies: [
        "CertificateChecks", "CertificateSources", "PlanCompiler", "PlanModel", "PlanText",
        "RotationGraph",
      ]
    ),
    .testTarget(
      name: "CertificateSourcesTests",
      dependencies: ["CanonicalJSON", "CertificateSources", "Reports", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "DiagnosticCatalogueTests", dependencies: ["DiagnosticCatalogue", "PlanText"]),
    .testTarget(
      name: "DriversTests",
      dependencies: [
        "Adoption", "CanonicalJSON", "ConsoleGuide", "Drivers", "Forecasts", "PlanModel",
        "PlanText",
        "PrivateFiles", "RotationEngine", "RotationGraph", "SEPMClient", "Secrets", "TestSupport",
      ]),
    .testTarget(
      name: "SEPMClientTests",
      dependencies: [
        "PlanModel", "SEPMClient", "Secrets", "TestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]
    ),
    .testTarget(name: "PlanModelTests", dependencies: ["PlanModel"]),
    .testTarget(
      name: "ConsoleGuideTests",
      dependencies: ["ConsoleGuide", "PlanModel", "PlanText", "RotationGraph"]),
    .testTarget(
      name: "PlanSyntaxTests",
      dependencies: ["PlanSyntax", "PlanText", "Redaction", "Reports", "TestSupport"]),
    .testTarget(
      name: "PlanLayoutTests",
      dependencies: ["PlanLayout", "PlanSyntax", "PlanText", "TestSupport"]),
    .testTarget(
      name: "PlanCompilerTests",
      dependencies: [
        "CanonicalJSON", "DiagnosticCatalogue", "DocumentForm", "EstateScenarios", "PlanCompiler",
        "PlanLayout", "PlanModel", "PlanSyntax", "PlanText", "Redaction", "Reports",
        "RotationGraph", "TestSupport",
      ]
    ),
    .testTarget(
      name: "RotationGraphTests",
      dependencies: [
        "CanonicalJSON", "PlanModel", "PlanText", "RotationGraph",
        .product(name: "HeapModule", package: "swift-collections"),
      ]
    ),
    .testTarget(
      name: "RotationEngineTests",
      dependencies: [
        "CanonicalJSON", "PlanModel", "PlanText", "RotationEngine", "RotationGraph", "TestSupport",
      ]
    ),
    .testTarget(
      name: "ForecastsTests",
      dependencies: [
        "CanonicalJSON", "Forecasts", "PlanModel", "PlanText", "RotationEngine", "TestSupport",
      ]),
    .testTarget(
      name: "RunStoreTests",
      dependencies: [
        "CanonicalJSON", "PlanModel", "PlanText", "RotationEngine", "RotationGraph", "RunStore",
        "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Files"]
    ),
    .testTarget(
      name: "RunsTests",
      dependencies: [
        "CanonicalJSON", "Estate", "Forecasts", "PlanCompiler", "PlanModel", "PlanSyntax",
        "PlanText",
        "RotationEngine", "RotationGraph", "RunStore", "Runs",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]
    ),
    .testTarget(
      name: "EstateTests",
      dependencies: [
        "CanonicalJSON", "Estate", "EstateScenarios", "Forecasts", "PlanCompiler", "PlanModel",
        "PlanSyntax", "PlanText", "RotationEngine", "RotationGraph", "TestSupport",
      ]
    ),
    .testTarget(
      name: "EvidencePacksTests",
      dependencies: ["CanonicalJSON", "Cryptography", "EvidencePacks", "TestSupport"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Notifications",
        "CanonicalJSON", "ConsoleGuide", "Cryptography", "DiagnosticCatalogue", "DocumentForm",
        "Forecasts",
        "PlanCompiler", "PlanModel", "PlanSyntax", "PlanText", "Redaction", "Reports",
        "RotationEngine", "RotationGraph", "TestSupport",
      ]
    ),
    .testTarget(
      name: "PlanWorkspaceTests",
      dependencies: [
        "CanonicalJSON", "ConsoleGuide", "DiagnosticCatalogue", "Drivers", "PlanCompiler",
        "PlanModel", "PlanText", "PlanWorkspace", "Reports", "RotationGraph", "TestSupport",
        "WorkingTree",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "LabTests",
      dependencies: [
        "CanonicalJSON", "ConsoleGuide", "Drivers", "Estate", "Lab", "PlanCompiler", "PlanModel",
        "PlanSyntax", "PlanText", "PlanWorkspace", "Reports", "RotationEngine", "RotationGraph",
        "RunStore", "Runs", "SEPMClient", "Secrets", "TestSupport", "WorkingTree",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "AdoptionTests",
      dependencies: [
        "Adoption", "CanonicalJSON", "Forecasts", "PlanModel", "PlanText", "RotationEngine",
        "SEPMClient",
      ]),
    .testTarget(
      name: "SiteChecksTests",
      dependencies: [
        "DiagnosticCatalogue", "PlanCompiler", "PlanModel", "PlanText", "RotationGraph",
        "SiteChecks",
      ]),
    .testTarget(
      name: "NotificationsTests",
      dependencies: ["NotificationFiles", "Notifications", "PlanModel", "PlanText", "TestSupport"]),
    .testTarget(
      name: "DeliveryTests",
      dependencies: [
        "CanonicalJSON", "Delivery", "Drivers", "NotificationFiles", "Notifications", "PlanModel",
        "PlanText", "Reports",
        "RotationEngine", "RotationGraph", "RunStore", "Secrets", "TestSupport",
      ]),
    .testTarget(name: "DashboardTests", dependencies: ["Dashboard"]),
    .testTarget(name: "WorkingTreeTests", dependencies: ["TestSupport", "WorkingTree"]),
    .testTarget(
      name: "WaltzTests",
      dependencies: [
        "CanonicalJSON", "Reports", "RotationEngine", "RunStore", "Runs", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
  ]
}
