import CanonicalJSON
import Foundation
import RotationEngine
import RunStore
import Synchronization
import Testing

@testable import Runs

@Suite("Going on with an old copy")
struct AdoptionTests {
  /// Puts an old state file in the place of the office's.
  private func restore(_ bytes: Data, to state: String) throws {
    let handle = try FileHandle(forWritingTo: URL(filePath: state + "/state.db"))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: bytes)
    try handle.close()
  }

  /// The changes of certificates and restarts in the log of the only run that were done, in order. What is switched on and
  /// off again may be switched once more.
  private func effects(_ state: String) throws -> [String] {
    let text = try String(contentsOfFile: "\(state)/estates/\(Samples.run).log", encoding: .utf8)
    let lines = try text.split(separator: "\n").dropFirst()
      .map { try JSONValue(parsing: Array($0.utf8)) }
    return lines.filter { $0["done"]?.bool == true }.compactMap { $0["step"]?.string }
      .filter { $0.hasPrefix("update-certificate") || $0.hasPrefix("restart-services") }
  }

  /// Drives a run to its end, and keeps the state file as it was after each step that was done.
  private func copies(_ office: Office) async throws -> [Data] {
    let copies = Mutex<[Data]>([])
    let path = office.state + "/state.db"
    let (end, _) = try await office.start(Samples.oneServer()).drive(
      until: .done,
      observe: { event, _ in
        guard case .stepSucceeded = event.kind else { return }
        let data = try? Data(contentsOf: URL(filePath: path))
        copies.withLock { $0.append(data ?? Data()) }
      })
    #expect(end == .succeeded)
    return copies.withLock { $0 }
  }

  @Test("From every step of a rotation on, nothing is done twice and no client is lost")
  func everyStep() async throws {
    let office = try Office()
    let copies = try await copies(office)
    #expect(copies.count > 12)
    let log = "\(office.state)/estates/\(Samples.run).log"
    let last = try Data(contentsOf: URL(filePath: log))
    let done = try effects(office.state)
    for (index, copy) in copies.dropLast().enumerated() {
      try last.write(to: URL(filePath: log))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: log)
      try restore(copy, to: office.state)
      #expect(throws: StateError.self) { try StateFile(directory: office.state, access: .writing) }
      try await Office.adopt(office.state)
      let again = try Office(borrowing: office.state)
      let outcome = try await again.goOn(until: .done)
      #expect(outcome.end == .succeeded, "copy \(index): \(outcome.end)")
      #expect(outcome.state.figures?.orphans == 0, "copy \(index)")
      #expect(outcome.state.figures?.latentOrphans == 0, "copy \(index)")
      #expect(try effects(office.state) == done, "copy \(index)")
      #expect(outcome.state.adoptedAt != nil)
      try await again.expectIntact()
    }
  }

  @Test("A journal that is older than its world is known even if nothing else remembers")
  func olderThanItsWorld() async throws {
    let office = try Office()
    let copies = try await copies(office)
    try restore(copies[5], to: office.state)
    try FileManager.default.removeItem(atPath: office.state + "/heads")
    let again = try Office(borrowing: office.state)
    let error = await refusal { _ = try await again.goOn(until: .done) }
    #expect(error?.kind == .setBack)
    #expect(error?.message.contains("`waltz adopt`") == true, "\(error?.message ?? "")")
    try await Office.adopt(office.state)
    let outcome = try await Office(borrowing: office.state).goOn(until: .done)
    #expect(outcome.end == .succeeded)
    #expect(outcome.state.figures?.orphans == 0)
  }

  @Test("What is current cannot be adopted")
  func nothingToAdopt() async throws {
    let office = try Office()
    _ = try await office.simulate(Samples.oneServer(), until: .waiting)
    let error = await refusal { try await Office.adopt(office.state) }
    #expect(error?.kind == .refused)
    #expect(error?.message.contains("nothing to adopt") == true)
  }
}
