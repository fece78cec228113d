// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that what Waltz ships never depends on how it is tried. Fuzzing/run builds it:
// the instrumentation has to reach the modules of Waltz, which only flags for the whole build do.

let package = Package(
  name: "waltz-fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "waltz", path: "..")
  ],
  targets: [
    // libFuzzer's C API; the library itself comes with the compiler.
    .systemLibrary(name: "CLibFuzzer"),
    .executableTarget(
      name: "waltz-fuzz",
      dependencies: ["CLibFuzzer", .product(name: "WaltzReaders", package: "waltz")]
    ),
  ],
  swiftLanguageModes: [.v6]
)
