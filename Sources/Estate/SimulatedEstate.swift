package import PlanModel
package import RotationEngine

/// A whole SEPM estate in virtual time: a pure function of the plan, a scenario, a seed and what was done
/// to it and when.
///
/// Between two changes of what the servers offer, a client's first contact decides everything: the ones
/// after it find nothing new. So each change gives every client of the site one due contact, in order of
/// time, and nothing else is simulated. When a client was last seen follows from its presence.
package struct SimulatedEstate: Sendable {
  /// Something that happens by itself.
  struct Occurrence: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
      case replicationRun(link: Int)
      case prematureSwap(site: Int)
      case serialDrift(site: Int)
      case purge
      case serviceStart(site: Int, server: Int, service: Service)
    }

    let at: Int64
    let kind: Kind
  }

  /// The contacts of one site that are still to come, in order of time.
  struct DueContacts: Sendable, Equatable {
    /// Milliseconds since the start of the world × 2²⁴ + the client's position.
    var packed: [UInt64] = []
    var next = 0
  }

  /// What the estate was made of.
  package let plan: RotationPlan
  let scenario: Scenario
  let chance: Chance
  let presence: PresenceModel

  /// The fingerprint of every certificate that there is, as 64 hexadecimal digits.
  package let fingerprints: [String]

  /// The start of the world and how far it has come, in milliseconds since the epoch.
  let startedAt: Int64
  var time: Int64

  /// The sites in the order of the plan.
  package internal(set) var sites: [SimulatedSite]

  /// The partnerships in the order of the plan.
  package internal(set) var links: [ReplicationLink]
  var clients = ClientTable()
  var profiles: [PublishedProfile] = []
  var certificateLists: [[Int32]] = []
  var due: [DueContacts]
  var occurrences: [Occurrence] = []

  /// Steps whose gate was approved without the action being done, and when last.
  var clicks: [String: (count: Int, at: Int64)] = [:]

  /// Whether partners' lists of clients are kept; nobody of a simulated run asks for them.
  var keepsReplicas = false

  /// How many contacts were looked at, for tests of the cost.
  package internal(set) var processedContacts = 0

  /// Rises whenever counts of clients cannot be carried on from before.
  var censusVersion = 0

  /// How far the world has come; a clock for a resumed run starts no earlier.
  package var now: Instant { Instant(milliseconds: time) }

  /// Lets the world go on to `instant`; an instant in the past changes nothing.
  package mutating func advance(to instant: Instant) {
    let target = instant.milliseconds
    while let index = nextOccurrence(until: target) {
      let occurrence = occurrences.remove(at: index)
      processContacts(until: occurrence.at)
      time = max(time, occurrence.at)
      happen(occurrence)
    }
    processContacts(until: target)
    time = max(time, target)
  }

  private func nextOccurrence(until target: Int64) -> Int? {
    var best: Int?
    for index in occurrences.indices where occurrences[index].at <= target {
      if let known = best, occurrences[known].at <= occurrences[index].at { continue }
      best = index
    }
    return best
  }

  private mutating func processContacts(until target: Int64) {
    for site in sites.indices {
      let limit = target - startedAt
      while due[site].next < due[site].packed.count {
        let entry = due[site].packed[due[site].next]
        let offset = Int64(entry >> 24)
        guard offset <= limit else { break }
        due[site].next += 1
        contact(Int(entry & 0xFF_FFFF), of: site, at: startedAt + offset)
      }
    }
  }
}

extension SimulatedEstate: Equatable {
  package static func == (left: SimulatedEstate, right: SimulatedEstate) -> Bool {
    left.plan == right.plan && left.scenario == right.scenario && left.chance == right.chance
      && left.time == right.time && left.sites == right.sites && left.links == right.links
      && left.clients == right.clients && left.profiles == right.profiles
      && left.certificateLists == right.certificateLists
      && left.due.map { $0.packed[$0.next...] } == right.due.map { $0.packed[$0.next...] }
      && left.occurrences == right.occurrences
      && left.clicks.mapValues(\.count) == right.clicks.mapValues(\.count)
  }
}
