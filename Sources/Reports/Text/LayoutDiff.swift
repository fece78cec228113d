package import PlanText

/// What laying a document out changes, for `waltz plan fmt --diff`.
package enum LayoutDiff {
  /// The changes from one text to another, empty where they are the same.
  ///
  /// Lines that end as on Windows where the new text has plain line feeds would all be changes that nobody
  /// can see. They are told in one line before the changes, which `patch` passes over, and are none below it.
  package static func text(
    from old: ShownSource, to new: ShownSource, color: Bool = false
  ) -> String {
    let (plain, converted) = withoutCarriageReturns(old.masked)
    guard converted > 0, withoutCarriageReturns(new.text.bytes).count == 0 else {
      return UnifiedDiff.text(from: old, to: new, color: color)
    }
    let changes = UnifiedDiff.text(
      from: plain, to: new.masked, of: old.text.name, color: color)
    let name = visible(old.text.name, unicode: false)
    let lines =
      converted == 1
      ? "1 line ends with CR LF and gets" : "\(converted) lines end with CR LF and get"
    let rest =
      changes.isEmpty
      ? "Nothing else changes."
      : "What else changes is below; `git apply --ignore-space-change` takes it."
    return withoutCommand("\(name): \(lines) LF. \(rest)") + "\n" + changes
  }

  /// The bytes with plain line feeds, and how many lines had a carriage return before theirs.
  private static func withoutCarriageReturns(_ bytes: [UInt8]) -> (bytes: [UInt8], count: Int) {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte == "\n", plain.last == "\r" { plain.removeLast() }
      plain.append(byte)
    }
    return (plain, bytes.count - plain.count)
  }
}
