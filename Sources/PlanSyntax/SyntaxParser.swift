public import PlanText

/// What came of reading one source: its documents and everything that is wrong with its syntax.
///
/// Where a diagnostic is an error, the documents up to it are still there as far as they could be read,
/// but must not be used for more than finding further mistakes. A document whose text is broken is left
/// out; one that is whole but breaks a rule (a key twice, an unknown alias) is there. Documents without
/// content, as a last `---` makes one, are left out without a word.
public struct SyntaxResult: Sendable {
  /// The documents in order.
  public var documents: [SyntaxTree]

  /// What is wrong, in the order in which it was found.
  public var diagnostics: [Diagnostic]
}

/// How much of a source is read before it is refused.
public struct SyntaxLimits: Sendable {
  /// In bytes.
  public var size = 64 << 20

  /// Collections inside collections, counted as a reader meets them that follows every alias.
  public var depth = 100

  /// Nodes, counted as a reader meets them that follows every alias. A text counts once more for every 256
  /// bytes, so that no alias repeats megabytes without a bound.
  public var expandedNodes = 4_000_000

  /// Documents in one source.
  public var documents = 10_000

  /// Nodes of a file's documents and of the overlays that are laid over them, counted again for each pair:
  /// many documents under many overlays are more than either.
  public var overlaidNodes = 4_000_000

  /// The errors after which no further document of the source is tried.
  public var errors = 100

  /// The limits that hold unless a caller sets others.
  public static let standard = SyntaxLimits()

  /// The standard limits, to be changed.
  public init() {}
}

/// Reads a source with libyaml.
///
/// Takes time linear in the size of the source, whatever is in it. Each mistake in the text is one
/// diagnostic; after a broken document reading goes on with the next `---` at the start of a line, which
/// YAML takes for a document marker everywhere.
public func parseSyntax(
  _ source: SourceText, id: SourceID, limits: SyntaxLimits = .standard
) -> SyntaxResult {
  source.bytes.withUnsafeBufferPointer { bytes in
    let examination = ByteExamination(bytes, source: id, limits: limits)
    guard examination.diagnostics.isEmpty else {
      return SyntaxResult(documents: [], diagnostics: examination.diagnostics)
    }
    let text = YAMLText(bytes: bytes, id: id, isASCII: examination.isASCII)
    var documents: [SyntaxTree] = []
    var diagnostics = DiagnosticList()
    var start: Int? = text.start
    while let from = start {
      var reader = DocumentReader(
        text: text, from: from, limits: limits, room: limits.documents - documents.count,
        isFirst: from == text.start)
      let problem = reader.readAll()
      documents.append(contentsOf: reader.documents)
      diagnostics.append(contentsOf: reader.diagnostics.all)
      start = nil
      if let problem {
        diagnostics.append(problem.diagnostic)
        let errors = diagnostics.all.count { $0.severity == .error }
        if errors < limits.errors {
          start = text.documentMarker(after: max(problem.resume, from + 1))
        }
      }
    }
    if documents.isEmpty, diagnostics.all.isEmpty {
      diagnostics.append(text.noDocument())
    }
    return SyntaxResult(documents: documents, diagnostics: diagnostics.all)
  }
}

extension SyntaxTree {
  /// As how many nodes a text counts against ``SyntaxLimits/expandedNodes``.
  static func weight(ofText bytes: Int) -> Int { 1 + bytes / 256 }
}
