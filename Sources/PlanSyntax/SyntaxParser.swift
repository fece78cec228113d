public import PlanText

/// What came of reading one source: its documents and everything that is wrong with its syntax.
///
/// Where a diagnostic is an error, the documents up to it are still there as far as they could be read,
/// but must not be used for more than finding further mistakes.
public struct SyntaxResult: Sendable {
  /// The documents in order.
  public var documents: [SyntaxTree]

  /// What is wrong.
  public var diagnostics: [Diagnostic]
}

/// How much of a source is read before it is refused.
public struct SyntaxLimits: Sendable {
  /// In bytes.
  public var size = 64 << 20

  /// Collections inside collections.
  public var depth = 100

  /// Nodes, counted as a reader meets them that follows every alias.
  public var expandedNodes = 4_000_000

  /// The limits that hold unless a caller sets others.
  public static let standard = SyntaxLimits()
}

/// Reads a source with libyaml.
public func parseSyntax(
  _ source: SourceText, id: SourceID, limits: SyntaxLimits = .standard
) -> SyntaxResult {
  SyntaxResult(documents: [], diagnostics: [])
}
