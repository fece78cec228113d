import Adoption
import Forecasts
import PlanModel
import PlanText
import RotationEngine

/// Where what was observed of sites before a rotation is kept from one look to the next, in a folder beside the state:
/// contacts of each hour, which a run takes as its baseline, and rows, which save questions.
package struct ObservationShelf: Sendable {
  private let shelf: CensusShelf
  private let world: String

  /// A shelf in this folder, which is made where it is not there, in a folder that is.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - world: What tells the world of the sites from others: those of a lab are not those that it is like.
  ///   - isReadOnly: Whether nothing is put there.
  package init(_ path: String, world: String, isReadOnly: Bool) {
    shelf = CensusShelf(path, isReadOnly: isReadOnly)
    self.world = world
  }

  /// What a site is known by: its name, and where its API is.
  func key(of site: Site) -> String {
    let name = [world, site.name.value, site.api?.url.value ?? ""].joined(separator: "\n")
    return String(Attachment.digest(of: Array(name.utf8)).suffix(32))
  }

  /// The contacts of each hour at a site; none where it was not observed.
  func contacts(at site: Site) -> ContactHours { shelf.contacts(at: 0, of: key(of: site)) }

  /// Keeps the contacts of each hour at a site.
  func keep(_ contacts: ContactHours, at site: Site) {
    shelf.keep(contacts, at: 0, of: key(of: site))
  }

  /// The absences and returns of each hour at a site; none where it was not observed.
  func returns(at site: Site) -> ReturnHours { shelf.returns(at: 0, of: key(of: site)) }

  /// Keeps the absences and returns of each hour at a site.
  func keep(_ returns: ReturnHours, at site: Site) { shelf.keep(returns, at: 0, of: key(of: site)) }

  /// The rows that were kept of a site; nil where there are none that can be used.
  func census(of owner: KeptCensus.Owner) -> KeptCensus? { shelf.census(of: owner, step: 0) }

  /// Keeps rows; false where that is not possible.
  func keep(_ bytes: [UInt8], for owner: KeptCensus.Owner) -> Bool {
    shelf.keep(bytes, step: 0, of: owner.run)
  }
}
