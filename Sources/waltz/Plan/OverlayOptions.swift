import ArgumentParser
import Lab

/// What of a plan is different in one environment.
struct OverlayOptions: ParsableArguments {
  @Option(
    name: .customLong("overlay"),
    help: ArgumentHelp(
      """
      A file to merge onto the plan: mappings are merged key by key, lists and values replace the \
      plan's, null removes. Can be given several times; later ones win.
      """,
      valueName: "file"))
  var paths: [String] = []

  /// The overlays with that of the lab in a folder, which comes last: whatever else is merged, its servers are the ones that
  /// are asked and changed.
  func paths(inLab folder: String?) -> [String] {
    paths + (folder.map { [$0 + "/" + LabDescription.overlayName] } ?? [])
  }
}
