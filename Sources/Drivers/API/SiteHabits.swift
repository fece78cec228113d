package import Forecasts

/// How the clients of a site come and go, as far as one look and what was watched before it tell.
package struct SiteHabits: Sendable {
  /// The machines of the site that the first wait would count or call stale.
  package let clients: Int

  /// Absences and returns, hour by hour.
  package let returns: ReturnHours

  /// Whether nobody watched for a week, so that they are made of how long clients were away at one look.
  package let isFromOneLook: Bool
}
