import RotationEngine
import Testing

@testable import RunStore

@Suite("The mailbox of a run")
struct MailboxTests {
  let directory: TemporaryDirectory
  let file: StateFile
  let other: StateFile
  let world = TestWorld()

  init() throws {
    directory = try TemporaryDirectory()
    file = try StateFile(directory: directory.state, access: .creating)
    other = try StateFile(directory: directory.state, access: .writing)
  }

  @Test("Requests arrive whole and in order, from this process and from others")
  func arrival() throws {
    let journal = try file.start(holder: world.holder())
    #expect(try journal.requests().isEmpty)
    let word = OperatorWord(by: "berta", note: "done at the console")
    var expected: [OperatorRequest] = []
    for (index, verb) in OperatorRequest.Verb.allCases.enumerated() {
      let poster = index % 2 == 0 ? file : other
      let step = index % 3 == 0 ? nil : "break-replication/berlin+paris"
      let id = try poster.post(verb, step: step, word: word, to: "emea-1", at: world.clock.now)
      expected.append(OperatorRequest(id: id, verb: verb, step: step, word: word))
      #expect(try journal.requests() == expected)
    }
    #expect(try other.pendingRequests(of: "emea-1") == expected)
  }

  @Test("An append answers requests together with its events, or neither")
  func answering() throws {
    let journal = try file.start(holder: world.holder())
    let word = OperatorWord(by: "berta", note: nil)
    let first = try other.post(.pause, step: nil, word: word, to: "emea-1", at: world.clock.now)
    let second = try other.post(.unpause, step: nil, word: word, to: "emea-1", at: world.clock.now)
    #expect(try journal.requests().map(\.id) == [first, second])
    try journal.append([encoded(1), encoded(2)], answering: [first])
    #expect(try journal.requests().map(\.id) == [second])
    #expect(try other.answer(toRequest: first) == 2)
    #expect(try other.answer(toRequest: second) == nil)
    #expect(journalError { try journal.append([encoded(9)], answering: [second]) } != nil)
    #expect(try other.answer(toRequest: second) == nil)
  }

  @Test("A request outlives the executor it was meant for")
  func outlives() throws {
    let journal = try file.start(holder: world.holder())
    try other.post(
      .approve, step: "x", word: OperatorWord(by: "berta", note: nil), to: "emea-1",
      at: world.clock.now)
    try journal.release()
    #expect(
      try other.resume("emea-1", holder: world.holder(2)).requests().map(\.verb) == [.approve])
  }

  @Test("A run does not get another one's requests")
  func separate() throws {
    let first = try file.start(holder: world.holder())
    let second = try file.start(newRun(plan: "b", sites: []), holder: world.holder())
    try other.post(
      .pause, step: nil, word: OperatorWord(by: "berta", note: nil), to: "b-1", at: world.clock.now)
    #expect(try first.requests().isEmpty)
    #expect(try second.requests().count == 1)
  }

  @Test("A finished run takes no requests")
  func finished() throws {
    let journal = try file.start(holder: world.holder())
    try journal.append([encoded(1, type: "run-aborted", step: nil, attempt: nil)], answering: [])
    let error = stateError {
      try other.post(
        .pause, step: nil, word: OperatorWord(by: "berta", note: nil), to: "emea-1",
        at: world.clock.now)
    }
    #expect(error?.kind == .ended)
  }

  @Test("Posting while an executor appends without pause loses and delays nothing")
  func concurrent() async throws {
    let journal = try file.start(holder: world.holder())
    let poster = other
    let now = world.clock.now
    try await withThrowingTaskGroup { group in
      group.addTask {
        for number in 0..<20 {
          try poster.post(
            .approve, step: "s\(number)", word: OperatorWord(by: "berta", note: nil), to: "emea-1",
            at: now)
        }
      }
      group.addTask {
        var answered = 0
        while answered < 20 {
          let requests = try journal.requests().map(\.id)
          try journal.append([encoded(journal.count + 1)], answering: requests)
          answered += requests.count
        }
      }
      try await group.waitForAll()
    }
    #expect(try poster.pendingRequests(of: "emea-1").isEmpty)
    #expect(try poster.verify("emea-1") == .intact(events: journal.count, head: journal.headHash))
  }
}
