import ArgumentParser
import PlanCompiler
import PlanSyntax
import PlanText

/// What of a plan is different in one environment.
struct OverlayOptions: ParsableArguments {
  @Option(
    name: .customLong("overlay"),
    help: ArgumentHelp(
      """
      A file to merge onto the plan: mappings key by key, lists and values replace, null removes. May be \
      given several times; later ones win.
      """,
      valueName: "file"))
  var paths: [String] = []

  /// Reads the overlays; their sources are behind `count` others. A link in a repository may lead to the
  /// `admitted` folders alone. Standard input is either an overlay or one of the `inputs` that the command
  /// reads besides.
  func read(
    behind count: Int, besides inputs: [String], admitting admitted: [String]
  ) throws -> PlanOverlays {
    try Files.checkStandardInput(inputs + paths)
    try WorkingFolder().checkLinks(paths, admitting: admitted)
    var overlays = PlanOverlays()
    for (number, path) in paths.enumerated() {
      overlays.add(try SourceText(reading: path), id: SourceID(position: count + number))
    }
    return overlays
  }
}

extension PlanOverlays {
  /// The same overlays with another text in the place of one.
  func replacing(_ id: SourceID, with source: SourceText) -> PlanOverlays {
    var result = PlanOverlays()
    for file in files { result.add(file.id == id ? source : file.source, id: file.id) }
    return result
  }

  /// The text of a plan as a run keeps it: the file as it is, and behind it every overlay under a line that
  /// names it.
  func text(behind plan: SourceText) -> [UInt8] {
    guard !isEmpty else { return plan.bytes }
    return ([plan] + files.map(\.source)).enumerated().reduce(into: []) { text, part in
      if let last = text.last, last != 0x0A { text.append(0x0A) }
      let role = part.offset == 0 ? "plan" : "overlay"
      text += Array("# waltz: \(role) \(part.element.name.filter { !$0.isNewline })\n".utf8)
      text += part.element.bytes
    }
  }
}
