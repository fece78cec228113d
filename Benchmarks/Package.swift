// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that what Waltz ships never depends on how it is measured.

let package = Package(
  name: "waltz-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "waltz", path: "..")
  ],
  targets: [
    .executableTarget(
      name: "waltz-bench",
      dependencies: [.product(name: "WaltzKit", package: "waltz")]
    )
  ],
  swiftLanguageModes: [.v6]
)
