package import PlanCompiler
package import PlanModel
import PlanSyntax
import PlanText
package import RotationGraph
package import WorkingTree

/// The one plan that a command is about, with its overlays.
package struct NamedPlan: Sendable {
  private let path: String

  /// What the plan is called, where the file holds several.
  private let name: String?

  private let overlays: PlanOverlays

  /// The file, checked; it has errors where the plan cannot be used.
  package let files: PlanFiles

  /// Reads and checks the file of a plan; what is to be tried otherwise is merged last.
  ///
  /// - Throws: ``WorkspaceError`` where the file or an overlay cannot be read.
  package init(
    _ path: String, named name: String?, overlays: [String], trying whatIf: WhatIf? = nil,
    in folder: WorkingFolder
  ) throws(WorkspaceError) {
    try self.init(
      ReadFile(path, in: folder), named: name, overlays: overlays, trying: whatIf, in: folder)
  }

  /// Checks the file of a plan that was read.
  ///
  /// - Throws: ``WorkspaceError`` where the file could not be read, or an overlay cannot be.
  init(
    _ read: ReadFile, named name: String?, overlays: [String], trying whatIf: WhatIf? = nil,
    in folder: WorkingFolder
  ) throws(WorkspaceError) {
    path = read.path
    self.name = name
    var merged = try PlanOverlays(reading: overlays, behind: 1, besides: [read.path], in: folder)
    if let whatIf { merged.add(whatIf.overlay, id: SourceID(position: 1 + overlays.count)) }
    self.overlays = merged
    if let failure = read.failure { throw failure }
    let pipeline = PlanPipeline(self.overlays, in: folder)
    files = PlanFiles(
      [pipeline.check(pipeline.parse(read, as: SourceID(position: 0)))], self.overlays)
  }

  /// The plan, compiled.
  ///
  /// - Throws: ``WorkspaceError`` where the file holds no such plan, or more than one.
  package func graph() throws(WorkspaceError) -> SealedGraph {
    let graphs = files.files.flatMap(\.plans)
      .filter { name == nil || $0.plan.name.value == name }
      .compactMap { $0.sealed() }
    return try one(of: graphs, named: \.graph.plan.name.value)
  }

  /// Every value of the plan with its overlays, and where it comes from.
  ///
  /// - Throws: ``WorkspaceError`` where the file holds no such plan, or more than one.
  package func origins() throws(WorkspaceError) -> (plan: String, origins: [ValueOrigin]) {
    let trees = files.files.flatMap(\.merged.documents)
      .filter { name == nil || $0.planName == name }
    let tree = try one(of: trees.first?.holdsScenario == true ? [] : trees, named: \.planName)
    return (tree.planName, valueOrigins(of: tree, in: files.sources))
  }

  /// The text of the plan as a run keeps it: the file as it is, and behind it every overlay under a line that
  /// names it.
  package var text: [UInt8] {
    let plan = files.sources.sources[0]
    guard !overlays.isEmpty else { return plan.bytes }
    return ([plan] + overlays.files.map(\.source)).enumerated().reduce(into: []) { text, part in
      if let last = text.last, last != "\n" { text.append("\n") }
      let role = part.offset == 0 ? "plan" : "overlay"
      text += Array("# waltz: \(role) \(part.element.name.filter { !$0.isNewline })\n".utf8)
      text += part.element.bytes
    }
  }

  /// That a file holds no plan is a finding; a name that none of its plans has is a slip of who wrote it on
  /// the command line.
  private func one<Plan>(
    of plans: [Plan], named planName: (Plan) -> String
  ) throws(WorkspaceError) -> Plan {
    guard let first = plans.first else {
      throw name.map { WorkspaceError(.arguments, "\(path) holds no plan named `\($0)`.") }
        ?? WorkspaceError(.findings, "\(path) holds no rotation plan.")
    }
    guard plans.count == 1 else {
      throw WorkspaceError(
        .arguments,
        "\(path) holds \(plans.count) plans: \(plans.map(planName).joined(separator: ", ")). "
          + "Say which with --plan.")
    }
    return first
  }
}

extension PlanOverlays {
  /// Reads overlays; their sources are behind `count` others. Standard input is either an overlay or one of the
  /// `inputs` that the command reads besides.
  ///
  /// - Throws: ``WorkspaceError`` where a link leads out of its repository, or a file cannot be read.
  package init(
    reading paths: [String], behind count: Int, besides inputs: [String],
    in folder: WorkingFolder
  ) throws(WorkspaceError) {
    self.init()
    try StandardInput.check(inputs + paths)
    for (number, path) in paths.enumerated() {
      let read = ReadFile(path, in: folder)
      if let failure = read.failure { throw failure }
      add(read.source, id: SourceID(position: count + number))
    }
  }
}

extension SyntaxTree {
  /// What `metadata.name` says; empty where it says nothing.
  fileprivate var planName: String {
    func value(of key: StaticString, in node: Node?) -> Node? {
      node.flatMap { entries(of: $0).first { scalar($0.key, is: key) }?.value }
    }
    return value(of: "name", in: value(of: "metadata", in: root)).map(string(of:)) ?? ""
  }
}
