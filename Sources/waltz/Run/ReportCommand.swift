import ArgumentParser
import CanonicalJSON
import EvidencePacks
import PlanWorkspace
import Reports
import RotationEngine
import RotationGraph
import RunStore
import Runs
import WorkingTree

/// What a report is written as.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case html
  case markdown
  case json
  case evidence
}

/// What is redacted in evidence that leaves the house.
enum RedactedParts: String, ExpressibleByArgument, CaseIterable {
  case names
}

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes what came of a run, for whoever was not there.",
    discussion: """
      Figures, exposure, adoption, gates, failures, exceptions and who answers for them, the plan, and how to \
      verify it; also of a run under way. HTML is one file without a script, to be opened, mailed, printed or \
      kept with a job. Evidence is a folder with the events, the graph, the plan and everything that events refer \
      to, with digests and a page that says how to check them without Waltz.
      """)

  @Argument(
    help: ArgumentHelp("The run. Can be left out if there is only one to choose.", valueName: "run")
  )
  var name: String?

  @Option(help: "Output format: html, markdown, json, or evidence, which is a folder or FILE.tar.")
  var format = ReportFormat.html

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Where to write; - is standard output.", valueName: "file"))
  var destination = "-"

  @Option(
    help: ArgumentHelp(
      "Sign the evidence with this SSH key, by ssh-keygen, in the namespace waltz-evidence.",
      valueName: "file"))
  var sign: String?

  @Option(
    help: ArgumentHelp(
      """
      Put pseudonyms into the evidence for the names of clients, users and hosts, and leave out notes and what programs \
      printed: names.
      """, valueName: "what"))
  var redact: RedactedParts?

  @OptionGroup var state: StateOptions

  func validate() throws {
    if format == .evidence, destination == "-" {
      throw ValidationError("Evidence is a folder, or an archive FILE.tar: name it with -o.")
    }
    if sign != nil, format != .evidence {
      throw ValidationError("--sign is for --format evidence.")
    }
    if redact != nil, format != .evidence {
      throw ValidationError("--redact is for --format evidence.")
    }
  }

  func run() async throws {
    let desk = try state.desk(.reading)
    let sight = try await desk.look(at: name)
    let report = try await report(of: sight, at: desk)
    if format == .evidence { return try await writeEvidence(of: sight, report, at: desk) }
    let text =
      switch format {
      case .html: Printout(report: report.html)
      case .markdown: Printout(report: report.markdown)
      case .json, .evidence: Printout(json: report.json)
      }
    if destination == "-" {
      Terminal.output.write(text)
    } else {
      try Environment.workingFolder().write(text.bytes, to: destination, .inPlaceIfNeeded)
      Terminal.error.write("\(destination): \(text.bytes.count) bytes, last event \(report.head)\n")
    }
  }

  private func writeEvidence(
    of sight: RunSight, _ report: RunReport, at desk: RunDesk
  ) async throws {
    let folder = Environment.workingFolder()
    let records = try await desk.evidence(
      of: sight.archive, report: Printout(report: report.html).bytes)
    let pack = EvidencePack(
      redact == nil ? records : try redactedRecords(records, of: sight.archive))
    var files = pack.files
    if let sign {
      files[EvidencePack.signature] = try await SSHSignature.sign(
        files[EvidencePack.sums] ?? [], with: sign, for: PackFolder.namespace, in: folder)
    }
    try PackFolder.write(files, of: sight.archive.id, to: destination, in: folder)
    Terminal.error.write("\(destination): \(files.count) files, last event \(pack.head)\n")
  }

  /// The records without names, and the report that follows from them.
  private func redactedRecords(
    _ full: EvidencePack.Records, of archive: RunArchive
  ) throws -> EvidencePack.Records {
    var records = NameRedaction(full).records
    do {
      let sealed = try SealedGraph(canonicalBytes: records.graph)
      let codec = EventCodec(run: archive.id, graph: sealed.graph)
      var fold = RunReportFold(graph: sealed.graph)
      for event in records.events { try fold.take(try codec.decode(event)) }
      let facts = try JSONValue(parsing: records.facts)
      let contents = archive.record.contents
      let head = EvidencePack(records).head.split(separator: ":").last.map(String.init) ?? ""
      let report = fold.report(
        RunReport.Origin(
          run: archive.id, world: contents.world.kind, toolVersion: contents.toolVersion,
          createdAt: archive.record.createdAt, createdBy: facts["createdBy"]?.string ?? "",
          planPath: facts["planPath"]?.string ?? "",
          plan: shownPlan(records.plan, from: EvidencePack.redaction), head: head),
        now: archive.time(now: Environment.now()),
        surroundings: RunSurroundings(executor: .none))
      records.report = Printout(report: report.html).bytes
    } catch {
      throw CommandError(
        .findings,
        "The names of this run cannot be redacted, since one of them is a word that Waltz itself needs: \(error)"
      )
    }
    return records
  }

  private func report(of sight: RunSight, at desk: RunDesk) async throws -> RunReport {
    let archive = sight.archive
    var fold = RunReportFold(graph: archive.graph.graph)
    try await desk.readHistory(of: archive) { try fold.take($0) }
    let contents = archive.record.contents
    return fold.report(
      RunReport.Origin(
        run: archive.id, world: contents.world.kind, toolVersion: contents.toolVersion,
        createdAt: archive.record.createdAt, createdBy: contents.createdBy,
        planPath: contents.planPath, plan: shownPlan(contents.planText, from: contents.planPath),
        head: sight.archive.head),
      now: archive.time(now: Environment.now()), surroundings: sight.surroundings)
  }
}
