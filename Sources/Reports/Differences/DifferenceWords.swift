import PlanModel
import PlanText
import RotationGraph

/// What differs between two plans, line by line; a line is made when it is asked for, since there may be
/// a hundred thousand.
struct DifferenceWords {
  let difference: RotationDifference

  /// The parts that some step depends on.
  let parts: [PlanDifference.Part]

  /// The parts and fields that no step depends on.
  let silentParts: [PlanDifference.Part]

  /// Removed, added and changed steps that no line about a part implies.
  let steps: [StepLine]

  /// Steps of sites, servers and partnerships that are wholly new.
  let impliedAdded: Int

  /// Steps of sites, servers and partnerships that are wholly gone.
  let impliedRemoved: Int

  enum StepLine {
    case added(Int)
    case removed(Int)
    case changed(Int)
  }

  init(_ difference: RotationDifference) {
    self.difference = difference
    parts = Self.merged(difference.parts).filter { !$0.isSilent }
    silentParts = Self.merged(difference.parts).filter { part in
      part.change == .changed && part.fields.contains(where: \.isSilent)
    }
    guard let old = difference.old?.graph, let new = difference.new?.graph,
      let steps = difference.steps
    else {
      self.steps = []
      impliedAdded = 0
      impliedRemoved = 0
      return
    }
    var whole: [PlanDifference.Change: Set<String>] = [:]
    for part in difference.parts where part.change != .changed {
      switch part.kind {
      case .site, .server, .partnership: whole[part.change, default: []].insert(part.name)
      default: break
      }
    }
    func isImplied(_ step: Int, _ graph: StepGraph, _ change: PlanDifference.Change) -> Bool {
      guard let names = whole[change] else { return false }
      if names.contains(graph.name(of: graph.steps[step].target)) { return true }
      return graph.site(of: step).map { names.contains(graph.plan.sites[$0].name.value) } ?? false
    }
    let removed = steps.removed.filter { !isImplied($0, old, .removed) }
    let added = steps.added.filter { !isImplied($0, new, .added) }
    impliedAdded = steps.added.count - added.count
    impliedRemoved = steps.removed.count - removed.count
    self.steps =
      removed.map { .removed($0) } + added.map { .added($0) }
      + steps.changed.indices.map { .changed($0) }
  }

  /// Stands for the names of all waits.
  private static let everyWait = "every wait"

  /// Fields that change alike in several waits become one part: a plan states most of them once.
  private static func merged(_ parts: [PlanDifference.Part]) -> [PlanDifference.Part] {
    let waits = parts.filter { $0.kind == .wait }
    guard waits.count > 1 else { return parts }
    var groups: [(names: [String], fields: [PlanDifference.Field])] = []
    var kinds: [PlanDifference.Field: [String]] = [:]
    for wait in waits {
      for field in wait.fields { kinds[field, default: []].append(wait.name) }
    }
    for wait in waits {
      for field in wait.fields where kinds[field]?.first == wait.name {
        let names = kinds[field] ?? []
        if let group = groups.firstIndex(where: { $0.names == names }) {
          groups[group].fields.append(field)
        } else {
          groups.append((names, [field]))
        }
      }
    }
    let merged = groups.map {
      PlanDifference.Part(
        kind: .wait,
        name: $0.names.count == WaitKind.allCases.count
          ? Self.everyWait : $0.names.joined(separator: ", "),
        change: .changed, fields: $0.fields)
    }
    let first = parts.firstIndex { $0.kind == .wait } ?? 0
    return parts[..<first] + merged + parts[first...].filter { $0.kind != .wait }
  }

  /// A part in a line: `~ server paris/sepm-par-01: certificate a → b`.
  func line(_ part: PlanDifference.Part, silent: Bool = false) -> DifferenceLine {
    let subject: Phrase =
      switch part.kind {
      case .strategy: "strategy"
      case .calendar: "calendar"
      case .plan: "plan \(part.name)"
      case .wait where part.name == Self.everyWait: "every wait"
      case .automation:
        part.name == "every site" ? "automation" : "automation of \(part.name)"
      default: "\(words: part.kind.rawValue) \(part.name)"
      }
    var detail = Phrase()
    for field in part.fields where field.isSilent == silent || part.change != .changed {
      if !detail.pieces.isEmpty { detail = detail + "; " }
      detail = detail + words(field, of: part.change)
    }
    return DifferenceLine(change: part.change, subject: subject, detail: detail)
  }

  private func words(_ field: PlanDifference.Field, of change: PlanDifference.Change) -> Phrase {
    let name: Phrase =
      field.item.map { "\(words: field.name) \($0)" } ?? "\(words: field.name)"
    switch (change, field.before, field.after) {
    case (.added, _, _): return "\(name) \(field.after)"
    case (.removed, _, _): return "\(name) \(field.before)"
    case (.changed, nil, _): return "\(name) \(field.after) (new)"
    case (.changed, _, nil): return "\(name) \(field.before) (removed)"
    case (.changed, _, _): return "\(name) \(field.before) → \(field.after)"
    }
  }

  /// A step in a line.
  func line(_ step: StepLine) -> DifferenceLine {
    switch step {
    case .added(let position): whole(position, difference.new?.graph, .added)
    case .removed(let position): whole(position, difference.old?.graph, .removed)
    case .changed(let number): changed(number)
    }
  }

  private func whole(
    _ position: Int, _ graph: StepGraph?, _ change: PlanDifference.Change
  ) -> DifferenceLine {
    guard let graph else { return DifferenceLine(change: change, subject: "", detail: "") }
    let step = graph.steps[position]
    return DifferenceLine(
      change: change, subject: "\(graph.id(of: position))",
      detail: step.isPointOfNoReturn
        ? "by \(words: step.channel.rawValue), a point of no return"
        : "by \(words: step.channel.rawValue)")
  }

  private func changed(_ number: Int) -> DifferenceLine {
    guard let old = difference.old?.graph, let new = difference.new?.graph,
      let change = difference.steps?.changed[number]
    else { return DifferenceLine(change: .changed, subject: "", detail: "") }
    let (before, after) = (old.steps[change.old], new.steps[change.new])
    var parts: [Phrase] = []
    if change.aspects.contains(.channel) {
      parts.append("by \(words: before.channel.rawValue) → \(words: after.channel.rawValue)")
    }
    if change.aspects.contains(.command) { parts.append("by another program") }
    if change.aspects.contains(.reversal) {
      parts.append(
        after.isPointOfNoReturn ? "a point of no return" : "undone differently")
    }
    if change.aspects.contains(.certificate) { parts.append("another certificate") }
    if change.aspects.contains(.wait) { parts.append("other thresholds") }
    if change.aspects.contains(.version) { parts.append("another version") }
    if change.aspects.contains(.address) { parts.append("another address") }
    if change.aspects.contains(.replication) { parts.append("broken or restored differently") }
    if change.aspects.contains(.api) { parts.append("another API") }
    if !change.addedDependencies.isEmpty {
      parts.append(
        "also after \(Phrase.list(change.addedDependencies.map { new.id(of: $0) }))")
    }
    if !change.removedDependencies.isEmpty {
      parts.append(
        "no longer after \(Phrase.list(change.removedDependencies.map { old.id(of: $0) }))")
    }
    var detail = Phrase()
    for (position, part) in parts.enumerated() {
      detail = position == 0 ? part : detail + "; " + part
    }
    return DifferenceLine(
      change: .changed, subject: "\(new.id(of: change.new))", detail: detail)
  }

  /// `16 added, 2 removed, 4 changed; dependencies +20 −3`.
  var stepCounts: String {
    guard let steps = difference.steps else { return "" }
    return "\(Wording.number(steps.added.count)) added, \(Wording.number(steps.removed.count)) "
      + "removed, \(Wording.number(steps.changed.count)) changed; dependencies "
      + "+\(Wording.number(steps.addedEdges)) −\(Wording.number(steps.removedEdges))"
  }

  /// `1 site added, 2 servers changed`.
  var partCounts: String {
    var words: [String] = []
    for kind in PlanDifference.Kind.allCases where kind != .plan {
      for change in PlanDifference.Change.allCases {
        let count = difference.parts.count {
          $0.kind == kind && $0.change == change && !$0.isSilent
        }
        guard count > 0 else { continue }
        switch kind {
        case .strategy, .automation, .plan: words.append("\(kind.rawValue) \(change.rawValue)")
        default: words.append("\(Wording.count(count, kind.rawValue)) \(change.rawValue)")
        }
      }
    }
    return words.isEmpty ? "nothing that a step depends on" : words.joined(separator: ", ")
  }
}
