import PlanText
import Reports

// Differences of texts that nobody has read yet.
extension UnifiedDiff {
  static func text(
    from old: SourceText, to new: SourceText, hiding: @escaping ShownSource.Hiding,
    context: Int = 3, color: Bool = false
  ) -> String {
    text(
      from: ShownSource(old, hiding: hiding), to: ShownSource(new, hiding: hiding),
      context: context, color: color)
  }
}

extension LayoutDiff {
  static func text(
    from old: SourceText, to new: SourceText, hiding: @escaping ShownSource.Hiding
  ) -> String {
    text(from: ShownSource(old, hiding: hiding), to: ShownSource(new, hiding: hiding))
  }
}
