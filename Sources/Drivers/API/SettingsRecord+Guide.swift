package import ConsoleGuide
import SEPMClient

extension SettingsRecord {
  /// The settings as gates and reports tell them to people; nil where none were to be seen.
  package var guide: [GuideRecord.Setting]? {
    guard hasSettings else { return nil }
    return places.map { place in
      GuideRecord.Setting(
        group: place.group.path, location: place.location.name,
        list: place.location.settings.serverList, verifies: place.location.settings.verifies)
    }
  }
}
