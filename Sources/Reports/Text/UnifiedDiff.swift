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
  /// * `new`: The text as it would be, by the same name behind `b/`.
  /// * `hiding`: Finds what of a text nobody may see.
  /// * `context`: The unchanged lines shown around a change.
  /// * `color`: Whether to colour for a terminal; tabs and the line ends of Windows are drawn then.
  package static func text(
    from old: SourceText, to new: SourceText, hiding: SourceMap.Hiding, context: Int = 3,
    color: Bool = false
  ) -> String {
    let before = lines(of: old, hiding)
    let after = lines(of: new, hiding)
    let changes = LineDifference(from: before, to: after).changes
    guard !changes.isEmpty else { return "" }
    let palette = Palette(color: color)
    var text = palette.paint("--- \(headName("a", old))", .title) + "\n"
    text += palette.paint("+++ \(headName("b", new))", .title) + "\n"
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

  private static func headName(_ side: String, _ source: SourceText) -> String {
    let name = visible(source.name, unicode: false)
    return source.name.hasPrefix("/") ? name : "\(side)/\(name)"
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
    let isEnded = line.last == 0x0A
    var bytes = isEnded ? line.dropLast() : line
    let isOfWindows = !color && isEnded && bytes.last == 0x0D
    if isOfWindows { bytes.removeLast() }
    let text = String(decoding: bytes, as: UTF8.self)
    let shown =
      color
      ? visible(text, unicode: false)
      : text.split(separator: "\t", omittingEmptySubsequences: false)
        .map { visible(String($0), unicode: false) }.joined(separator: "\t")
    return (withoutCommand(shown) + (isOfWindows ? "\r" : ""), isEnded)
  }

  /// The lines with their feeds, hidden text masked.
  private static func lines(
    of source: SourceText, _ hiding: SourceMap.Hiding
  ) -> [ArraySlice<UInt8>] {
    let bytes = hiding(source).masking(source.bytes)
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == 0x0A {
      lines.append(bytes[start...index])
      start = index + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }
}

extension HiddenText {
  /// The source's bytes with three asterisks for what is hidden; line ends stay, so that lines keep their
  /// numbers.
  fileprivate func masking(_ bytes: [UInt8]) -> [UInt8] {
    guard !ranges.isEmpty else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    for range in ranges {
      result += bytes[position..<range.lowerBound]
      var isOpen = false
      for byte in bytes[range] {
        if byte == 0x0A || byte == 0x0D {
          result.append(byte)
          isOpen = false
        } else if !isOpen {
          result += [0x2A, 0x2A, 0x2A]
          isOpen = true
        }
      }
      position = range.upperBound
    }
    return result + bytes[position...]
  }
}
