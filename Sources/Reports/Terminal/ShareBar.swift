import PlanModel

/// A bar that is filled as far as a share goes.
enum ShareBar {
  /// A bar `columns` wide; it is full only when the share is all.
  static func text(_ share: Share, columns: Int, _ layout: TextLayout) -> String {
    let part = min(max(share.millionths, 0), 1_000_000)
    let filled = columns * part / 1_000_000
    return String(repeating: layout.sign("█", "#"), count: filled)
      + String(repeating: layout.sign("░", "-"), count: columns - filled)
  }
}
