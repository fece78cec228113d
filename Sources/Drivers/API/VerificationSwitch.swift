import CanonicalJSON
import RotationEngine
import SEPMClient

/// Switches verification off where it was recorded as on, and on again in just those places
/// (`docs/SEPM.md`, "Settings").
///
/// Every call may be ignored: each location is read back, and each group's policy must have been published anew.
struct VerificationSwitch: Sendable {
  let reading: SiteReading
  let record: SettingsRecord

  /// Whether verification is wanted in the places that had it.
  let isOn: Bool

  /// Asked right before each write; says why nothing may be written any more.
  let mayWrite: @Sendable () -> StepFailure?

  /// How long one write may take: what the run must be held for when it begins.
  static let timeLimit: Duration = .seconds(30)

  /// How often a write is made in one attempt whose outcome was unknown, and which reading back did not show.
  private static let rounds = 3

  /// Switches it, and looks whether it is.
  func perform() async throws(SEPMError) -> StepAnswer {
    let writing = reading.api.answering(within: Self.timeLimit)
    let before = try await reading.groups()
    let complete = try await completed(with: before)
    let places = try await look(at: complete.places)
    var left = places.left
    var trouble: SEPMError?
    for _ in 0..<Self.rounds where !left.isEmpty {
      trouble = nil
      for place in left {
        if let failure = mayWrite() { return .failed(failure) }
        do throws(SEPMError) {
          try await writing.setVerification(isOn, in: place.location.id, of: place.group.id)
        } catch {
          // Reading back tells.
          guard error.isUnknown else { throw error }
          trouble = error
        }
      }
      // Every call may have been ignored.
      left = try await look(at: left).left
      if trouble == nil { break }
    }
    let after = Look(count: places.count, left: left)
    switch try await judgement(
      of: complete, after, since: GroupMarkers.times(of: before),
      in: Set(places.left.map(\.group.id)))
    {
    case .success(let evidence): return .succeeded(evidence)
    case .failure(let complaint):
      if let trouble, !left.isEmpty {
        return .failed(
          StepFailure(
            .failed, "\(complaint.message) \(trouble.statement)", help: trouble.help,
            isPassing: true))
      }
      return .failed(
        StepFailure(
          .failed, complaint.message,
          help:
            "SEPM took the calls, and they had no effect there. Look at these groups in the console "
            + "(Clients, Policies, General settings, Security Settings): is there a lock, or another administrator?",
          isRetryable: true))
    }
  }

  /// Looks whether it is switched, changing nothing.
  func observe() async throws(SEPMError) -> Finding {
    let groups = try await reading.groups()
    let complete = try await completed(with: groups)
    let dates = Dictionary(
      complete.groups.compactMap { group in group.policyDate.map { (group.id, $0) } },
      uniquingKeysWith: max)
    let affected = Set(complete.places.filter(\.location.settings.verifies).map(\.group.id))
    // A group that was added to the record only now has no time to compare with.
    let known = affected.intersection(record.groups.map(\.id))
    let places = try await look(at: complete.places)
    switch try await judgement(of: complete, places, since: dates, in: isOn ? [] : known) {
    case .success(let evidence): return .done(evidence)
    case .failure(let complaint): return .notDone(complaint.message)
    }
  }

  private struct Complaint: Error {
    let message: String
  }

  /// What a look at places showed.
  private struct Look {
    /// How many are there.
    var count = 0

    /// Those that are not as they are wanted.
    var left: [SettingsRecord.Place] = []
  }

  /// Reads the places that had verification when they were recorded; one that is gone is passed over.
  private func look(at places: [SettingsRecord.Place]) async throws(SEPMError) -> Look {
    var look = Look()
    for place in places where place.location.settings.verifies {
      guard let now = try await settings(of: place) else { continue }
      look.count += 1
      if now.verifies != isOn { look.left.append(place) }
    }
    return look
  }

  /// Whether every place is as it is wanted, and the policies of these groups were published since.
  private func judgement(
    of complete: SettingsRecord, _ places: Look, since dates: [SEPMID: Int64],
    in changed: Set<SEPMID>
  ) async throws(SEPMError) -> Result<Evidence, Complaint> {
    guard places.left.isEmpty else {
      let state = isOn ? "do not verify as was recorded" : "still verify"
      return .failure(
        Complaint(message: "Clients of \(NameList(places.left.map(\.name))) \(state)."))
    }
    let after = try await reading.groups()
    let unpublished = after.filter { group in
      guard changed.contains(group.id), let before = dates[group.id] else { return false }
      return group.policyDate.map { $0.milliseconds <= before } ?? true
    }
    guard unpublished.isEmpty else {
      return .failure(
        Complaint(
          message:
            "The setting is there, and the policy of \(NameList(unpublished.map(\.path))) was not "
            + "published since: clients would not learn of it."))
    }
    let markers = reading.markers(of: after)
    var members: [JSONValue.Member] = [
      .init("locations", .integer(Int64(places.count))),
      .init("groups", .integer(Int64(after.count))),
      .init("markers", markers.reference),
    ]
    var attachments = [markers]
    if complete != record {
      let attachment = Attachment(document: complete.json)
      members.append(.init("record", attachment.reference))
      attachments.append(attachment)
    }
    return .success(Evidence(members, attachments: attachments))
  }

  /// The record, with groups and locations that were made since: clients in them are to be found again, too.
  private func completed(with groups: [ClientGroup]) async throws(SEPMError) -> SettingsRecord {
    guard !isOn else { return record }
    var complete = record
    let known = Dictionary(
      record.groups.indices.filter { !record.groups[$0].inherits }.map {
        (record.groups[$0].id, $0)
      },
      uniquingKeysWith: { first, _ in first })
    for group in groups where !group.inherits {
      guard let position = known[group.id] else {
        // It is new, or it followed its parent when the settings were recorded.
        complete.groups.removeAll { $0.id == group.id }
        complete.groups.append(try await reading.record(of: group))
        continue
      }
      let own = record.groups[position]
      let recorded = Set(own.locations.map(\.id))
      let now = try await reading.api.locations(of: group.id)
      guard !now.allSatisfy({ recorded.contains($0.id) }) else { continue }
      let added = try await reading.locations(of: group).filter { !recorded.contains($0.id) }
      complete.groups.removeAll { $0.id == group.id }
      complete.groups.append(
        .init(
          id: own.id, path: own.path, policyDate: own.policyDate,
          locations: own.locations + added, inherits: false))
    }
    return complete
  }

  /// The settings of a place as they are now; nil where it is gone.
  private func settings(of place: SettingsRecord.Place) async throws(SEPMError) -> LocationSettings?
  {
    do throws(SEPMError) {
      return try await reading.api.settings(of: place.location.id, in: place.group.id)
    } catch {
      if case .notFound = error.kind { return nil }
      throw error
    }
  }
}
