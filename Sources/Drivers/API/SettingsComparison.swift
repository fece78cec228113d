import CanonicalJSON
import RotationEngine
import SEPMClient

/// Compares the settings of a site with what was recorded, leaf by leaf.
struct SettingsComparison: Sendable {
  private static let mostShown = 20

  let reading: SiteReading
  let record: SettingsRecord

  func perform() async throws(SEPMError) -> StepAnswer {
    var differences: [String] = []
    var gone: [String] = []
    var places = 0
    for place in record.places {
      do throws(SEPMError) {
        let now = try await reading.api.settings(of: place.location.id, in: place.group.id)
        places += 1
        let recorded = place.location.settings
        for difference in LocationSettings.differences(between: recorded, and: now) {
          differences.append(
            "\(place.name): \(difference.path) was \(difference.recorded ?? "not there") and is "
              + "\(difference.now ?? "not there")")
        }
      } catch {
        guard case .notFound = error.kind else { throw error }
        gone.append(place.name)
      }
    }
    guard differences.isEmpty else {
      let shown = differences.prefix(Self.mostShown).joined(separator: "; ")
      let rest = differences.count - Self.mostShown
      return .failed(
        StepFailure(
          .failed,
          "The settings differ from what was recorded: \(shown)\(rest > 0 ? "; and \(rest) more" : "").",
          help:
            "Set these back in the console, then retry this step. Where a change was meant, skip it with a note."
        ))
    }
    var members: [JSONValue.Member] = [.init("locations", .integer(Int64(places)))]
    if !gone.isEmpty { members.append(.init("gone", .array(gone.map { .string($0) }))) }
    return .succeeded(Evidence(members))
  }
}
