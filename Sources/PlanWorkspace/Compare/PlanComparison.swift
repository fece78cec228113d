import PlanCompiler
import PlanSyntax
package import PlanText
package import Reports
import RotationGraph
package import WorkingTree

/// Two sides of plans, and what differs between them.
package struct PlanComparison: Sendable {
  /// What there is to say while the sides are read, before one that cannot be read ends it all.
  package enum Notice: Sendable {
    /// Why plans of a side are not valid, in order.
    case errors([Diagnostic], SourceMap)

    /// The plans of a revision that are not valid. They count as none, so that a change which mends them can
    /// be looked at.
    case invalid([String], revision: String)
  }

  /// The plans that belong together or stand alone, in the order of the new side.
  package let plans: [ComparedPlan]

  /// The files of which no plan, or not every one, can be compared.
  package let invalid: [InvalidPlanFile]

  /// What is compared.
  package enum Sides: Sendable {
    /// Two files: plans or graphs that were compiled.
    case files(old: String, new: String)

    /// What stands at paths now, and in a revision; git finds its own way by the `variables` of the process.
    case revision(String, paths: [String], variables: [String: String])
  }

  /// Reads and compares both sides.
  ///
  /// * `name`: The one plan that is meant, where the files hold several.
  /// - Throws: Where git or a file fails, or there is no plan at all.
  package init(
    of sides: Sides, named name: String?, overlays: [String], in folder: WorkingFolder,
    _ notify: (Notice) -> Void
  ) async throws {
    var (old, new) = try await Self.read(sides, overlays: overlays, in: folder, notify)
    if let name {
      old.keep(name)
      new.keep(name)
    }
    let isRevision = if case .revision = sides { true } else { false }
    invalid =
      old.invalid.map { .init(path: $0.path, errors: $0.errors, countsAsNone: isRevision) }
      + new.invalid.map { .init(path: $0.path, errors: $0.errors, countsAsNone: false) }
    plans = PlanPairs.compare(old.plans, new.plans, invalid: Set(new.invalid.map(\.path)))
    guard plans.isEmpty, invalid.isEmpty else { return }
    throw name.map {
      WorkspaceError(.arguments, "Neither side holds a plan named `\($0)`.")
    } ?? WorkspaceError(.environment, "There is no rotation plan on either side.")
  }

  private static func read(
    _ sides: Sides, overlays: [String], in folder: WorkingFolder, _ notify: (Notice) -> Void
  ) async throws -> (old: PlanSide, new: PlanSide) {
    switch sides {
    case .revision(let base, let paths, let variables):
      try folder.checkLinks(paths)
      let plans = try await RepositoryPlans.read(
        paths, since: base, overlays: overlays, in: folder, variables: variables)
      if !plans.old.invalid.isEmpty {
        notify(.invalid(plans.old.invalid.map(\.path), revision: base))
      }
      notify(.errors(plans.new.errors, plans.new.sources))
      return (plans.old, plans.new)
    case .files(let oldPath, let newPath):
      let merged = try PlanOverlays(
        reading: overlays, behind: 0, besides: [oldPath, newPath], in: folder)
      var old = PlanSide(PlanPipeline(merged, in: folder))
      var new = old
      try old.read(oldPath, in: folder)
      notify(.errors(old.errors, old.sources))
      try new.read(newPath, in: folder)
      notify(.errors(new.errors, new.sources))
      // There is nothing to compare a plan with when the other is not valid.
      if !(old.invalid + new.invalid).isEmpty {
        old.keepNone()
        new.keepNone()
      }
      return (old, new)
    }
  }

  /// Whether there is a plan that cannot be compared and does not count as none.
  package var isIncomplete: Bool { invalid.contains { !$0.countsAsNone } }

  /// The plans that differ; the only one, where nothing does.
  package var shown: [ComparedPlan] {
    let differing = plans.filter { !$0.difference.isEmpty }
    return differing.isEmpty && plans.count == 1 ? plans : differing
  }

  /// Whether any plan differs.
  package var differs: Bool { plans.contains { !$0.difference.isEmpty } }
}

extension PlanSide {
  /// Reads the plans of a file that the user named.
  fileprivate mutating func read(_ path: String, in folder: WorkingFolder) throws {
    try read(
      folder.read(path, limit: SyntaxLimits.standard.size), path: path, as: .everything)
  }
}
