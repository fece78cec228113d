internal import Synchronization

/// A source, and what of it nobody may see: found when it is first asked for, and once. Most sources are never
/// shown.
public final class ShownSource: Sendable {
  /// Finds what of a source nobody may see.
  public typealias Hiding = @Sendable (SourceText) -> HiddenText

  /// The source.
  package let text: SourceText

  private let hiding: Hiding

  /// Protects what was found.
  private let found = Mutex<HiddenText?>(nil)

  /// A source that is shown but for what `hiding` finds in it.
  package init(_ text: SourceText, hiding: @escaping Hiding) {
    self.text = text
    self.hiding = hiding
  }

  /// What of it is not shown.
  package var hidden: HiddenText {
    found.withLock { found in
      if let known = found { return known }
      let new = hiding(text)
      found = new
      return new
    }
  }
}
