import CanonicalJSON
import PlanModel

/// Reads the canonical bytes of a graph.
enum GraphReader {
  static func graph(from bytes: [UInt8]) throws(SealedGraphError) -> StepGraph {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw .damaged("it is not JSON (\(error))")
    }
    try checkFormat(of: json)
    let plan = try PlanReader.plan(try json.member("plan"))
    let list = try json.list("steps")
    var steps: [Step] = []
    steps.reserveCapacity(list.count)
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(list.count + 1)
    var dependencies: [Int32] = []
    dependencies.reserveCapacity(list.count * 2)
    for value in list {
      steps.append(try step(value, number: steps.count, plan: plan))
      try appendDependencies(
        of: value, number: steps.count - 1, count: list.count, to: &dependencies)
      offsets.append(Int32(dependencies.count))
    }
    return StepGraph(
      plan: plan,
      steps: steps,
      dependencies: AdjacencyTable(offsets: offsets, targets: dependencies))
  }

  /// Any minor version of a major version that is known: minor versions only add members.
  private static func checkFormat(of json: JSONValue) throws(SealedGraphError) {
    let version = try json.text("formatVersion")
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let major = Int(parts[0]), Int(parts[1]) != nil, major >= 1 else {
      throw .damaged("\"\(version)\" is not a format version")
    }
    guard major == 1 else { throw .newer(version) }
    guard json["kind"]?.string == "RotationGraph" else {
      throw .damaged(
        "it is not a rotation graph")
    }
  }

  private static func step(
    _ json: JSONValue, number: Int, plan: RotationPlan
  ) throws(SealedGraphError) -> Step {
    var step = Step(
      try json.word("action", as: Action.self),
      on: try target(of: json, number: number, plan: plan),
      by: try json.word("channel", as: Channel.self))
    step.reversal = json["reversal"] == nil ? nil : try json.word("reversal", as: Action.self)
    step.isPointOfNoReturn = json["pointOfNoReturn"]?.bool ?? false
    return step
  }

  private static func target(
    of json: JSONValue, number: Int, plan: RotationPlan
  ) throws(SealedGraphError) -> Target {
    if json["partnership"] != nil {
      let partnership = try json.number("partnership", upTo: Int(Int32.max))
      guard plan.partnerships.indices.contains(partnership) else {
        throw .damaged("step \(number) names a partnership that the plan does not have")
      }
      return .partnership(partnership)
    }
    let site = try json.number("site", upTo: Int(Int32.max))
    guard plan.sites.indices.contains(site) else {
      throw .damaged("step \(number) names a site that the plan does not have")
    }
    guard json["server"] != nil else { return .site(site) }
    let server = try json.number("server", upTo: Int(Int32.max))
    guard plan.sites[site].servers.indices.contains(server) else {
      throw .damaged("step \(number) names a server that the plan does not have")
    }
    return .server(site: site, server: server)
  }

  private static func appendDependencies(
    of json: JSONValue, number: Int, count: Int, to dependencies: inout [Int32]
  ) throws(SealedGraphError) {
    var last: Int64 = -1
    for value in try json.list("dependsOn") {
      guard let position = value.integer, position > last, position < Int64(count) else {
        throw .damaged(
          "the dependencies of step \(number) are not positions of steps in rising order")
      }
      dependencies.append(Int32(position))
      last = position
    }
  }
}
