import ArgumentParser

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
}
