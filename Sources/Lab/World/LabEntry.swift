package import CanonicalJSON
package import Estate
package import RotationEngine

/// One line of the lab's log: something that was done to it, before it was.
package struct LabEntry: Sendable, Equatable {
  /// What was done.
  package enum Change: Sendable, Equatable {
    /// An operation of SEPM.
    case operation(EstateOperation)

    /// A fault was switched on or off.
    case fault(LabFault)

    /// A command for clients was queued.
    case command(ClientCommand)

    /// An event was acknowledged.
    case acknowledgement(String)

    /// Time: the speed from now on, and how far the lab may go before it says so again.
    case time(speed: Int, until: Instant)
  }

  /// When, in virtual time.
  package let at: Instant

  /// Who: `act`, `rest paris/sepm-par-01 rotation`, `lab`.
  package let by: String

  /// The key that makes a repeated request the same one; nil for none.
  package let key: String?

  /// What was done.
  package let change: Change

  /// An entry.
  package init(at: Instant, by: String, key: String? = nil, _ change: Change) {
    self.at = at
    self.by = by
    self.key = key
    self.change = change
  }

  /// The line without its end.
  package var line: [UInt8] {
    var writer = JSONWriter()
    writer.value(.object(members))
    return writer.bytes
  }

  /// What the line says, in its order.
  package var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("at", .string(at.description)), .init("by", .string(by)),
    ]
    if let key { members.append(.init("key", .string(key))) }
    switch change {
    case .operation(let operation):
      members.append(.init("operation", .object(operation.members)))
    case .fault(let fault): members.append(.init("fault", .object(fault.members)))
    case .command(let command): members.append(.init("command", .object(command.members)))
    case .acknowledgement(let event): members.append(.init("acknowledged", .string(event)))
    case .time(let speed, let until):
      members.append(
        .init(
          "time",
          .object([
            .init("speed", .integer(Int64(speed))), .init("until", .string(until.description)),
          ])))
    }
    return members
  }

  /// Reads a line; nil where it is none.
  package init?(line: some Collection<UInt8>) {
    guard let value = try? JSONValue(parsing: line),  // a line that is no JSON is no entry
      let at = value["at"]?.string.flatMap({ Instant($0) }), let by = value["by"]?.string
    else { return nil }
    let change: Change
    if let operation = value["operation"].flatMap(EstateOperation.init) {
      change = .operation(operation)
    } else if let fault = value["fault"].flatMap(LabFault.init) {
      change = .fault(fault)
    } else if let command = value["command"].flatMap(ClientCommand.init) {
      change = .command(command)
    } else if let event = value["acknowledged"]?.string {
      change = .acknowledgement(event)
    } else if let speed = value["time"]?["speed"]?.integer,
      let until = value["time"]?["until"]?.string.flatMap({ Instant($0) })
    {
      change = .time(speed: Int(clamping: speed), until: until)
    } else {
      return nil
    }
    self.init(at: at, by: by, key: value["key"]?.string, change)
  }
}

/// With what the log begins: the world that its entries belong to.
struct LabHeader: Equatable {
  let seed: Int64
  let scenario: String

  /// The digest of the plan's graph.
  let graph: String

  var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("kind", "LabLog")
      writer.member("formatVersion", "1.0")
      writer.member("seed", seed)
      writer.member("scenario", scenario)
      writer.member("graph", graph)
    }
    return writer.bytes
  }

  init(seed: Int64, scenario: String, graph: String) {
    self.seed = seed
    self.scenario = scenario
    self.graph = graph
  }

  init?(line: some Collection<UInt8>) {
    guard let value = try? JSONValue(parsing: line),  // a line that is no JSON is no header
      value["kind"]?.string == "LabLog", value["formatVersion"]?.string?.hasPrefix("1.") == true,
      let seed = value["seed"]?.integer, let scenario = value["scenario"]?.string,
      let graph = value["graph"]?.string
    else { return nil }
    self.init(seed: seed, scenario: scenario, graph: graph)
  }
}
