import CanonicalJSON
package import PlanModel
package import RotationEngine

/// One thing that was done to the estate, as a line of its log.
package struct EstateEntry: Sendable, Equatable {
  /// When.
  package let at: Instant

  /// The id of the step that did it.
  package let step: String

  /// The attempt at the step.
  package let attempt: Int

  /// What was done.
  package let effect: Action

  /// On what, by name: `paris`, `paris/sepm-par-01`, `berlin+paris`.
  package let target: String

  /// False for a gate that was approved although nothing was done.
  package let wasDone: Bool

  /// An entry.
  package init(
    at: Instant, step: String, attempt: Int, effect: Action, target: String, wasDone: Bool = true
  ) {
    self.at = at
    self.step = step
    self.attempt = attempt
    self.effect = effect
    self.target = target
    self.wasDone = wasDone
  }

  /// The line without its end.
  package var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("at", at.description)
      writer.member("step", step)
      writer.member("attempt", attempt)
      writer.member("effect", effect.rawValue)
      writer.member("class", effect.effect.rawValue)
      writer.member("target", target)
      writer.member("done", wasDone)
    }
    return writer.bytes
  }

  /// Reads a line; nil where it is none.
  package init?(line: some Collection<UInt8>) {
    guard let value = try? JSONValue(parsing: line),  // a line that is no JSON is no entry
      let at = value["at"]?.string.flatMap({ Instant($0) }), let step = value["step"]?.string,
      let attempt = value["attempt"]?.integer.flatMap({ Int32(exactly: $0) }),
      let effect = value["effect"]?.string.flatMap(Action.init(rawValue:)),
      let target = value["target"]?.string, let wasDone = value["done"]?.bool
    else { return nil }
    self.init(
      at: at, step: step, attempt: Int(attempt), effect: effect, target: target, wasDone: wasDone)
  }
}

/// With what a log begins: the world that its entries belong to.
package struct EstateLogHeader: Sendable, Equatable {
  /// The seed of the estate.
  package let seed: Int64

  /// The digest of the scenario.
  package let scenario: String

  /// The digest of the graph.
  package let graph: String

  /// A header.
  package init(seed: Int64, scenario: String, graph: String) {
    self.seed = seed
    self.scenario = scenario
    self.graph = graph
  }

  /// The line without its end.
  package var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("kind", "EstateLog")
      writer.member("formatVersion", "1.0")
      writer.member("seed", seed)
      writer.member("scenario", scenario)
      writer.member("graph", graph)
    }
    return writer.bytes
  }

  /// Reads a line; nil where it is no header of a format that this version knows.
  package init?(line: some Collection<UInt8>) {
    guard let value = try? JSONValue(parsing: line),  // a line that is no JSON is no header
      value["kind"]?.string == "EstateLog", value["formatVersion"]?.string?.hasPrefix("1.") == true,
      let seed = value["seed"]?.integer, let scenario = value["scenario"]?.string,
      let graph = value["graph"]?.string
    else { return nil }
    self.init(seed: seed, scenario: scenario, graph: graph)
  }
}
