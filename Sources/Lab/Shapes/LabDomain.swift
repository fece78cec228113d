import CanonicalJSON
import Estate

/// A domain of a site. There is one, which the administrator logs on to, and a second one where a fault says so.
enum LabDomain: Int, CaseIterable {
  case first = 1
  case second

  /// The name.
  var name: String {
    switch self {
    case .first: "Default"
    case .second: "Branches"
    }
  }

  /// The id, the same on every site.
  func id(in estate: SimulatedEstate) -> String { estate.identity(ofClient: rawValue, use: 702) }
}

extension ManagementAPI {
  /// The domains of the site.
  func domains(_ state: LabState) -> [LabDomain] {
    state.faults.secondDomain(of: site) == nil ? [.first] : LabDomain.allCases
  }

  /// The domain of each group, by its position.
  func domainsOfGroups(_ state: LabState) -> [LabDomain] {
    let root = state.faults.secondDomain(of: site)
    return state.estate.sites[position.site].groups.map { group in
      root.map { group.path == $0 || group.path.hasPrefix($0 + "\\") } == true ? .second : .first
    }
  }

  /// The domain that a call asks for; the one that the administrator is logged on to where it asks for none.
  ///
  /// - Throws: ``APIRefusal`` where there is none of that id.
  func domain(of call: APICall, _ state: LabState) throws(APIRefusal) -> LabDomain {
    guard let id = call.query["domain"], !id.isEmpty else { return .first }
    guard let found = domains(state).first(where: { $0.id(in: state.estate) == id }) else {
      throw .gone("The domain \(id)")
    }
    return found
  }
}

extension JSONWriter {
  /// A domain as lists of other things name it.
  mutating func summary(of domain: LabDomain, _ estate: SimulatedEstate) {
    object { writer in
      writer.member("id", domain.id(in: estate))
      writer.member("name", domain.name)
    }
  }

  /// A domain as the list has it, or by itself with what the purge of idle clients is set to.
  mutating func domain(_ domain: LabDomain, _ state: LabState, isWhole: Bool) {
    object { writer in
      writer.member("id", domain.id(in: state.estate))
      writer.member("name", domain.name)
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
