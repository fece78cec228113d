package import CanonicalJSON
package import PlanModel
import PlanText
package import RotationEngine

/// Who sees which certificate on which port of a server, held against the one that is to be there
/// (`docs/SEPM.md`, "Proofs from outside").
package struct CertificateProof: Sendable, Equatable {
  /// What was seen from elsewhere.
  package struct View: Sendable, Equatable {
    /// The name of the place.
    package let viewpoint: String

    /// What was seen there.
    package let sights: [PortSight]

    /// Why nothing could be seen, as a clause; nil where somebody looked.
    package let trouble: String?

    /// A view.
    package init(viewpoint: String, sights: [PortSight], trouble: String? = nil) {
      self.viewpoint = viewpoint
      self.sights = sights
      self.trouble = trouble
    }
  }

  /// The server as messages call it.
  package let server: String

  /// What each port is for.
  package let ports: ServerPorts

  /// The certificate that is to be there.
  package let wanted: Fingerprint

  /// What was there before the change; nil where nobody knows.
  package let before: PortRecord?

  /// What Waltz sees itself.
  package let own: [PortSight]

  /// What is seen from elsewhere.
  package let views: [View]

  /// A proof, or the lack of one.
  package init(
    server: String, ports: ServerPorts, wanted: Fingerprint, before: PortRecord?,
    own: [PortSight], views: [View] = []
  ) {
    self.server = server
    self.ports = ports
    self.wanted = wanted
    self.before = before
    self.own = own
    self.views = views
  }

  // MARK: - Decisions

  /// What a port shows, in the words of a message.
  private enum Reading: Equatable {
    case new
    case old
    case another(Fingerprint)
    /// Nothing is there, and something was.
    case gone(String)
    /// Nothing is there, as before or as far as anybody knows.
    case absent

    var words: String? {
      switch self {
      case .new: "new"
      case .old: "old"
      case .another(let leaf): "another certificate (\(leaf.short))"
      case .gone(let reason): "nothing (\(reason))"
      case .absent: nil
      }
    }

    var isWrong: Bool { self != .new && self != .absent }
  }

  private func reading(of sight: PortSight) -> Reading {
    switch sight.finding {
    case .leaf(let leaf) where leaf == wanted: return .new
    case .leaf(let leaf): return leaf == before?.leaf(on: sight.port) ? .old : .another(leaf)
    case .nothing(let reason): return before?.leaf(on: sight.port) == nil ? .absent : .gone(reason)
    }
  }

  /// Whether any port answers at all, to Waltz itself.
  package var isAnswered: Bool { own.contains { $0.leaf != nil } }

  /// What keeps it from being a proof, as sentences; empty where every port presents the certificate.
  package var troubles: [String] {
    var found: [String] = []
    if let own = troubleOfOwn { found.append(own) }
    for view in views { if let trouble = trouble(of: view) { found.append(trouble) } }
    return found
  }

  private var troubleOfOwn: String? {
    let readings = own.map { (port: $0.port, reading: reading(of: $0)) }
    guard isAnswered else {
      let reasons = own.map { sight in
        if case .nothing(let reason) = sight.finding { "\(sight.port) \(reason)" } else { "" }
      }
      return "No port of \(server) answers: \(reasons.joined(separator: ", "))."
    }
    guard readings.contains(where: \.reading.isWrong) else { return nil }
    let words = readings.compactMap { port, reading in reading.words.map { "\(port) \($0)" } }
    return "\(server): \(words.joined(separator: ", ")): \(conclusion(readings))."
  }

  /// What it means that ports differ: each service presents what it loaded when it started.
  private func conclusion(_ readings: [(port: Int, reading: Reading)]) -> String {
    var parts: [String] = []
    let stale = services(of: readings) { if case .old = $0 { true } else { false } }
    let foreign = services(of: readings) { if case .another = $0 { true } else { false } }
    let gone = services(of: readings) { if case .gone = $0 { true } else { false } }
    if !readings.contains(where: { $0.reading == .new }) {
      parts.append(
        foreign.isEmpty
          ? "the certificate was not updated, or no service was restarted"
          : "nothing presents certificate \(wanted.short)")
    } else if !stale.isEmpty {
      parts.append("\(list(stale)) \(stale.count == 1 ? "was" : "were") not restarted")
    }
    if !foreign.isEmpty, readings.contains(where: { $0.reading == .new }) {
      parts.append(
        before == nil
          ? "\(list(foreign)) \(foreign.count == 1 ? "was" : "were") not restarted, or something "
            + "else listens there"
          : "something else listens there, or another certificate was installed")
    }
    if !gone.isEmpty {
      parts.append("\(list(gone)) \(gone.count == 1 ? "is" : "are") not up")
    }
    return parts.joined(separator: "; ")
  }

  private func services(
    of readings: [(port: Int, reading: Reading)], where isMeant: (Reading) -> Bool
  ) -> [String] {
    var found: [String] = []
    for (port, reading) in readings where isMeant(reading) {
      let service = ports.service(on: port)
      if !found.contains(service) { found.append(service) }
    }
    return found
  }

  private func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private func trouble(of view: View) -> String? {
    if let trouble = view.trouble {
      return "`\(view.viewpoint)` could not look at \(server): \(trouble)."
    }
    let wrong = view.sights.filter { $0.leaf != nil && $0.leaf != wanted }
    guard wrong.isEmpty else {
      let words = wrong.map { sight in
        let isOld = sight.leaf == before?.leaf(on: sight.port)
        let leaf = sight.leaf?.short ?? ""
        return "\(sight.port) \(isOld ? "old" : "another certificate (\(leaf))")"
      }
      return "From `\(view.viewpoint)` \(server) shows \(words.joined(separator: ", ")): something "
        + "between the two answers for it, or its name leads to another address there."
    }
    guard view.sights.contains(where: { $0.leaf != nil }) else {
      return "From `\(view.viewpoint)` no port of \(server) answers."
    }
    return nil
  }

  // MARK: - What is told

  /// The matrix as evidence: what each pair of eyes saw on each port.
  package var evidence: [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("leaf", .string(wanted.description)), PortRecord(own).evidence,
    ]
    if !views.isEmpty {
      members.append(
        .init(
          "seenFrom",
          .object(
            views.map { view in
              .init(
                view.viewpoint,
                view.trouble.map { .string($0) } ?? PortRecord(view.sights).evidence.value)
            })))
    }
    if let before { members.append(.init("before", before.evidence.value)) }
    return members
  }

  /// The outcome of a step that looks.
  ///
  /// * `more`: Further members of its evidence.
  package func answer(_ more: [JSONValue.Member] = []) -> StepAnswer {
    let troubles = troubles
    let evidence = Evidence(evidence + more)
    guard !troubles.isEmpty else { return .succeeded(evidence) }
    return .failed(
      StepFailure(
        .failed, troubles.joined(separator: " "),
        help:
          "Restart the services that are named, on the server itself, and see that they come up. "
          + "Waltz looks again by itself; `waltz retry` makes it look at once.",
        isRetryable: true, evidence: evidence))
  }
}

extension ServerPorts {
  /// The service behind a port, in the words of a message (`docs/SEPM.md`, "Services and ports").
  fileprivate func service(on port: Int) -> String {
    switch port {
    case console.value: "the manager service (`semsrv`)"
    case clients.value, reporting.value: "the web server service (`semwebsrv`)"
    case api.value: "the API service (`semapisrv`)"
    default: "the service on \(port)"
    }
  }
}

extension Fingerprint {
  /// Enough of it to tell it from others.
  fileprivate var short: String { "sha256:\(hexadecimal.prefix(10))…" }
}
