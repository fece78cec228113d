import Adoption
import CanonicalJSON
import RotationEngine

/// The contacts of each hour at a site that the journal of its run holds.
struct RecordedContacts: Sendable {
  /// The digests of the attachments that hold them.
  var digests: [String] = []

  /// The hours; none where they were asked for before.
  var hours = ContactHours()
}

/// The contacts of each hour at one site, as a run knows them: what its journal holds, and what was counted since.
struct SiteContacts: Sendable {
  /// How many hours are counted until they are recorded together: each record names the groups.
  static let recordedTogether = 6

  /// The member of evidence that leads to them.
  static let member = "contacts"

  /// All that are known.
  private(set) var known = ContactHours()

  /// Those that the journal holds.
  private var recorded: ContactHours

  /// Those that were last handed out to be recorded, and the digest: whether they were, shows in the journal.
  private var handedOut: (digest: String, hours: ContactHours)?

  /// The contacts that a journal holds, and what was kept beside it.
  init(recorded: RecordedContacts, kept: ContactHours) {
    self.recorded = recorded.hours
    take(recorded.hours)
    take(kept)
  }

  /// Takes in hours that were watched as a whole.
  ///
  /// - Returns: Whether one of them is new
  @discardableResult
  mutating func take(_ watched: ContactHours) -> Bool {
    let before = known.counts.count
    known.merge(watched)
    guard known.counts.count > before else { return false }
    known = known.latest
    return true
  }

  /// The hours that the journal does not hold yet, to be kept with an event: nothing where there are fewer than `least`.
  mutating func evidence(ofAtLeast least: Int = 1, besides journal: RecordedContacts) -> Evidence {
    if let handedOut, journal.digests.contains(handedOut.digest) {
      recorded.merge(handedOut.hours)
      self.handedOut = nil
    }
    let new = known.without(recorded)
    guard new.counts.count >= least, let bounds = new.bounds else { return Evidence() }
    let attachment = Attachment(document: new.json)
    handedOut = (attachment.digest, new)
    let member = JSONValue.object([
      .init("attachment", .string(attachment.digest)),
      .init("from", .string(ContactHours.begin(of: bounds.lowerBound).description)),
      .init("hours", .integer(Int64(new.counts.count))),
      .init("until", .string(ContactHours.begin(of: bounds.upperBound + 1).description)),
    ])
    return Evidence([.init(Self.member, member)], attachments: [attachment])
  }
}
