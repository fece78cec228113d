import CanonicalJSON
import Drivers
import Forecasts
import RotationEngine
import RotationGraph
import RunStore

/// The steps of a run as its journal tells of them, read from the store and followed as it grows.
actor StoredStepMemory: StepMemory {
  private let archive: RunArchive
  private let store: any Store
  private var lastSequence = 0
  private var successes: [Int: Evidence] = [:]
  private var beginnings: [Int: Instant] = [:]
  private var counts: [Int: Evidence] = [:]
  private var contacts: [Int: [String]] = [:]
  private var returns: [Int: [String]] = [:]
  private var forecasts: [Int: Instant] = [:]

  init(_ archive: RunArchive, in store: any Store) {
    self.archive = archive
    self.store = store
  }

  func evidence(of step: Int) async throws -> Evidence? {
    try await follow()
    return successes[step]
  }

  func firstAttempt(at step: Int) async throws -> Instant? {
    try await follow()
    return beginnings[step]
  }

  func firstCount(of wait: Int) async throws -> Evidence? {
    try await follow()
    return counts[wait]
  }

  func contacts(at site: Int) async throws -> [String] {
    try await follow()
    return contacts[site] ?? []
  }

  func returns(at site: Int) async throws -> [String] {
    try await follow()
    return returns[site] ?? []
  }

  func lastForecast(of wait: Int) async throws -> Instant? {
    try await follow()
    return forecasts[wait]
  }

  func attachment(_ digest: String) async throws -> JSONValue? {
    guard
      let bytes = try await store.attachment(
        digest, of: archive.id, limit: Attachment.maximumSize)
    else { return nil }
    return try JSONValue(parsing: bytes)
  }

  func earlierSettings(of site: String) async throws -> EarlierSettings? {
    let world = archive.record.contents.world
    for entry in try await store.runs() where entry.id != archive.id && entry.world == world.kind {
      let record = try await store.run(entry.id)
      guard record.contents.world.isSame(as: world), record.contents.sites.contains(site) else {
        continue
      }
      // Of a run that cannot be read nobody knows what it changed, so that an older one tells nothing.
      guard let earlier = try? await RunArchive(entry.id, in: store) else { return nil }
      guard let steps = SettingsSteps(of: site, in: earlier.graph.graph, earlier.state) else {
        continue
      }
      let memory = StoredStepMemory(earlier, in: store)
      guard !steps.isConfirmed,
        let digest = try await memory.evidence(of: steps.recording)?["record"]?["attachment"]?
          .string,
        let record = try await memory.attachment(digest)
      else { return nil }
      return EarlierSettings(
        run: earlier.id, record: record, hasLeftVerification: steps.hasLeftVerification,
        hasLeftServerLists: steps.hasLeftServerLists)
    }
    return nil
  }

  /// Takes in what came since the last look.
  private func follow() async throws {
    let (codec, first) = (archive.codec, lastSequence + 1)
    var events: [RunEvent] = []
    try await store.readEvents(of: archive.id, from: first) {
      events.append(try codec.decode($0.bytes))
    }
    for event in events where event.sequence > lastSequence { take(event) }
  }

  private func take(_ event: RunEvent) {
    lastSequence = event.sequence
    switch event.kind {
    case .stepStarted(let step, _):
      if beginnings[step] == nil { beginnings[step] = event.at }
    case .stepSucceeded(let step, _, let evidence):
      successes[step] = evidence
      takeContacts(evidence, of: step)
    case .stepReset(let step, _):
      // A wait that is begun again counts anew.
      counts[step] = nil
      beginnings[step] = nil
      forecasts[step] = nil
    case .waitSampled(let step, _, .counted(let count)):
      if counts[step] == nil, count.evidence["frozen"] != nil { counts[step] = count.evidence }
      if count.forecast != nil { forecasts[step] = event.at }
      takeContacts(count.evidence, of: step)
    default: break
    }
  }

  private func takeContacts(_ evidence: Evidence, of step: Int) {
    guard let site = archive.graph.graph.site(of: step) else { return }
    if let digest = evidence["contacts"]?["attachment"]?.string {
      contacts[site, default: []].append(digest)
    }
    if let digest = evidence[ReturnHours.member]?["attachment"]?.string {
      returns[site, default: []].append(digest)
    }
  }
}
