import CanonicalJSON
import RotationEngine
import Testing

@testable import RunStore

/// The engine's, not the one of the testing library.
private typealias Attachment = RotationEngine.Attachment

@Suite("Every store: attachments")
struct AttachmentTests {
  let world = TestWorld()
  private let settings = Attachment(Array("{\"groups\":5}".utf8))

  /// An event that refers to what is given with it.
  private func event(
    _ sequence: Int, _ attachments: [Attachment], keeping kept: [Attachment]? = nil
  ) -> EncodedEvent {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("seq", sequence)
      writer.member("at", Instant(milliseconds: 0).description)
      writer.member("type", "step-succeeded")
      writer.member("note", "\"attachment\":\"sha256:0\"")
      writer.key("evidence")
      writer.array { writer in
        for attachment in attachments { writer.value(attachment.reference) }
      }
    }
    return EncodedEvent(
      sequence: sequence, at: 0, type: "step-succeeded", step: nil, attempt: nil,
      bytes: writer.bytes, attachments: kept ?? attachments)
  }

  @Test("Bytes that an event refers to are kept with it, and verified", arguments: StoreKind.all)
  func kept(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let journal = try await opened.store.begin(holder: world.holder())
    let empty = Attachment([])
    try await journal.append([event(1, [settings, empty]), event(2, [settings])], answering: [])
    // What is there already need not be given again.
    try await journal.append([event(3, [settings], keeping: [])], answering: [])
    let store = opened.other
    #expect(
      try await store.attachment(settings.digest, of: "emea-1", limit: 100) == settings.bytes)
    #expect(try await store.attachment(empty.digest, of: "emea-1", limit: 0) == [])
    #expect(try await store.attachment("sha256:0", of: "emea-1", limit: 100) == nil)
    #expect(
      try await store.verify("emea-1") == .intact(events: 3, head: journal.headHash))
    #expect(try await store.allEvents(of: "emea-1").allSatisfy(\.attachments.isEmpty))
  }

  @Test("A run does not see the attachments of another", arguments: StoreKind.all)
  func separate(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let first = try await store.begin(holder: world.holder())
    let second = try await store.begin(newRun(plan: "b", sites: []), holder: world.holder())
    try await first.append([event(1, [settings])], answering: [])
    #expect(try await store.attachment(settings.digest, of: "b-1", limit: 100) == nil)
    try await second.append([event(1, [settings])], answering: [])
    for (run, journal) in [("emea-1", first), ("b-1", second)] {
      #expect(try await store.verify(run) == .intact(events: 1, head: journal.headHash))
    }
  }

  @Test("No more is read than was asked for", arguments: StoreKind.all)
  func bounded(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let journal = try await store.begin(holder: world.holder())
    try await journal.append([event(1, [settings])], answering: [])
    let limit = settings.bytes.count - 1
    let error = await stateError {
      _ = try await store.attachment(settings.digest, of: "emea-1", limit: limit)
    }
    #expect(error?.kind == .tooLarge)
    #expect(error?.message.contains("\(limit)") == true)
  }

  @Test(
    "What its event does not name, or names by another digest, is refused with the event",
    arguments: StoreKind.all)
  func refused(_ kind: StoreKind) async throws {
    let other = Attachment(digest: settings.digest, bytes: [1])
    for wrong in [event(1, [], keeping: [settings]), event(1, [other])] {
      let opened = try kind.open()
      defer { opened.end() }
      let store = opened.store
      let journal = try await store.begin(holder: world.holder())
      #expect(await journalError { try await journal.append([wrong], answering: []) } != nil)
      #expect(try await store.allEvents(of: "emea-1").isEmpty)
      #expect(try await store.attachment(settings.digest, of: "emea-1", limit: 100) == nil)
    }
  }

  @Test("An attachment that nobody kept is found by verify", arguments: StoreKind.all)
  func missing(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let journal = try await store.begin(holder: world.holder())
    try await journal.append(
      [encoded(1), event(2, [settings], keeping: [])], answering: [])
    guard case .altered(let alteration) = try await store.verify("emea-1") else {
      Issue.record("Nobody noticed.")
      return
    }
    #expect(alteration.kind == .attachment && alteration.sequence == 2)
  }
}
