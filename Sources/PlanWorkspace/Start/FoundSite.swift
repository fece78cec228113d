package import Drivers
package import PlanModel
import PlanText

/// A site as its API was found: what it says of itself, and how it was reached.
package struct FoundSite: Sendable {
  /// The API, as a plan says it.
  let api: SiteAPI

  /// What the site says of itself.
  let inventory: SiteInventory

  /// The host names in the certificate that the API presents.
  let certificateHosts: [String]

  /// A found site.
  package init(api: SiteAPI, inventory: SiteInventory, certificateHosts: [String] = []) {
    self.api = api
    self.inventory = inventory
    self.certificateHosts = certificateHosts
  }
}
