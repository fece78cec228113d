import PlanLayout
package import PlanText
import Redaction
package import Reports
package import WorkingTree

/// What `plan fmt` does with a file.
package struct PlanFormatter: Sendable {
  /// Whether a file that would change is a finding; nothing is written then.
  private let isCheck: Bool

  /// Whether what would change is shown, and in colour; nothing is written then. Nil where it is not.
  private let diffColor: Bool?

  private let unicode: Bool

  /// Whether a document that is printed is looked at and goes nowhere else.
  private let isShown: Bool

  private let folder: WorkingFolder

  /// * `check`: Whether nothing is written, and a file that would change is a finding.
  /// * `diffColor`: Where nothing is written and what would change is shown, whether it is in colour.
  /// * `unicode`: Whether a file's name may be printed with any character.
  /// * `isShown`: Whether a document that is printed is looked at and goes nowhere else.
  package init(
    check: Bool, diffColor: Bool?, unicode: Bool, isShown: Bool = false, in folder: WorkingFolder
  ) {
    isCheck = check
    self.diffColor = diffColor
    self.unicode = unicode
    self.isShown = isShown
    self.folder = folder
  }

  /// What came of a file.
  package enum Outcome: Sendable {
    /// It was found beside plans and is none of Waltz's.
    case foreign

    /// It is no valid YAML and was left alone.
    case refused([Diagnostic], SourceMap)

    /// It is laid out, or would be.
    ///
    /// * `output`: What there is to print.
    /// * `isFinding`: Whether it is not as it should be.
    case laidOut(output: Printout, isFinding: Bool)
  }

  /// Lays a file out.
  ///
  /// - Throws: ``WorkspaceError`` where it cannot be read or written, or its layout would say something else.
  package func format(_ file: PlanPaths.File) throws(WorkspaceError) -> Outcome {
    let read = ReadFile(file.path, in: folder)
    if let failure = read.failure { throw failure }
    guard file.isNamed || read.source.isOfWaltz else { return .foreign }
    let parsed = PlanPipeline(in: folder).parse(read, as: SourceID(position: 0))
    switch canonicalLayout(of: parsed.source, parsed.syntax, id: parsed.id) {
    case .refused(let diagnostics):
      var sources = SourceMap()
      sources.add(parsed.shown)
      return .refused(
        diagnostics.filter { $0.severity == .error }.inOrder().limitedToFile(), sources)
    case .changed:
      throw WorkspaceError(
        .environment,
        "\(read.source.name) was left as it is: its layout would have changed what it says. This "
          + "is a defect of Waltz. Report it with the file.")
    case .text(let bytes):
      return try deliver(SourceText(name: read.source.name, bytes: bytes), of: parsed)
    }
  }

  private func deliver(
    _ text: SourceText, of file: PlanFile
  ) throws(WorkspaceError) -> Outcome {
    let isChanged = text != file.source
    var output: Printout = ""
    if let diffColor {
      let shown = isChanged ? ShownSource(text, hiding: hiddenText(in:)) : file.shown
      output = Printout(
        report: LayoutDiff.text(from: file.shown, to: shown, color: diffColor), color: diffColor)
    } else if folder.isStream(file.path), !isCheck {
      output =
        isShown
        ? Printout(report: String(decoding: text.bytes, as: UTF8.self))
        : Printout(document: text.bytes)
    } else if isChanged {
      if !isCheck { try folder.write(text.bytes, to: file.path) }
      output = "\(text.name, unicode: unicode)\n"
    }
    return .laidOut(output: output, isFinding: isCheck && isChanged)
  }
}
