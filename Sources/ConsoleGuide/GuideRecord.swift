import PlanModel

/// What a run knows beyond its plan, for the gates of one site or partnership.
package struct GuideRecord: Sendable, Equatable {
  /// What `record-settings` saw of one location of a group that does not inherit.
  package struct Setting: Sendable, Equatable {
    /// The group's full path.
    package let group: String

    /// The location's name.
    package let location: String

    /// The name of its management server list; nil where nobody could see it.
    package let list: String?

    /// Whether clients verify; nil where nobody could see it.
    package let verifies: Bool?

    /// A setting.
    package init(group: String, location: String, list: String?, verifies: Bool?) {
      self.group = group
      self.location = location
      self.list = list
      self.verifies = verifies
    }
  }

  /// The settings in the order of the groups; nil before they were recorded.
  package var settings: [Setting]?

  /// The fingerprints of certificates by their names in the plan, as they were checked.
  package var fingerprints: [String: String]

  /// The day up to which a moved schedule of replication must not come round, `2026-01-12`.
  package var until: String?

  /// A record; what is left out nobody knows.
  package init(
    settings: [Setting]? = nil, fingerprints: [String: String] = [:], until: String? = nil
  ) {
    self.settings = settings
    self.fingerprints = fingerprints
    self.until = until
  }
}
