import CanonicalJSON
import Foundation
import TestSupport

/// A lab of the program, and what it said when it listened.
final class ServedLab: Sendable {
  let desk: Desk
  let description: JSONValue
  private let process: Process
  private let ends: AsyncStream<Int32>

  /// A lab on a plan of the desk, or on the one of the repository that has this name.
  init(_ desk: Desk, _ plan: String = "quickstart.yaml", speed: String = "60") async throws {
    self.desk = desk
    for name in [plan, "certs"] where !desk.place.holds(name) {
      try FileManager.default.copyItem(
        atPath: Repository.root + "/plans/" + name, toPath: "\(desk.folder)/\(name)")
    }
    let process = desk.process([
      "lab", "up", plan, "--speed", speed, "--state", "lab", "--format", "json",
    ])
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    ends = process.endStatuses()
    try process.run()
    self.process = process
    var line: [UInt8] = []
    while line.last != UInt8(ascii: "\n") {
      let bytes = output.fileHandleForReading.availableData
      guard !bytes.isEmpty else { break }
      line += Array(bytes)
    }
    description = try JSONValue(parsing: line)
  }

  deinit { process.kill() }

  /// Interrupts it, and waits until it has ended.
  func interrupt() async -> Int32 {
    process.interrupt()
    for await status in ends { return status }
    return -1
  }
}
