import PlanCompiler
import PlanModel
import PlanText
import Reports
import RotationGraph

/// The files of an invocation in the order in which they were named, with everything that is wrong with
/// them.
struct PlanFiles {
  let files: [PlanFile]

  /// The sources, one a file, then the overlays'.
  let sources: SourceMap

  private(set) var diagnostics: [Diagnostic]

  /// Puts files together; the id of each is its position.
  init(_ files: [PlanFile], _ overlays: PlanOverlays) {
    self.files = files
    var sources = SourceMap()
    for file in files { _ = sources.add(file.source) }
    for overlay in overlays.files { _ = sources.add(overlay.source) }
    self.sources = sources
    diagnostics = files.flatMap(\.diagnostics).inOrder()
  }

  /// Checks files, several at once.
  static func check(
    _ files: [ReadFile], _ checks: PlanFile.Checks, jobs: Int? = nil
  ) async -> PlanFiles {
    let checked = await inParallel(files.count, jobs: jobs) { position in
      await PlanFile.reviewed(files[position], as: SourceID(position: position), checks)
    }
    return PlanFiles(checked, checks.overlays)
  }

  /// The files that could not be read.
  var failures: [CommandError] { files.compactMap(\.failure) }

  /// How many files were looked into; overlays are not counted.
  var readCount: Int { files.count { $0.failure == nil } }

  /// The one plan of one file, compiled; findings go to standard error.
  ///
  /// - Throws: ``ExitStatus/findings`` where there is no usable plan.
  static func compiled(
    _ path: String, named name: String?, _ overlays: OverlayOptions, _ access: PlanAccessOptions,
    color: ColorChoice
  ) throws -> (graph: SealedGraph, text: [UInt8]) {
    try WorkingFolder().checkLinks([path], admitting: access.admitted)
    let checks = PlanFile.Checks(
      overlays: try overlays.read(behind: 1, besides: [path], admitting: access.admitted),
      admitted: access.admitted)
    let source = try SourceText(reading: path)
    var files = PlanFiles(
      [PlanFile(source, path: path, as: SourceID(position: 0), checks)], checks.overlays)
    var plans = files.files[0].plans
    if let name { plans.removeAll { $0.name.value != name } }
    var graphs: [SealedGraph] = []
    if !files.diagnostics.hasErrors {
      for plan in plans {
        let (graph, problems) = compile(plan)
        files.diagnostics += problems
        if let graph { graphs.append(graph) }
      }
    }
    files.report(color, from: .warning)
    guard !files.diagnostics.hasErrors else { throw ExitStatus.findings }
    guard let graph = graphs.first else { throw CommandError(noPlan: name, in: path) }
    guard graphs.count == 1 else {
      throw CommandError(plans: graphs.map(\.graph.plan.name.value), in: path)
    }
    return (graph, checks.overlays.text(behind: source))
  }

  /// Prints what was found, for people; notes are for who asks whether the plan is good.
  func report(_ color: ColorChoice, from severity: Severity = .note) {
    Terminal.error.write(
      diagnostics.inOrder().filter { $0.severity >= severity }, in: sources, color)
  }
}

extension SourceID {
  /// The source of the file at a position of the invocation.
  init(position: Int) {
    self.init(index: UInt32(position))
  }
}

extension CommandError {
  /// That a file holds no plan is a finding; a name that none of its plans has is a slip of who wrote it on
  /// the command line.
  init(noPlan name: String?, in path: String) {
    if let name {
      self.init(.usage, "\(path) holds no plan named `\(name)`.")
    } else {
      self.init(.findings, "\(path) holds no rotation plan.")
    }
  }

  /// That a file holds more plans than the one that is asked for.
  init(plans names: [String], in path: String) {
    self.init(
      .usage,
      "\(path) holds \(names.count) plans: \(names.joined(separator: ", ")). Say which with --plan."
    )
  }
}
