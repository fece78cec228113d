import CanonicalJSON
import RotationEngine
import SEPMClient

/// Looks which management server list each location has. The API neither makes lists nor assigns them: a person does, and
/// this is how it shows (`docs/SEPM.md`, "Management server lists").
struct ServerListSight: Sendable {
  let reading: SiteReading
  let record: SettingsRecord

  /// Whether every location is to have the list that was recorded; else every one another.
  let isRestored: Bool

  func observe() async throws(SEPMError) -> Finding {
    var left: [String] = []
    var lists: Set<String> = []
    var places = 0
    for place in record.places {
      let settings: LocationSettings
      do throws(SEPMError) {
        settings = try await reading.api.settings(of: place.location.id, in: place.group.id)
      } catch {
        if case .notFound = error.kind { continue }
        throw error
      }
      guard let list = settings.serverList, let recorded = place.location.settings.serverList else {
        return .unknown("SEPM does not say which management server list \(place.name) has.")
      }
      places += 1
      lists.insert(list)
      if (list == recorded) != isRestored {
        left.append(
          isRestored ? "\(place.name) has '\(list)' instead of '\(recorded)'" : place.name)
      }
    }
    guard left.isEmpty else {
      return .notDone(
        isRestored
          ? "These do not have their own management server list again: \(NameList(left))."
          : "These still have the management server list from before: \(NameList(left)).")
    }
    let markers = reading.markers(of: try await reading.groups())
    return .done(
      Evidence(
        [
          .init("locations", .integer(Int64(places))),
          .init("lists", .array(lists.sorted().map { .string($0) })),
          .init("markers", markers.reference),
        ], attachments: [markers]))
  }
}
