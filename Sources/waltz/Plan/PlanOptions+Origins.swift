import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText

extension PlanOptions {
  /// Every value of the plan with its overlays, and where it comes from; findings go to standard error.
  func origins() throws -> (plan: String, origins: [ValueOrigin], sources: SourceMap) {
    try WorkingFolder().checkLinks([path], admitting: access.admitted)
    let checks = PlanFile.Checks(
      overlays: try overlays.read(behind: 1, besides: [path], admitting: access.admitted),
      admitted: access.admitted)
    let source = try SourceText(reading: path)
    let id = SourceID(position: 0)
    let syntax = parseSyntax(source, id: id)
    let files = PlanFiles(
      [PlanFile(source, path: path, as: id, checks, syntax: syntax)], checks.overlays)
    files.report(output.color, from: .warning)
    guard !files.diagnostics.hasErrors else { throw ExitStatus.findings }
    let trees = checks.overlays.applied(to: syntax).documents
      .filter { name == nil || $0.planName == name }
    guard let tree = trees.first, !tree.holdsScenario else {
      throw CommandError(noPlan: name, in: path)
    }
    guard trees.count == 1 else { throw CommandError(plans: trees.map(\.planName), in: path) }
    return (tree.planName, valueOrigins(of: tree, in: files.sources), files.sources)
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
