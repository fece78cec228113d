package import CanonicalJSON
package import Estate
import PlanModel

/// What is asked of a lab's control interface: a line of JSON.
package enum ControlRequest: Sendable, Equatable {
  /// Does what only the console or the servers can do. What was done under the same key is not done again.
  case act(OperatorAction, key: String?)

  /// Looks whether an action's effect is there; where it is about a start, since an instant.
  case check(OperatorAction, since: String?)

  /// What is so.
  case truth

  /// What was done.
  case log

  /// Tells the time, and changes how it goes.
  case time(speed: Int?, advanceMilliseconds: Int64?)

  /// Switches a fault of listeners and answers, or tells which are on.
  case fault(LabFault?)

  /// Does something to the estate that goes wrong by itself.
  case trouble(EstateOperation)

  /// The line without its end.
  package var line: [UInt8] {
    var writer = JSONWriter()
    writer.value(.object(members))
    return writer.bytes
  }

  private var members: [JSONValue.Member] {
    switch self {
    case .act(let action, let key):
      return [.init("do", .string("act"))] + action.members
        + (key.map { [.init("key", .string($0))] } ?? [])
    case .check(let action, let since):
      return [.init("do", .string("check"))] + action.members
        + (since.map { [.init("since", .string($0))] } ?? [])
    case .truth: return [.init("do", .string("truth"))]
    case .log: return [.init("do", .string("log"))]
    case .time(let speed, let advance):
      return [
        .init("do", .string("time")),
        .init("speed", speed.map { .integer(Int64($0)) } ?? .null),
        .init("advance", advance.map { .integer($0) } ?? .null),
      ]
    case .fault(let fault):
      return [
        .init("do", .string("fault")),
        .init("fault", fault.map { .object($0.members) } ?? .null),
      ]
    case .trouble(let operation):
      return [.init("do", .string("trouble")), .init("operation", .object(operation.members))]
    }
  }

  /// Reads a line; nil where it is no request.
  package init?(line: some Collection<UInt8>) {
    guard let value = try? JSONValue(parsing: line) else { return nil }  // no JSON is no request
    switch value["do"]?.string {
    case "act":
      guard let action = OperatorAction(value) else { return nil }
      self = .act(action, key: value["key"]?.string)
    case "check":
      guard let action = OperatorAction(value) else { return nil }
      self = .check(action, since: value["since"]?.string)
    case "truth": self = .truth
    case "log": self = .log
    case "time":
      self = .time(
        speed: value["speed"]?.integer.map { Int(clamping: $0) },
        advanceMilliseconds: value["advance"]?.integer)
    case "fault":
      guard value["fault"]?.object != nil else {
        self = .fault(nil)
        return
      }
      guard let fault = value["fault"].flatMap(LabFault.init) else { return nil }
      self = .fault(fault)
    case "trouble":
      guard let operation = value["operation"].flatMap(EstateOperation.init) else { return nil }
      self = .trouble(operation)
    default: return nil
    }
  }
}

extension OperatorAction {
  fileprivate var members: [JSONValue.Member] {
    let texts = [
      ("action", action.rawValue), ("target", target), ("group", group), ("except", except),
      ("service", service?.rawValue), ("side", side),
    ]
    return texts.compactMap { name, text in text.map { .init(name, .string($0)) } }
  }

  fileprivate init?(_ value: JSONValue) {
    guard let action = value["action"]?.string.flatMap(Action.init(rawValue:)),
      let target = value["target"]?.string
    else { return nil }
    self.init(
      action, on: target, group: value["group"]?.string, except: value["except"]?.string,
      service: value["service"]?.string.flatMap(Service.init(rawValue:)),
      side: value["side"]?.string)
  }
}

/// What a lab answers: how a program ends that asked, and what it prints.
package struct ControlReply: Sendable, Equatable {
  /// 0 for done, 75 for "try again later", 1 for failed.
  package let status: Int32

  /// What is wrong, in a full sentence; nil where nothing is.
  package let message: String?

  /// What there is to show.
  package let result: JSONValue

  /// A reply.
  package init(status: Int32 = 0, message: String? = nil, _ result: JSONValue = .null) {
    self.status = status
    self.message = message
    self.result = result
  }

  /// The line without its end.
  var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("status", status)
      writer.member("message", orNull: message)
      writer.key("result")
      writer.value(result)
    }
    return writer.bytes
  }

  init?(line: some Collection<UInt8>) {
    guard let value = try? JSONValue(parsing: line),  // a line that is no JSON is no reply
      let status = value["status"]?.integer.flatMap({ Int32(exactly: $0) })
    else { return nil }
    self.init(status: status, message: value["message"]?.string, value["result"] ?? .null)
  }
}
