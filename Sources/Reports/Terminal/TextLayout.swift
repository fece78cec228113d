/// What a text for people may use: columns, colour, and signs beyond ASCII.
public struct TextLayout: Sendable, Equatable {
  /// The columns of the terminal; what is narrower than 40 is taken for 40.
  public let width: Int

  /// Whether to colour with ANSI escapes.
  public let color: Bool

  /// Whether Waltz may write more than ASCII of its own.
  public let unicode: Bool

  /// A layout; plain text 100 columns wide unless a caller says otherwise.
  public init(width: Int = 100, color: Bool = false, unicode: Bool = true) {
    self.width = max(width, 40)
    self.color = color
    self.unicode = unicode
  }

  /// Stands for what was left out.
  var ellipsis: String { unicode ? "…" : "..." }

  /// Stands between two facts on one line.
  var dot: String { unicode ? " · " : " - " }

  /// One of two signs.
  func sign(_ pretty: String, _ plain: String) -> String { unicode ? pretty : plain }
}
