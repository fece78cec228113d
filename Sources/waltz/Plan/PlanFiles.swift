import PlanCompiler
import PlanModel
import PlanText
import Reports
import RotationGraph
import Synchronization

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

  /// Reads files on as many threads as there are cores, or `jobs` of them. What comes of it depends on
  /// neither.
  static func read(
    _ paths: [String], _ checks: PlanFile.Checks, jobs: Int? = nil
  ) async -> PlanFiles {
    let workers = min(jobs ?? Environment.coreCount, paths.count)
    guard workers > 1 else {
      var files: [PlanFile] = []
      for (position, path) in paths.enumerated() {
        files.append(
          await PlanFile.reviewed(reading: path, as: SourceID(position: position), checks))
      }
      return PlanFiles(files, checks.overlays)
    }
    let queue = WorkQueue(count: paths.count)
    let read = await withTaskGroup(of: [(Int, PlanFile)].self) { group in
      for _ in 0..<workers {
        group.addTask {
          var done: [(Int, PlanFile)] = []
          while let next = queue.next() {
            done.append(
              (
                next,
                await PlanFile.reviewed(
                  reading: paths[next], as: SourceID(position: next), checks)
              ))
          }
          return done
        }
      }
      var files = [PlanFile?](repeating: nil, count: paths.count)
      for await done in group {
        for (position, file) in done { files[position] = file }
      }
      return files
    }
    return PlanFiles(read.compactMap(\.self), checks.overlays)
  }

  /// The files that could not be read.
  var failures: [CommandError] { files.compactMap(\.failure) }

  /// The one plan of one file, compiled; findings go to standard error.
  ///
  /// - Throws: ``ExitStatus/findings`` where there is no usable plan.
  static func compiled(
    _ path: String, named name: String?, _ overlays: OverlayOptions, _ access: PlanAccessOptions,
    color: ColorChoice
  ) throws -> (graph: SealedGraph, text: [UInt8]) {
    try WorkingFolder().checkLinks([path], admitting: access.admitted)
    let checks = PlanFile.Checks(
      overlays: try overlays.read(behind: 1, admitting: access.admitted), admitted: access.admitted)
    var files = PlanFiles(
      [PlanFile(reading: path, as: SourceID(position: 0), checks)], checks.overlays)
    if let failure = files.failures.first { throw failure }
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
    guard let graph = graphs.first else {
      throw CommandError(
        .findings,
        name.map { "\(path) holds no plan named `\($0)`." } ?? "\(path) holds no rotation plan.")
    }
    guard graphs.count == 1 else {
      let names = graphs.map(\.graph.plan.name.value).joined(separator: ", ")
      throw CommandError(
        .usage, "\(path) holds \(graphs.count) plans: \(names). Say which with --plan.")
    }
    return (graph, checks.overlays.text(behind: files.files[0].source))
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

/// Positions handed out one by one to whoever is free.
private final class WorkQueue: Sendable {
  private let following = Atomic(0)
  private let count: Int

  init(count: Int) {
    self.count = count
  }

  func next() -> Int? {
    let position = following.wrappingAdd(1, ordering: .relaxed).oldValue
    return position < count ? position : nil
  }
}
