package import CanonicalJSON

/// One fault of a lab's listeners and answers, switched on or off.
package struct LabFault: Sendable, Equatable {
  /// What goes wrong.
  package enum Kind: String, Sendable, CaseIterable {
    /// Answers 429; with a number, that many seconds stand in `Retry-After`.
    case throttle

    /// Another limit of requests a minute than 50: the number; 0 for none.
    case limit

    /// Every token of the server is lost, once.
    case tokenLoss = "token-loss"

    /// The settings of locations are not there, as on old releases.
    case settingsMissing = "settings-missing"

    /// A change of settings answers 200 and is not done.
    case ignorePatch = "ignore-patch"

    /// The account may not do what it asks for.
    case noRights = "no-rights"

    /// The account may look at everything and change nothing.
    case readOnly = "read-only"

    /// Answers 500.
    case serverError = "server-error"

    /// Answers after so many real milliseconds.
    case slow

    /// Sends a byte of the body a second.
    case drip

    /// Sends half of the body and then nothing.
    case hang

    /// Closes the connection without an answer.
    case reset

    /// Does what a call asks to change, and closes the connection without an answer.
    case lostAnswer = "lost-answer"

    /// Lists of clients leave some out: the number, in percent.
    case fewerClients = "fewer-clients"

    /// Machines have a row from before they were installed anew as well: of so many of them, in percent.
    case duplicates

    /// A group and those below it are in a domain of their own.
    case secondDomain = "second-domain"

    /// A port is closed although its service is up.
    case closedPort = "closed-port"

    /// The status of replication comes in an array.
    case statusArray = "status-array"
  }

  /// What goes wrong.
  package let kind: Kind

  /// The site, or the server as `site/server`; nil for all.
  package var target: String?

  /// The full path of the group that it is about; nil for all.
  package var group: String?

  /// The location; nil for all.
  package var location: String?

  /// The part of the path that a call must have; nil for all calls. Of a closed port, which one it is.
  package var detail: String?

  /// Only every so manieth call.
  package var every: Int

  /// How many calls are still hit; nil for all from now on.
  package var times: Int?

  /// Seconds, milliseconds or requests, as the kind says.
  package var number: Int?

  /// Whether it is switched on.
  package var isOn: Bool

  /// A fault.
  package init(
    _ kind: Kind, target: String? = nil, group: String? = nil, location: String? = nil,
    detail: String? = nil, every: Int = 1, times: Int? = nil, number: Int? = nil,
    isOn: Bool = true
  ) {
    self.kind = kind
    self.target = target
    self.group = group
    self.location = location
    self.detail = detail
    self.every = max(every, 1)
    self.times = times
    self.number = number
    self.isOn = isOn
  }

  /// Its members, those that it does not have left out.
  package var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = [.init("kind", .string(kind.rawValue))]
    let texts = [
      ("target", target), ("group", group), ("location", location), ("detail", detail),
    ]
    for case (let name, .some(let text)) in texts { members.append(.init(name, .string(text))) }
    if every > 1 { members.append(.init("every", .integer(Int64(every)))) }
    if let times { members.append(.init("times", .integer(Int64(times)))) }
    if let number { members.append(.init("number", .integer(Int64(number)))) }
    members.append(.init("on", .bool(isOn)))
    return members
  }

  /// Reads what ``members`` writes; nil where it is none.
  package init?(_ value: JSONValue) {
    guard let kind = value["kind"]?.string.flatMap(Kind.init) else { return nil }
    func number(_ name: String) -> Int? {
      value[name]?.integer.map { Int(clamping: $0) }
    }
    self.init(
      kind, target: value["target"]?.string, group: value["group"]?.string,
      location: value["location"]?.string, detail: value["detail"]?.string,
      every: number("every") ?? 1, times: number("times"), number: number("number"),
      isOn: value["on"]?.bool ?? true)
  }
}
