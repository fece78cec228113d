import Foundation
import RotationEngine
import RunStore
import Testing

@testable import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Every bit of a small state file, flipped one at a time: all of them with `make flips`, else a sample.
@Suite("A bit that flips in the state file")
struct FlipTests {
  /// How far apart the bits are that are flipped.
  private static let distance =
    ProcessInfo.processInfo.environment["WALTZ_FLIP_DISTANCE"].flatMap { Int($0) } ?? 9_973

  /// Into how many parts the work is divided, each with a process of its own.
  private static let parts = distance < 1_000 ? ProcessInfo.processInfo.activeProcessorCount : 1

  @Test(
    "It stops no process, lets none hang, and changes no event, fact or document unseen",
    arguments: 0..<parts)
  func everyBit(part: Int) async throws {
    let office = try await Self.office()
    defer { try? FileManager.default.removeItem(atPath: office) }
    let bits = try Data(contentsOf: URL(filePath: office + "/state.db")).count * 8
    let stride = Self.distance * Self.parts
    var next = Self.distance * part
    while next < bits {
      try Data("\(next)".utf8).write(to: URL(filePath: office + "/next"))
      // A process that traps is over, so it is another one; and it says how far it came.
      await #expect(processExitsWith: .success) {
        [office = office as String, stride = stride as Int] in
        try await Flips(in: office).flip(by: stride)
      }
      let reached = try Self.number(in: office + "/next")
      if reached < bits {
        Issue.record("The process died or hung at bit \(reached) (byte \(reached / 8)).")
      }
      next = reached + stride
    }
    let findings = (try? String(contentsOfFile: office + "/findings", encoding: .utf8)) ?? ""
    #expect(findings.isEmpty)
  }

  /// A state directory with a run that waits at a gate, an attachment and a request in it.
  private static func office() async throws -> String {
    let memory = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: memory) ? memory + "/" : NSTemporaryDirectory()
    let state = parent + "waltz-flips-" + UUID().uuidString
    let file = try StateFile(directory: state, access: .creating)
    let desk = RunDesk(file, holder: Office.holder(user: "tester"), worldFolder: state)
    let plan = try Samples.unhurried()
    let stay = try await desk.start(
      try sealed(plan),
      RunOrder(
        planText: Array(plan.utf8), planPath: "plan.yaml", toolVersion: "test",
        world: .simulated(Simulation(seed: 0, scenario: Array(Samples.nobody().utf8)))))
    _ = try await stay.drive(until: .waiting)
    _ = try await desk.post(.pause, step: nil, note: "why not", to: Samples.run)
    file.close()
    return state
  }

  fileprivate static func number(in path: String) throws -> Int {
    try #require(Int(try String(contentsOfFile: path, encoding: .utf8)))
  }
}

/// What reads and writes a state directory with one bit flipped after the other.
private struct Flips {
  private static let log = "estates/\(Samples.run).log"

  private let state: String
  private let original: [UInt8]
  private let log: Data

  init(in state: String) throws {
    self.state = state
    original = Array(try Self.kept("state.db", in: state))
    log = try Self.kept(Self.log, in: state)
  }

  /// A file as it was made: the first process finds it so, a later one what a trap has left.
  private static func kept(_ name: String, in state: String) throws -> Data {
    let (file, copy) = (
      URL(filePath: "\(state)/\(name)"), URL(filePath: "\(state)/\(name).kept")
    )
    if !FileManager.default.fileExists(atPath: copy.path) {
      try Data(contentsOf: file).write(to: copy)
    }
    return try Data(contentsOf: copy)
  }

  /// What a reader is given of events, facts and documents.
  private struct Sight: Equatable {
    var events: [UInt8]
    var record: RunRecord
    var attachments: [[UInt8]?]
  }

  /// What a reader is given beside that.
  private struct Surroundings: Equatable {
    var entry: RunEntry
    var requests: [PostedRequest]
  }

  func flip(by stride: Int) async throws {
    try write(original)
    let clean = try desk(.reading)
    let (expected, surroundings) = (try await look(clean), try await lookAround(clean))
    try #require(try await clean.verify(nil).found.isIntact)
    var bit = try FlipTests.number(in: state + "/next")
    while bit < original.count * 8 {
      try Data("\(bit)".utf8).write(to: URL(filePath: state + "/next"))
      // A process that hangs is ended by the signal.
      alarm(60)
      var flipped = original
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      try write(flipped)
      let isSame = try await read(bit, expected, surroundings)
      await act(goingOn: !isSame)
      bit += stride
    }
    alarm(0)
    try Data("\(bit)".utf8).write(to: URL(filePath: state + "/next"))
  }

  /// Reads everything; what cannot be read is an error.
  ///
  /// - Returns: Whether everything is as it was.
  private func read(
    _ bit: Int, _ expected: Sight, _ surroundings: Surroundings
  ) async throws -> Bool {
    guard let desk = try? desk(.reading) else { return false }
    let (seen, around) = (try? await look(desk), try? await lookAround(desk))
    let verified = try? await desk.verify(nil)
    let isIntact = verified?.found.isIntact == true
    if isIntact, seen.map({ $0 != expected }) == true || verified?.run != Samples.run {
      try note("bit \(bit): verify says that nothing was altered, but what is read was not written")
    }
    if isIntact, seen == expected, around == surroundings { return true }
    _ = try? await desk.lookAtAll()
    if let archive = try? await desk.archive(of: nil) {
      _ = try? await desk.stragglers(of: archive)
      _ = desk.orphans(of: archive)
    }
    return false
  }

  /// Does what commands do; what cannot be done is an error. Where nothing that is read has changed, what would be
  /// done with it is as before.
  private func act(goingOn: Bool) async {
    guard let desk = try? desk(.writing) else { return }
    _ = try? await desk.post(.unpause, step: nil, note: nil, to: Samples.run)
    _ = try? await desk.withdraw(nil, from: Samples.run)
    if case .stay(let stay)? = try? await desk.resume(nil), goingOn {
      _ = try? await stay.drive(until: .waiting)
    }
  }

  private func desk(_ access: StateFile.Access) throws -> RunDesk {
    RunDesk(
      try StateFile(directory: state, access: access), holder: Office.holder(user: "tester"),
      worldFolder: state)
  }

  private func look(_ desk: RunDesk) async throws -> Sight {
    let id = try await desk.store.resolve(nil)
    let record = try await desk.store.run(id)
    var sight = Sight(events: [], record: record, attachments: [])
    var digests: [String] = []
    try await desk.store.readEvents(of: id) { event in
      sight.events += event.bytes
      let text = String(decoding: event.bytes, as: UTF8.self)
      digests += text.matches(of: /"attachment":"(sha256:[0-9a-f]+)"/).map { String($0.output.1) }
    }
    for digest in digests {
      sight.attachments.append(
        try await desk.store.attachment(digest, of: id, limit: 1 << 26))
    }
    return sight
  }

  private func lookAround(_ desk: RunDesk) async throws -> Surroundings {
    let id = try await desk.store.resolve(nil)
    return Surroundings(
      entry: try await desk.store.entry(of: id),
      requests: try await desk.store.pendingRequests(of: id))
  }

  /// In place, so that the file stays itself.
  private func write(_ bytes: [UInt8]) throws {
    for name in ["state.db-journal", "state.db-wal", "state.db-shm"] { unlink(state + "/" + name) }
    let handle = try FileHandle(forWritingTo: URL(filePath: state + "/state.db"))
    try handle.write(contentsOf: Data(bytes))
    try handle.truncate(atOffset: UInt64(bytes.count))
    try handle.close()
    try log.write(to: URL(filePath: "\(state)/\(Self.log)"))
    chmod("\(state)/\(Self.log)", 0o600)
  }

  private func note(_ finding: String) throws {
    let path = state + "/findings"
    let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    try (before + finding + "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }
}
