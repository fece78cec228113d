import ArgumentParser
import PlanText
import PlanWorkspace

/// The plan that a command carries out or tries, with its overlays.
struct PlanFileOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The file with the plan.", valueName: "plan"), completion: .documents)
  var path: String

  @Option(
    name: .customLong("plan"),
    help: ArgumentHelp("Which plan, if the file holds several.", valueName: "name"))
  var name: String?

  @OptionGroup var overlays: OverlayOptions
  @OptionGroup var access: PlanAccessOptions

  /// The files that are named, for whoever looks which of them is standard input.
  var paths: [String] { [path] + overlays.paths }

  /// What the file is, read once: the plan with its overlays, whose findings go to standard error, or a sealed graph.
  /// The overlay of a lab, by its absolute folder, is merged as well.
  func readRotation(_ color: ColorChoice, inLab folder: String? = nil) throws -> RotationFile {
    let file = try RotationFile(
      path, named: name, overlays: overlays.paths(inLab: folder),
      in: access.admitting(lab: folder).folder)
    if case .plan(let plan) = file { try plan.files.show(from: .warning, color) }
    return file
  }

  /// The plan with its overlays and that of a lab, by its absolute folder; findings go to standard error.
  func read(_ color: ColorChoice, inLab folder: String? = nil) throws -> NamedPlan {
    var merged = overlays
    merged.paths = overlays.paths(inLab: folder)
    return try .read(
      path, named: name, merged, access.admitting(lab: folder), color: color)
  }
}
