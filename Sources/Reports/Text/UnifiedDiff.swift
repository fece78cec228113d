package import PlanText

/// What changes in a file, as `diff -u` writes it and `patch` reads it.
///
/// What a source hides is masked on both sides: a diff goes into logs that more people read than the file.
/// For the same reason what would move a cursor, reorder text or be a command to a job's runner is drawn; a
/// line that holds such is none that `patch` finds.
package enum UnifiedDiff {
  /// The changes from one text to another; empty where they are the same.
  ///
  /// * `old`: The text as it is; its name stands in the head behind `a/`.
  /// * `new`: The text as it would be; the name of the old one stands in the head behind `b/`.
  /// * `context`: The unchanged lines shown around a change.
  /// * `color`: Whether to colour for a terminal; tabs and the line ends of Windows are drawn then.
  package static func text(
    from old: ShownSource, to new: ShownSource, context: Int = 3, color: Bool = false
  ) -> String {
    text(from: old.masked, to: new.masked, of: old.text.name, context: context, color: color)
  }

  /// The changes between masked texts of the file `name`.
  static func text(
    from old: [UInt8], to new: [UInt8], of name: String, context: Int = 3, color: Bool
  ) -> String {
    let before = lines(of: old)
    let after = lines(of: new)
    let changes = LineDifference(from: before, to: after).changes
    guard !changes.isEmpty else { return "" }
    let palette = Palette(color: color)
    var text = palette.paint("--- \(headName("a", name))", .title) + "\n"
    text += palette.paint("+++ \(headName("b", name))", .title) + "\n"
    for hunk in hunks(changes, context: context, old: before.count) {
      let shift = hunk[0].new.lowerBound - hunk[0].old.lowerBound
      let last = hunk[hunk.count - 1]
      let start = max(0, hunk[0].old.lowerBound - context)
      let end = min(before.count, last.old.upperBound + context)
      let newEnd = end + last.new.upperBound - last.old.upperBound
      let head =
        "@@ -\(range(start, end)) +\(range(start + shift, newEnd)) @@"
      text += palette.paint(head, .busy) + "\n"
      func add(_ sign: String, _ line: ArraySlice<UInt8>, _ meaning: Palette.Meaning?) {
        let (shown, isEnded) = content(line, color: color)
        text += palette.paint(sign + shown, meaning) + "\n"
        if !isEnded { text += "\\ No newline at end of file\n" }
      }
      var position = start
      for change in hunk {
        for line in before[position..<change.old.lowerBound] { add(" ", line, nil) }
        for line in before[change.old] { add("-", line, .trouble) }
        for line in after[change.new] { add("+", line, .good) }
        position = change.old.upperBound
      }
      for line in before[position..<end] { add(" ", line, nil) }
    }
    return text
  }

  /// Changes that stand so near to each other that their context meets are one hunk.
  private static func hunks(
    _ changes: [LineDifference.Change], context: Int, old: Int
  ) -> [[LineDifference.Change]] {
    var result: [[LineDifference.Change]] = []
    for change in changes {
      if let last = result.last?.last,
        change.old.lowerBound - last.old.upperBound <= 2 * context
      {
        result[result.count - 1].append(change)
      } else {
        result.append([change])
      }
    }
    return result
  }

  private static func headName(_ side: String, _ name: String) -> String {
    let shown = visible(name, unicode: false)
    return name.hasPrefix("/") ? shown : "\(side)/\(shown)"
  }

  /// `3,7`; a range without lines names the line before it.
  private static func range(_ start: Int, _ end: Int) -> String {
    let count = end - start
    return count == 1 ? "\(start + 1)" : "\(count == 0 ? start : start + 1),\(count)"
  }

  /// The line without its feed, and whether it had one.
  private static func content(
    _ line: ArraySlice<UInt8>, color: Bool
  ) -> (text: String, isEnded: Bool) {
    let isEnded = line.last == "\n"
    var bytes = isEnded ? line.dropLast() : line
    let isOfWindows = !color && isEnded && bytes.last == "\r"
    if isOfWindows { bytes.removeLast() }
    let text = String(decoding: bytes, as: UTF8.self)
    let shown =
      color
      ? visible(text, unicode: false)
      : visibleBesideTabs(text)
    return (withoutCommand(shown) + (isOfWindows ? "\r" : ""), isEnded)
  }

  /// The lines with their feeds.
  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == "\n" {
      lines.append(bytes[start...index])
      start = index + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }
}
