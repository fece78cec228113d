import PlanModel
package import RotationEngine
package import RotationGraph

/// When a plan, and the same plan with changes, would end if it began now, by the clients of its real sites.
package struct PlanOutlook: Sendable {
  /// A plan that was forecast.
  package struct Column: Sendable {
    /// What of the plan was changed; nil for the plan as it is.
    package let whatIf: String?
    package let graph: StepGraph
    package let digest: String
    package let forecast: RunForecast

    /// A plan that was forecast.
    package init(whatIf: String?, graph: StepGraph, digest: String, forecast: RunForecast) {
      self.whatIf = whatIf
      self.graph = graph
      self.digest = digest
      self.forecast = forecast
    }
  }

  /// A site whose clients were looked at.
  package struct SeenSite: Sendable {
    package let name: String
    package let clients: Int

    /// How many hours of contacts are known; nil where they are made of one look.
    package let hours: Int?

    /// A site.
    package init(name: String, clients: Int, hours: Int?) {
      self.name = name
      self.clients = clients
      self.hours = hours
    }
  }

  /// The time of the look.
  package let at: Instant
  package let sites: [SeenSite]

  /// The plan as it is first.
  package let columns: [Column]

  /// An outlook.
  package init(at: Instant, sites: [SeenSite], columns: [Column]) {
    self.at = at
    self.sites = sites
    self.columns = columns
  }
}
