import CanonicalJSON
import Estate

/// The one domain of every site.
enum DomainShape {
  static let name = "Default"

  /// Its id, the same on every site.
  static func id(in estate: SimulatedEstate) -> String { estate.identity(ofClient: 1, use: 702) }
}

extension JSONWriter {
  /// A domain as lists of other things name it.
  mutating func domainSummary(_ estate: SimulatedEstate) {
    object { writer in
      writer.member("id", DomainShape.id(in: estate))
      writer.member("name", DomainShape.name)
    }
  }

  /// A domain as the list has it, or by itself with what the purge of idle clients is set to.
  mutating func domain(_ state: LabState, isWhole: Bool) {
    object { writer in
      writer.member("id", DomainShape.id(in: state.estate))
      writer.member("name", DomainShape.name)
      writer.member("description", "")
      writer.member("createdTime", state.estate.installedAt)
      writer.member("enable", true)
      writer.member("companyName", "My Company")
      writer.member("contactInfo", "")
      writer.member("administratorCount", 1)
      guard isWhole else { return }
      let days = state.estate.purgeAfterDays
      writer.member("deleteOldClients", days != nil)
      writer.member("deleteOldClientsDays", days ?? 30)
      writer.member("deleteOldVDIClients", false)
      writer.member("deleteOldVDIClientsDays", 7)
      writer.member("allowNeverExpiresPasswords", true)
      writer.member("allowUsersToSaveCredentials", false)
      writer.member("showBanner", false)
      writer.member("bannerTitle", orNull: String?.none)
      writer.member("bannerText", orNull: String?.none)
    }
  }
}
