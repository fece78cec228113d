import Adoption
import CanonicalJSON
import Forecasts
import PrivateFiles
import RotationEngine

/// Where the rows of counts are kept from one stay of an executor to the next: a file for each wait in a folder beside
/// the state, safe to delete. Nothing here fails: what cannot be kept is asked for again.
package struct CensusShelf: Sendable {
  private let path: String
  private let isReadOnly: Bool

  /// A shelf in this folder, which is made where it is not there, in a folder that is.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - isReadOnly: Whether nothing is put there: for who only looks.
  package init(_ path: String, isReadOnly: Bool) {
    self.path = path
    self.isReadOnly = isReadOnly
  }

  /// What is kept for the wait at a position of its graph; nil where there is nothing that can be used.
  func census(of owner: KeptCensus.Owner, step: Int) -> KeptCensus? {
    guard let folder = try? PrivateFolder(path, for: .looking, isNamedByUser: false),
      let bytes = try? folder.contents(
        of: name(step, of: owner.run), limit: KeptCensus.maximumSize)
    else { return nil }
    return KeptCensus(bytes, of: owner)
  }

  /// Puts bytes there for a wait of a run; false where that is not possible.
  func keep(_ bytes: @autoclosure () -> [UInt8], step: Int, of run: String) -> Bool {
    guard !isReadOnly, let folder = try? PrivateFolder(making: path) else { return false }
    return (try? folder.replace(name(step, of: run), with: bytes())) != nil
  }

  /// The contacts of each hour at the site at a position of its run's plan; none where nothing is kept, or it is damaged.
  func contacts(at site: Int, of run: String) -> ContactHours {
    guard let folder = try? PrivateFolder(path, for: .looking, isNamedByUser: false),
      let bytes = try? folder.contents(of: Self.name(ofSite: site, run), limit: Self.contactsSize),
      let json = try? JSONValue(parsing: bytes)
    else { return ContactHours() }
    return ContactHours(json) ?? ContactHours()
  }

  /// Keeps the contacts of each hour at a site.
  func keep(_ contacts: ContactHours, at site: Int, of run: String) {
    guard !isReadOnly, let folder = try? PrivateFolder(making: path) else { return }
    try? folder.replace(
      Self.name(ofSite: site, run), with: Attachment(document: contacts.json).bytes)
  }

  /// The absences and returns of each hour at the site at a position of its run's plan; none where nothing is kept, or it is
  /// damaged.
  func returns(at site: Int, of run: String) -> ReturnHours {
    guard let folder = try? PrivateFolder(path, for: .looking, isNamedByUser: false),
      let bytes = try? folder.contents(
        of: Self.returnsName(ofSite: site, run), limit: Self.contactsSize),
      let json = try? JSONValue(parsing: bytes)
    else { return ReturnHours() }
    return ReturnHours(json) ?? ReturnHours()
  }

  /// Keeps the absences and returns of each hour at a site.
  func keep(_ returns: ReturnHours, at site: Int, of run: String) {
    guard !isReadOnly, let folder = try? PrivateFolder(making: path) else { return }
    try? folder.replace(
      Self.returnsName(ofSite: site, run), with: Attachment(document: returns.json).bytes)
  }

  /// Removes the contacts of a run's sites.
  package func removeContacts(ofSites sites: some Sequence<Int>, of run: String) {
    guard !isReadOnly,
      let folder = try? PrivateFolder(path, for: .changing, isNamedByUser: false)
    else { return }
    for site in sites {
      folder.remove(Self.name(ofSite: site, run))
      folder.remove(Self.returnsName(ofSite: site, run))
    }
  }

  /// Removes what is kept for the waits of a run at these positions.
  package func remove(_ steps: some Sequence<Int>, of run: String) {
    guard !isReadOnly,
      let folder = try? PrivateFolder(path, for: .changing, isNamedByUser: false)
    else { return }
    for step in steps { folder.remove(name(step, of: run)) }
  }

  /// A year of two hundred groups.
  private static let contactsSize = 64 << 20

  private static func name(ofSite site: Int, _ run: String) -> String {
    "\(run).\(site).contacts"
  }

  private static func returnsName(ofSite site: Int, _ run: String) -> String {
    "\(run).\(site).returns"
  }

  private func name(_ step: Int, of run: String) -> String { "\(run).\(step).census" }
}
