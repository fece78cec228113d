import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import SEPMClient
import SiteChecks

/// What `record-settings` takes down as what to go back to: what was found, except where an earlier run left it changed, or
/// the plan says what is meant (`docs/PROCEDURE.md`, "Settings that were changed before").
struct SettingsBaseline: Sendable, Equatable {
  /// What is put back in the end.
  private(set) var record: SettingsRecord

  /// The run whose record was taken over, and in how many locations; nil where none was.
  private(set) var takenOver: TakenOver?

  /// In how many locations verification is put on because the plan says so.
  private(set) var switchedOn = 0

  /// A record that was taken over.
  struct TakenOver: Sendable, Equatable {
    /// The run that made it.
    let run: String

    /// How many locations of it were not as found.
    let locations: Int
  }

  /// The baseline of what was found.
  init(_ found: SettingsRecord, after earlier: EarlierSettings?, _ meant: RecordedSettings) {
    record = found
    if let earlier, let before = SettingsRecord(earlier.record) { take(over: before, earlier) }
    guard meant.verification?.value == .on else { return }
    switchedOn = replaceLocations { _, location in
      location.settings.verifies ? nil : location.settings.verifying
    }
  }

  /// Takes over what an earlier run has changed and nobody put back; everything else stays as it was found.
  private mutating func take(over before: SettingsRecord, _ earlier: EarlierSettings) {
    let known = Dictionary(
      before.places.map {
        (Key(group: $0.group.id, location: $0.location.id), $0.location.settings)
      },
      uniquingKeysWith: { first, _ in first })
    let count = replaceLocations { group, location in
      guard let old = known[Key(group: group.id, location: location.id)] else { return nil }
      var settings = location.settings
      if earlier.hasLeftVerification, old.verifies, !settings.verifies {
        settings = settings.verifying ?? settings
      }
      if earlier.hasLeftServerLists, old.serverList != nil, old.serverList != settings.serverList {
        settings = settings.listed(as: old) ?? settings
      }
      return settings == location.settings ? nil : settings
    }
    if count > 0 { takenOver = TakenOver(run: earlier.run, locations: count) }
  }

  private struct Key: Hashable {
    let group: SEPMID
    let location: SEPMID
  }

  /// Gives locations other settings, where there are any, and says how many got them.
  private mutating func replaceLocations(
    _ settings: (SettingsRecord.Group, SettingsRecord.Location) -> LocationSettings?
  ) -> Int {
    var count = 0
    record.groups = record.groups.map { group in
      let locations = group.locations.map { location in
        guard let other = settings(group, location) else { return location }
        count += 1
        return SettingsRecord.Location(id: location.id, name: location.name, settings: other)
      }
      return SettingsRecord.Group(
        id: group.id, path: group.path, policyDate: group.policyDate, locations: locations,
        inherits: group.inherits)
    }
    return count
  }

  /// The answer of `record-settings`: a failure where what would be put back is what only a rotation sets.
  func answer(in graph: StepGraph, site: Int) -> StepAnswer {
    var settings = SiteSettings()
    settings.take(record.groups)
    let errors = checkSettings(of: graph, site: site, settings).filter { $0.severity == .error }
    guard errors.isEmpty else { return .failed(StepFailure(findings: errors)) }
    return .succeeded(evidence)
  }

  /// What is kept of it.
  var evidence: Evidence {
    let attachment = Attachment(document: record.json)
    let places = record.places
    let lists = Set(places.compactMap(\.location.settings.serverList)).sorted()
    var members: [JSONValue.Member] = []
    if let takenOver {
      // First of all: it is what a person has to know, and a line of the console may be cut off at its end.
      members.append(
        .init(
          "takenOver",
          .object([
            .init("run", .string(takenOver.run)),
            .init("locations", .integer(Int64(takenOver.locations))),
          ])))
    }
    members += [
      .init("groups", .integer(Int64(record.groups.count))),
      .init("locations", .integer(Int64(places.count))),
      .init("verifying", .integer(Int64(places.count { $0.location.settings.verifies }))),
      .init("lists", .array(lists.map { .string($0) })),
      .init("record", attachment.reference),
    ]
    if switchedOn > 0 { members.append(.init("verifyingByPlan", .integer(Int64(switchedOn)))) }
    return Evidence(members, attachments: [attachment])
  }
}

extension StepFailure {
  /// What keeps a rotation from going on, found by the checks that `plan validate --live` makes.
  init(findings: [Diagnostic]) {
    let ways = findings.compactMap(\.help)
    self.init(
      .failed, findings.map { "\($0.detail) (\($0.code))" }.joined(separator: " "),
      help: ways.enumerated().filter { !ways[..<$0].contains($1) }.map(\.element).joined(
        separator: " ")
        + " Then retry the step, or start a new run if the plan had to be changed.")
  }
}
