import CertificateChecks
import DiagnosticCatalogue
import EstateScenarios
package import PlanCompiler
package import PlanModel
import PlanSyntax
package import PlanText
import RotationGraph
package import WorkingTree

/// From the text of a file to everything that is wrong with it: what each command that takes a plan goes
/// through, in the order that stands here.
///
///     read → parse → overlay → check → lower and prove → examine certificates → suppress
///
/// A document is parsed once and lowered once. Every stage adds to the ``PlanFile`` of the one before; the
/// findings of all files are put in order once, by ``PlanFiles``. Only the look at certificates touches
/// anything but values.
package struct PlanPipeline: Sendable {
  /// What is merged onto every plan.
  package var overlays = PlanOverlays()

  /// The look at the certificates that plans name; nil for none.
  package var certificates: CertificateReview?

  /// Where the paths of the files start.
  package let folder: WorkingFolder

  package init(
    _ overlays: PlanOverlays = PlanOverlays(), certificates: CertificateReview? = nil,
    in folder: WorkingFolder
  ) {
    self.overlays = overlays
    self.certificates = certificates
    self.folder = folder
  }

  /// Parses a file that was read; no other stage is needed to say what it holds.
  package func parse(_ read: ReadFile, as id: SourceID) -> PlanFile {
    PlanFile(read, id: id, syntax: parseSyntax(read.source, id: id))
  }

  /// The stages behind parsing, without the look at certificates.
  package func check(_ parsed: PlanFile) -> PlanFile {
    guard parsed.failure == nil else { return parsed }
    return suppress(in: prove(checkMeaning(overlay(parsed))))
  }

  /// The stages behind parsing, all of them; programs and servers may have to be waited for.
  package func review(_ parsed: PlanFile) async -> PlanFile {
    guard parsed.failure == nil else { return parsed }
    return suppress(in: await examine(prove(checkMeaning(overlay(parsed)))))
  }

  /// A file that was named as a scenario and parsed, whatever it says of itself, held against the plan that is
  /// to be tried in it.
  package func check(_ parsed: PlanFile, asScenarioFor plan: RotationPlan) -> PlanFile {
    guard parsed.failure == nil else { return parsed }
    var file = parsed
    let reading = readScenario(file.syntax)
    file.findings = (reading.diagnostics + reading.check(against: plan)).limitedToFile()
    return file
  }

  // MARK: The stages

  /// Merges the overlays onto every document. Whatever is known of the file from an earlier check is gone.
  private func overlay(_ parsed: PlanFile) -> PlanFile {
    var file = parsed.asParsed
    file.merged = overlays.applied(to: parsed.syntax)
    return file
  }

  /// Decodes the documents, and looks at what they say.
  private func checkMeaning(_ overlaid: PlanFile) -> PlanFile {
    var file = overlaid
    switch file.syntax.content {
    case .scenario: file.findings = readScenario(file.syntax).diagnostics
    case .overlay:
      // Says nothing by itself: it is looked into with the plan that it is for.
      var overlay = PlanOverlays()
      overlay.add(file.source, file.syntax, id: file.id)
      file.findings = overlay.diagnostics
    case .plans:
      let reading = checkPlans(file.merged, paths: Self.pathRule(of: file.path, in: folder))
      file.findings = reading.diagnostics
      file.usable = reading.plans.compactMap(\.self)
    }
    return file
  }

  /// Without admitted folders the rule needs no look at the disk.
  static func pathRule(of path: String, in folder: WorkingFolder) -> PathRule {
    guard !folder.admitted.isEmpty, let open = try? PlanFolder(ofPlan: path, in: folder)
    else { return .folderOnly }
    return PathRule(
      folder: open.place.text, admitting: open.roots.dropFirst().map(\.spelled.text))
  }

  /// Lowers every usable plan and proves its graph.
  private func prove(_ checked: PlanFile) -> PlanFile {
    var file = checked
    var steps = 0
    for plan in file.usable {
      let proved = PlanCompiler.prove(plan, besides: steps)
      steps += proved.graph.steps.count
      file.plans.append(proved)
    }
    file.usable = []
    file.findings += file.plans.flatMap(\.diagnostics)
    return file
  }

  /// Looks at what the plans name, where that is asked for.
  private func examine(_ proved: PlanFile) async -> PlanFile {
    guard let certificates else { return proved }
    var file = proved
    do {
      let outcome = try await certificates.look(
        at: file.plans, in: PlanFolder(ofPlan: file.path, in: folder))
      file.findings += outcome.diagnostics
      file.evidence = outcome.evidence
      file.hasSeenSites = outcome.hasSeenSites
    } catch {
      file.failure = WorkspaceError(error)
    }
    return file
  }

  /// Marks what the file and the overlays say is meant. A comment is called unused only where the certificates
  /// and sites that it is about, if any, were seen; what an overlay's comments are about is found in the plans that it
  /// is merged onto.
  private func suppress(in examined: PlanFile) -> PlanFile {
    var file = examined
    let isOverlay = file.syntax.content == .overlay
    file.findings = PlanCompiler.suppress(
      file.findings, in: file.source, id: file.id, of: file.syntax, catalogue: .all
    ) { page in
      guard !isOverlay else { return false }
      if page == .absenceOver { return certificates != nil }
      return switch page.code.first {
      case "C": file.evidence?.allSatisfy { $0.shows(page) } ?? false
      case "L": file.hasSeenSites
      default: true
      }
    }
    file.findings = overlays.suppressing(file.findings, catalogue: .all).limitedToFile()
    return file
  }
}
