package import CanonicalJSON
package import PlanModel
import PlanText

/// What each port of a server presented at one time: the record of before that a proof is held against.
package struct PortRecord: Sendable, Equatable {
  /// The member of evidence that holds it: an object with a fingerprint, or null, for each port.
  package static let member = "ports"

  /// What was seen, in the order in which it was asked.
  package let sights: [PortSight]

  /// A record.
  package init(_ sights: [PortSight]) {
    self.sights = sights
  }

  /// The record in the members of an earlier step's evidence; nil where there is none.
  package init?(_ evidence: [JSONValue.Member]) {
    guard let ports = evidence.first(where: { $0.name == Self.member })?.value.object else {
      return nil
    }
    var sights: [PortSight] = []
    for member in ports {
      guard let port = Int(member.name), (1...65_535).contains(port) else { return nil }
      let leaf = member.value.string.flatMap { Fingerprint($0) }
      sights.append(PortSight(port: port, leaf.map { .leaf($0) } ?? .nothing("nothing was there")))
    }
    self.sights = sights
  }

  /// As a member of evidence.
  package var evidence: JSONValue.Member {
    .init(
      Self.member,
      .object(
        sights.map { sight in
          .init(String(sight.port), sight.leaf.map { .string($0.description) } ?? .null)
        }))
  }

  /// What a port presented; nil where it was not looked at, or nothing was there.
  package func leaf(on port: Int) -> Fingerprint? {
    sights.first { $0.port == port }?.leaf
  }
}
