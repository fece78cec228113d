import Adoption
import CanonicalJSON
import RotationEngine

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

  /// The contacts that a journal holds, and what was kept beside it.
  init(recorded: ContactHours, kept: ContactHours) {
    self.recorded = recorded
    take(recorded)
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
  /// They count as recorded from then on.
  mutating func evidence(ofAtLeast least: Int = 1) -> Evidence {
    let new = known.without(recorded)
    guard new.counts.count >= least, let bounds = new.bounds else { return Evidence() }
    recorded.merge(new)
    let attachment = Attachment(document: new.json)
    let member = JSONValue.object([
      .init("attachment", .string(attachment.digest)),
      .init("from", .string(ContactHours.begin(of: bounds.lowerBound).description)),
      .init("hours", .integer(Int64(new.counts.count))),
      .init("until", .string(ContactHours.begin(of: bounds.upperBound + 1).description)),
    ])
    return Evidence([.init(Self.member, member)], attachments: [attachment])
  }
}
