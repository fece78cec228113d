import GRDB
import RotationEngine
import TestSupport
import Testing

@testable import RunStore

@Suite("Leases and sites")
struct LeaseTests {
  let directory: TemporaryDirectory
  let file: StateFile
  let other: StateFile
  let world = TestWorld()

  init() throws {
    directory = try TemporaryDirectory()
    file = try StateFile(directory: directory.state, access: .creating)
    other = try StateFile(directory: directory.state, access: .writing)
  }

  @Test("A second executor is refused with the holder's name, the times and a way out")
  func held() throws {
    _ = try file.start(holder: world.holder(4_711))
    world.clock.advance(59)
    for host in ["bastion-1", "bastion-2"] {
      let error = journalError {
        _ = try other.acquireLease(of: "emea-1", holder: world.holder(200, host: host))
      }
      #expect(error?.kind == .held)
      for part in ["emea-1", "anna on bastion-1", "process 4711", "2027-01-15T08:01:00.000Z"] {
        #expect(error?.message.contains(part) == true, "\(part) in \(error?.message ?? "")")
      }
    }
  }

  @Test("The lease of a dead process of the same boot is taken at once")
  func deadHolder() throws {
    _ = try file.start(holder: world.holder(1))
    world.processes.kill(world.holder(1).identity)
    #expect(try other.acquireLease(of: "emea-1", holder: world.holder(2)).epoch == 2)
  }

  @Test("The death of a process is not believed across boots and hosts")
  func otherBoot() throws {
    _ = try file.start(holder: world.holder(1))
    world.processes.kill(world.holder(1).identity)
    for stranger in [world.holder(2, boot: "boot-2"), world.holder(2, host: "bastion-2")] {
      #expect(
        journalError { _ = try other.acquireLease(of: "emea-1", holder: stranger) }?.kind == .held)
    }
  }

  @Test("A holder whose time ran out loses the run to the next, and finds out before it writes")
  func takeover() throws {
    let first = try file.start(holder: world.holder(1))
    try first.append(plain: 2)
    world.clock.advance(61)
    let second = try other.resume("emea-1", holder: world.holder(2, host: "bastion-2"))
    #expect(second.count == 2)
    let lost = journalError { try first.append(plain: 1) }
    #expect(lost?.kind == .leaseLost)
    #expect(lost?.message.contains("bastion-2") == true)
    #expect(journalError { try first.renewLease() }?.kind == .leaseLost)
    try second.append(plain: 1)
    #expect(try file.verify("emea-1") == .intact(events: 3, head: second.headHash))
  }

  @Test("A lost lease is noticed by the renewal, also long before it is due")
  func noticed() throws {
    let first = try file.start(holder: world.holder(1))
    try first.renewLease()
    world.processes.kill(world.holder(1).identity)
    _ = try other.acquireLease(of: "emea-1", holder: world.holder(2))
    #expect(journalError { try first.renewLease() }?.kind == .leaseLost)
  }

  @Test("Appends and renewals keep the lease alive")
  func renewal() throws {
    let journal = try file.start(holder: world.holder(1))
    for round in 0..<10 {
      world.clock.advance(30)
      if round % 2 == 0 { try journal.append(plain: 1) } else { try journal.renewLease() }
      #expect(
        journalError { _ = try other.acquireLease(of: "emea-1", holder: world.holder(2)) }?.kind
          == .held)
    }
  }

  @Test("A holder who slept past the end of its lease goes on when nobody took it")
  func slept() throws {
    let journal = try file.start(holder: world.holder(1))
    world.clock.advance(3_600)
    try journal.append(plain: 1)
    #expect(
      journalError { _ = try other.acquireLease(of: "emea-1", holder: world.holder(2)) }?.kind
        == .held)
  }

  @Test("A lease that was given back is free at once")
  func released() throws {
    try file.start(holder: world.holder(1)).release()
    #expect(try other.summary(of: "emea-1").lease == nil)
    #expect(try other.acquireLease(of: "emea-1", holder: world.holder(2)).epoch == 2)
    #expect(try other.summary(of: "emea-1").lease?.holderName == "anna on bastion-1, process 2")
  }

  @Test("Any order of takeovers leaves one writer and an unbroken chain", arguments: 0..<20)
  func oneWriter(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var journals = [try file.start(holder: world.holder(0))]
    var written = 0
    for pid in Int32(1)...30 {
      switch Int.random(in: 0..<3, using: &generator) {
      case 0:
        world.clock.advance(Int64.random(in: 1...90, using: &generator))
        if let journal = try? other.resume("emea-1", holder: world.holder(pid)) {
          journals.append(journal)
        }
      default:
        let index = Int.random(in: journals.indices, using: &generator)
        let isLast = index == journals.count - 1
        let wrote = (try? journals[index].append(plain: 1)) != nil
        #expect(wrote == isLast, "seed \(seed)")
        if wrote { written += 1 }
      }
    }
    #expect(
      try other.verify("emea-1") == .intact(events: written, head: journals.last?.headHash ?? ""),
      "seed \(seed)")
  }

  @Test("The real process is alive, and one that started at another time is not")
  func realProcess() {
    let current = ProcessIdentity.current(user: "anna")
    #expect(ProcessIdentity.isAlive(current))
    #expect(!current.host.isEmpty)
    #if os(Linux)
      #expect(current.startTime > 0)
      #expect(!current.bootID.isEmpty)
      let earlier = ProcessIdentity(
        host: current.host, bootID: current.bootID, pid: current.pid,
        startTime: current.startTime - 1, user: "anna")
      #expect(!ProcessIdentity.isAlive(earlier))
    #endif
    let absent = ProcessIdentity(
      host: current.host, bootID: current.bootID, pid: Int32.max - 1, startTime: 1, user: "anna")
    #expect(!ProcessIdentity.isAlive(absent))
  }

  @Test("A site belongs to one unfinished run; the refusal names it and the way out")
  func sites() throws {
    let first = try file.start(holder: world.holder())
    let error = stateError {
      _ = try other.createRun(
        newRun(plan: "rival", sites: ["rome", "paris"]), holder: world.holder())
    }
    #expect(error?.kind == .siteHeld)
    for part in ["paris", "emea-1", "waltz resume emea-1", "waltz abort emea-1"] {
      #expect(error?.message.contains(part) == true)
    }
    #expect(try other.runs().map(\.id) == ["emea-1"])
    try first.append([encoded(1, type: "run-failed", step: nil, attempt: nil)], answering: [])
    #expect(
      stateError {
        _ = try other.createRun(newRun(plan: "rival", sites: ["paris"]), holder: world.holder())
      }?.message.contains("failed") == true)
    try first.append([encoded(2, type: "run-aborted", step: nil, attempt: nil)], answering: [])
    let second = try other.createRun(
      newRun(plan: "rival", sites: ["paris"]), holder: world.holder())
    #expect(second.run == "rival-1")
  }

  @Test("A success frees the sites, and a simulation never takes those of the real world")
  func worlds() throws {
    let first = try file.start(holder: world.holder())
    let simulated = try file.start(
      newRun(world: .simulated(Simulation(seed: 0))), holder: world.holder())
    #expect(
      stateError {
        _ = try other.createRun(
          newRun(world: .simulated(Simulation(seed: 1))), holder: world.holder())
      }?.message.contains(simulated.run) == true)
    try first.append([encoded(1, type: "run-succeeded", step: nil, attempt: nil)], answering: [])
    #expect(try other.createRun(newRun(), holder: world.holder()).run == "emea-3")
  }

  @Test("Sites that were given up are taken back at a resume, if they are free")
  func givenUp() throws {
    let journal = try file.start(holder: world.holder())
    #expect(
      journalError { try other.releaseSites(of: "emea-1", holder: world.holder(2)) }?.kind == .held)
    try journal.release()
    try other.releaseSites(of: "emea-1", holder: world.holder(2))
    let rival = try other.start(newRun(plan: "rival", sites: ["paris"]), holder: world.holder(2))
    #expect(
      stateError { _ = try file.acquireLease(of: "emea-1", holder: world.holder()) }?.kind
        == .siteHeld)
    try rival.append([encoded(1, type: "run-aborted", step: nil, attempt: nil)], answering: [])
    _ = try file.acquireLease(of: "emea-1", holder: world.holder())
    #expect(
      stateError { _ = try file.createRun(newRun(plan: "c"), holder: world.holder()) }?.kind
        == .siteHeld)
  }
}
