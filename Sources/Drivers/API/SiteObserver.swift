package import PlanModel
import PlanText
package import RotationEngine
import SEPMClient

/// Looks at the clients of a plan's sites from time to time, before there is a run. Nothing is changed there.
package struct SiteObserver: Sendable {
  /// How many sites are looked at side by side.
  private static let atOnce = 8

  /// A site, and how its API is reached: nil where it has none.
  private struct Place: Sendable {
    let name: String
    let site: ObservedSite
    let client: Result<APIClient?, StepFailure>
  }

  private let places: [Place]
  private let localTime: @Sendable () -> Int64

  /// An observer of all sites of a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - surroundings: Where secrets and files come from, and the clock.
  ///   - shelf: Where what was seen is kept between looks.
  ///   - limit: How many clients that a wait would leave behind are named of each site.
  package init(
    _ plan: RotationPlan, _ surroundings: RealSurroundings, _ shelf: ObservationShelf,
    naming limit: Int
  ) {
    localTime = surroundings.localTime
    places = plan.sites.map { site in
      Place(
        name: site.name.value, site: ObservedSite(site, of: plan, shelf, naming: limit),
        client: Result { () throws(StepFailure) in try surroundings.access.client(of: site) })
    }
  }

  /// Looks at every site once.
  package func look() async -> [SiteObservation] {
    await places.mapSideBySide(atOnce: Self.atOnce) { place in
      let sight = await sight(of: place)
      return SiteObservation(site: place.name, sight: sight, hours: await place.site.hours)
    }
  }

  /// How the clients of each site come and go, by its position in the plan, where a look came to something.
  package func habits() async -> [Int: SiteHabits] {
    var habits: [Int: SiteHabits] = [:]
    for (position, place) in places.enumerated() { habits[position] = await place.site.habits }
    return habits
  }

  private func sight(of place: Place) async -> SiteObservation.Sight {
    do {
      guard let client = try place.client.get() else { return .noAPI }
      let reading = try await SiteReading(client, byNewLogOn: false, localTime: localTime)
      return .seen(try await place.site.look(by: reading))
    } catch let error as SEPMError {
      return .trouble(error.description)
    } catch let failure as StepFailure {
      return .trouble(failure.message)
    } catch {
      return .trouble("\(error)")
    }
  }

  /// Gives back what the sites lent: their tokens.
  package func leave() async {
    // A token that is left behind dies by itself.
    for place in places { try? await place.client.get()?.logOut() }
  }
}
