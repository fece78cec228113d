import RotationEngine
import TestSupport
import Testing

@testable import RunStore

@Suite("Every store: leases and sites")
struct LeaseTests {
  let world = TestWorld()

  @Test(
    "A second executor is refused with the holder's name, the times and a way out",
    arguments: StoreKind.all)
  func held(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    _ = try await store.begin(holder: world.holder(4_711))
    world.clock.advance(59)
    for host in ["bastion-1", "bastion-2"] {
      let error = await journalError {
        _ = try await other.acquireLease(of: "emea-1", holder: world.holder(200, host: host))
      }
      #expect(error?.kind == .held)
      for part in ["emea-1", "anna on bastion-1", "process 4711", "2027-01-15T08:01:00.000Z"] {
        #expect(error?.message.contains(part) == true, "\(part) in \(error?.message ?? "")")
      }
    }
  }

  @Test("The lease of a dead process of the same boot is taken at once", arguments: StoreKind.all)
  func deadHolder(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    _ = try await store.begin(holder: world.holder(1))
    world.processes.kill(world.holder(1).identity)
    #expect(try await other.acquireLease(of: "emea-1", holder: world.holder(2)).epoch == 2)
  }

  @Test("The death of a process is not believed across boots and hosts", arguments: StoreKind.all)
  func otherBoot(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    _ = try await store.begin(holder: world.holder(1))
    world.processes.kill(world.holder(1).identity)
    for stranger in [world.holder(2, boot: "boot-2"), world.holder(2, host: "bastion-2")] {
      #expect(
        await journalError { _ = try await other.acquireLease(of: "emea-1", holder: stranger) }?
          .kind == .held)
    }
  }

  @Test(
    "A holder whose time ran out loses the run to the next, and finds out before it writes",
    arguments: StoreKind.all)
  func takeover(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let first = try await store.begin(holder: world.holder(1))
    try await first.append(plain: 2)
    world.clock.advance(61)
    let second = try await other.goOn("emea-1", holder: world.holder(2, host: "bastion-2"))
    #expect(second.count == 2)
    let lost = await journalError { try await first.append(plain: 1) }
    #expect(lost?.kind == .leaseLost)
    #expect(lost?.message.contains("bastion-2") == true)
    #expect(await journalError { try await first.renewLease() }?.kind == .leaseLost)
    try await second.append(plain: 1)
    #expect(try await store.verify("emea-1") == .intact(events: 3, head: second.headHash))
  }

  @Test(
    "A lost lease is noticed by the renewal, also long before it is due", arguments: StoreKind.all)
  func noticed(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let first = try await store.begin(holder: world.holder(1))
    try await first.renewLease()
    world.processes.kill(world.holder(1).identity)
    _ = try await other.acquireLease(of: "emea-1", holder: world.holder(2))
    #expect(await journalError { try await first.renewLease() }?.kind == .leaseLost)
  }

  @Test("Appends and renewals keep the lease alive", arguments: StoreKind.all)
  func renewal(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder(1))
    for round in 0..<10 {
      world.clock.advance(30)
      if round % 2 == 0 {
        try await journal.append(plain: 1)
      } else {
        try await journal.renewLease()
      }
      #expect(
        await journalError {
          _ = try await other.acquireLease(of: "emea-1", holder: world.holder(2))
        }?.kind
          == .held)
    }
  }

  @Test(
    "A holder who slept past the end of its lease goes on when nobody took it",
    arguments: StoreKind.all)
  func slept(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder(1))
    world.clock.advance(3_600)
    try await journal.append(plain: 1)
    #expect(
      await journalError {
        _ = try await other.acquireLease(of: "emea-1", holder: world.holder(2))
      }?.kind
        == .held)
  }

  @Test(
    "Between two processes of one machine no clock that is set moves the end of a lease",
    arguments: StoreKind.all, [-86_400, 86_400] as [Int64])
  func setClock(_ kind: StoreKind, seconds: Int64) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let container = world.holder(2, host: "container", boot: "boot-1 pid:[2]")
    _ = try await store.begin(holder: world.holder(1, boot: "boot-1 pid:[1]"))
    world.clock.set(by: seconds)
    world.clock.advance(59)
    let error = await journalError {
      _ = try await other.acquireLease(of: "emea-1", holder: container)
    }
    #expect(error?.kind == .held)
    world.clock.advance(2)
    #expect(try await other.acquireLease(of: "emea-1", holder: container).epoch == 2)
  }

  @Test(
    "A lease from a time that has not come is known as one, and how to free it",
    arguments: StoreKind.all)
  func future(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    world.clock.set(by: 10 * 365 * 86_400)
    _ = try await store.begin(holder: world.holder(1))
    world.clock.set(by: -10 * 365 * 86_400)
    let stranger = world.holder(2, host: "bastion-2", boot: "boot-2")
    let error = await journalError {
      _ = try await other.acquireLease(of: "emea-1", holder: stranger)
    }
    #expect(error?.kind == .impossibleLease)
    for part in ["anna on bastion-1", "2037-01-", "but it is 2027-01-15", "waltz unlock emea-1"] {
      #expect(error?.message.contains(part) == true, "\(part) in \(error?.message ?? "")")
    }
    #expect(try await other.entry(of: "emea-1").lease?.isAtWork(seenBy: stranger) == false)
  }

  @Test("Before a long effect the run is held for as long as it may take", arguments: StoreKind.all)
  func longEffect(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let stranger = world.holder(2, host: "bastion-2", boot: "boot-2")
    let lease = try await store.createRun(newRun(), holder: world.holder(1))
    let journal = try await store.journal(holding: lease, encode: encode)
    #expect(!lease.watch.permit.covers(.seconds(900)))
    try await journal.holdLease(for: .seconds(900))
    // The driver looks a moment later.
    world.clock.advance(2)
    #expect(lease.watch.permit.covers(.seconds(900)))
    // A renewal on the way takes nothing away.
    world.clock.advance(30)
    try await journal.renewLease()
    world.clock.advance(872)
    #expect(
      await journalError { _ = try await other.acquireLease(of: "emea-1", holder: stranger) }?.kind
        == .held)
    world.clock.advance(7)
    #expect(try await other.acquireLease(of: "emea-1", holder: stranger).epoch == 2)
    #expect(await journalError { try await journal.holdLease(for: .zero) }?.kind == .leaseLost)
  }

  @Test(
    "A holder that stood still has no permit until it has renewed its lease",
    arguments: StoreKind.all)
  func permit(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let lease = try await store.createRun(newRun(), holder: world.holder(1))
    let journal = try await store.journal(holding: lease, encode: encode)
    #expect(lease.watch.permit.covers(.zero))
    world.clock.advance(56)
    #expect(!lease.watch.permit.covers(.zero))
    try await journal.holdLease(for: .zero)
    #expect(lease.watch.permit.covers(.zero))
  }

  @Test("A lease that is lost before its journal is opened is lost", arguments: StoreKind.all)
  func firstMoments(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let lease = try await store.createRun(newRun(), holder: world.holder(1))
    world.processes.kill(world.holder(1).identity)
    try await other.goOn("emea-1", holder: world.holder(2)).append(plain: 3)
    let error = await journalError { _ = try await store.journal(holding: lease, encode: encode) }
    #expect(error?.kind == .leaseLost)
  }

  @Test(
    "A run that is unlocked is free, and who did it is told to the next executor",
    arguments: StoreKind.all)
  func unlocked(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder(1))
    let stranger = world.holder(2, host: "bastion-2", boot: "boot-2")
    let word = OperatorWord(by: "bob", note: "bastion-1 burnt down")
    let wrong = await stateError {
      try await other.unlock("emea-1", epoch: 2, word: word, at: world.clock.now)
    }
    #expect(wrong?.kind == .noSuchLease)
    #expect(wrong?.message.contains("under epoch 1. Look again: `waltz unlock emea-1`") == true)
    try await other.unlock("emea-1", epoch: 1, word: word, at: world.clock.now)
    #expect(await journalError { try await journal.holdLease(for: .zero) }?.kind == .leaseLost)
    let next = try await other.goOn("emea-1", holder: stranger)
    let requests = try await next.requests()
    #expect(requests.map(\.verb) == [.unlock])
    #expect(requests.first?.word == word)
    try await next.release()
    let free = await stateError {
      try await other.unlock("emea-1", epoch: 2, word: word, at: world.clock.now)
    }
    #expect(free?.message.contains("Nobody holds run emea-1") == true)
  }

  @Test("A lease that was given back is free at once", arguments: StoreKind.all)
  func released(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    try await store.begin(holder: world.holder(1)).release()
    #expect(try await other.entry(of: "emea-1").lease == nil)
    #expect(try await other.acquireLease(of: "emea-1", holder: world.holder(2)).epoch == 2)
    #expect(try await other.entry(of: "emea-1").lease?.holderName == "anna on bastion-1, process 2")
  }

  @Test(
    "Any order of takeovers leaves one writer and an unbroken chain", arguments: StoreKind.all,
    0..<20)
  func oneWriter(_ kind: StoreKind, seed: UInt64) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    var generator = SplitMix64(seed: seed)
    var journals = [try await store.begin(holder: world.holder(99))]
    var written = 0
    for pid in Int32(1)...30 {
      switch Int.random(in: 0..<3, using: &generator) {
      case 0:
        world.clock.advance(Int64.random(in: 1...90, using: &generator))
        if let journal = try? await other.goOn("emea-1", holder: world.holder(pid)) {
          journals.append(journal)
        }
      default:
        let index = Int.random(in: journals.indices, using: &generator)
        let isLast = index == journals.count - 1
        let wrote = (try? await journals[index].append(plain: 1)) != nil
        #expect(wrote == isLast, "seed \(seed)")
        if wrote { written += 1 }
      }
    }
    #expect(
      try await other.verify("emea-1")
        == .intact(events: written, head: journals.last?.headHash ?? ""),
      "seed \(seed)")
  }

  @Test(
    "A site belongs to one unfinished run; the refusal names it and the way out",
    arguments: StoreKind.all)
  func sites(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let first = try await store.begin(holder: world.holder())
    let error = await stateError {
      _ = try await other.createRun(
        newRun(plan: "rival", sites: ["rome", "paris"]), holder: world.holder())
    }
    #expect(error?.kind == .siteHeld)
    for part in ["paris", "emea-1", "anna on bastion-1, process 100", "waltz status emea-1"] {
      #expect(error?.message.contains(part) == true, "\(part) in \(error?.message ?? "")")
    }
    #expect(error?.message.contains("waltz abort") == false)
    #expect(try await other.runs().map(\.id) == ["emea-1"])
    try await first.end("run-failed")
    try await first.release()
    let resting = await stateError {
      _ = try await other.createRun(
        newRun(plan: "rival", sites: ["paris"]), holder: world.holder())
    }
    #expect(resting?.kind == .siteClaimed)
    let free = resting?.message
    for part in [
      "failed", "nobody is working on it", "waltz resume emea-1", "waltz abort emea-1",
    ] {
      #expect(free?.contains(part) == true, "\(part) in \(free ?? "")")
    }
    try await other.goOn("emea-1", holder: world.holder()).end("run-aborted")
    let second = try await other.createRun(
      newRun(plan: "rival", sites: ["paris"]), holder: world.holder())
    #expect(second.run == "rival-1")
  }

  @Test(
    "Whose executor is gone is said to be worked on by nobody", arguments: StoreKind.all)
  func abandonedSite(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    _ = try await store.begin(holder: world.holder(1))
    world.processes.kill(world.holder(1).identity)
    let error = await stateError {
      _ = try await other.createRun(
        newRun(plan: "rival", sites: ["paris"]), holder: world.holder(2))
    }
    for part in ["which is not finished", "nobody is working on it now", "waltz resume emea-1"] {
      #expect(error?.message.contains(part) == true, "\(part) in \(error?.message ?? "")")
    }
  }

  @Test(
    "A success frees the sites, and a simulation never takes those of the real world",
    arguments: StoreKind.all)
  func worlds(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let first = try await store.begin(holder: world.holder())
    _ = try await store.begin(
      newRun(world: .simulated(Simulation(seed: 0))), holder: world.holder())
    #expect(
      await stateError {
        _ = try await other.createRun(
          newRun(world: .simulated(Simulation(seed: 1))), holder: world.holder())
      }?.message.contains("emea-2") == true)
    try await first.end("run-succeeded")
    #expect(try await other.createRun(newRun(), holder: world.holder()).run == "emea-3")
  }
}
