import CanonicalJSON
package import RotationEngine
package import SEPMClient

/// What a census keeps for the next stay of an executor: the rows that it follows, and how far it came.
///
/// It saves questions and proves nothing. Who counts, and by what, is told by the run's journal; a row that is kept is as
/// the server told it once, and whatever changed since then is asked for. Bytes that are damaged, or of another wait,
/// are none.
package struct KeptCensus: Sendable {
  /// What the rows belong to.
  package struct Owner: Sendable, Equatable {
    /// The run's id.
    package let run: String

    /// The wait step's id.
    package let step: String

    /// When the wait began, by the run's clock.
    package let began: Instant

    /// The domains whose lists were followed.
    package let domains: [SEPMID]

    /// An owner.
    package init(run: String, step: String, began: Instant, domains: [SEPMID]) {
      self.run = run
      self.step = step
      self.began = began
      self.domains = domains
    }

    fileprivate var text: String {
      var writer = JSONWriter()
      writer.array { writer in
        writer.string(run)
        writer.string(step)
        writer.string(began.description)
        for domain in domains { writer.string(domain.description) }
      }
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }

  /// A row, whether the last listing of all rows no longer had it, and whether it was seen with a server that was changed.
  typealias Row = (row: Computer, hasVanished: Bool, hasShownTrust: Bool)

  /// The most bytes that are read: some million clients.
  package static let maximumSize = 512 << 20

  private static let heading = Array("waltz-census 3\n".utf8)
  private static let digestLength = Attachment.digest(of: []).utf8.count

  let rows: [Row]

  /// When every row was looked at last, and when those that changed, both by the server.
  package let wholeAt: ServerTime
  package let polledAt: ServerTime

  /// What was counted of the hours that were not over.
  package let contacts: ContactCounter

  /// Reads what ``bytes(of:for:wholeAt:polledAt:contacts:)`` made for the same owner; nil where these bytes are anything else.
  package init?(_ bytes: [UInt8], of owner: Owner) {
    let start = Self.heading.count + Self.digestLength
    guard bytes.count > start, bytes.starts(with: Self.heading) else { return nil }
    let digest = Attachment.digest(of: Array(bytes[start...]))
    guard bytes[Self.heading.count..<start].elementsEqual(digest.utf8) else { return nil }
    var reader = ComputerReader(bytes, from: start)
    guard reader.text() == owner.text, let wholeAt = reader.time(), let polledAt = reader.time(),
      let contacts = reader.text().flatMap({ try? JSONValue(parsing: Array($0.utf8)) })
        .flatMap({ ContactCounter($0) }),
      let count = reader.number(), count <= UInt64(bytes.count)
    else { return nil }
    var rows: [Row] = []
    rows.reserveCapacity(Int(count))
    for _ in 0..<count {
      guard let (row, isMarked) = reader.computer() else { return nil }
      rows.append((row, isMarked, false))
    }
    guard let shown = reader.number(), shown <= count else { return nil }
    for _ in 0..<shown {
      guard let position = reader.number(), position < count else { return nil }
      rows[Int(position)].hasShownTrust = true
    }
    guard reader.isAtEnd else { return nil }
    self.rows = rows
    self.wholeAt = ServerTime(milliseconds: wholeAt)
    self.polledAt = ServerTime(milliseconds: polledAt)
    self.contacts = contacts
  }

  /// A census as bytes, with a checksum.
  package static func bytes(
    of census: Census, for owner: Owner, wholeAt: ServerTime, polledAt: ServerTime,
    contacts: ContactCounter
  ) -> [UInt8] {
    var writer = ComputerWriter(reserving: census.entries.count)
    writer.text(owner.text)
    writer.time(wholeAt.milliseconds)
    writer.time(polledAt.milliseconds)
    var open = JSONWriter()
    open.value(contacts.json)
    writer.text(String(decoding: open.bytes, as: UTF8.self))
    writer.number(UInt64(census.entries.count))
    for entry in census.entries { writer.computer(entry.row, isMarked: entry.hasVanished) }
    let shown = census.entries.indices.filter { census.entries[$0].hasShownTrust }
    writer.number(UInt64(shown.count))
    for position in shown { writer.number(UInt64(position)) }
    return heading + Array(Attachment.digest(of: writer.bytes).utf8) + writer.bytes
  }
}
