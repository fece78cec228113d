import CanonicalJSON
import Estate

extension JSONWriter {
  /// A group; a list leaves some members out (`docs/SEPM.md`, "Endpoints").
  mutating func group(
    _ index: Int, at site: Int, in domain: LabDomain, _ state: LabState, count: Int, isWhole: Bool,
    children: ((inout JSONWriter) -> Void)? = nil
  ) {
    let estate = state.estate
    let group = estate.sites[site].groups[index]
    object { writer in
      writer.member("id", group.id)
      writer.member("name", group.name)
      writer.member("description", "")
      writer.member("fullPathName", group.path)
      writer.member("numberOfPhysicalComputers", count)
      writer.member("numberOfRegisteredUsers", 0)
      writer.member("createdBy", estate.administratorID.padded(to: 128))
      writer.member("created", estate.installedAt)
      // Stays at the creation while the policy moves.
      writer.member("lastModified", estate.installedAt)
      writer.member(
        "policySerialNumber",
        estate.sites[site].serial(ofGroup: index, policyDate: group.policyDate))
      writer.member("policyDate", group.policyDate)
      writer.member("customIpsNumber", "")
      writer.key("domain")
      writer.summary(of: domain, estate)
      writer.member("policyInheritanceEnabled", group.inherits)
      if isWhole {
        writer.member(
          "defaultLocationId",
          estate.locationID(0, ofGroup: estate.sites[site].source(of: index)))
        writer.member("externalReferenceId", orNull: String?.none)
      }
      if let children {
        writer.key("childGroups")
        children(&writer)
      } else if isWhole {
        writer.key("childGroups")
        writer.null()
      }
    }
  }
}

extension SimulatedSite.Group {
  /// The last part of the path.
  fileprivate var name: String {
    path.split(separator: "\\").last.map(String.init) ?? path
  }
}

extension SimulatedEstate {
  /// The id of a location of a group with settings of its own; the same on every site.
  func locationID(_ location: Int, ofGroup group: Int) -> String {
    identity(ofClient: group, use: 800 + location)
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: " ", count: max(count - utf8.count, 0))
  }
}
