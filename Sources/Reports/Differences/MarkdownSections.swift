/// A part of a comment whose lines may have to be cut.
struct MarkdownSection {
  /// What stands before the lines.
  let head: String

  /// The lines: how many, and each when it is asked for.
  let count: Int
  let line: (Int) -> String

  /// What is counted where lines are cut: `steps`.
  let noun: String

  /// What stands after the lines.
  let tail: String

  /// A table in a part of the comment that is folded until somebody opens it.
  static func folded(
    _ title: String, columns: [String], count: Int, noun: String, _ line: @escaping (Int) -> String
  ) -> MarkdownSection {
    MarkdownSection(
      head: "<details><summary>\(title)</summary>\n\n| \(columns.joined(separator: " | ")) |\n|"
        + columns.map { _ in " --- |" }.joined() + "\n",
      count: count, line: line, noun: noun, tail: "\n</details>\n\n")
  }
}

/// Lays sections out in a number of bytes: whole lines only, and where some were cut, how many.
enum MarkdownSections {
  /// Longer than any line that says how many were cut.
  private static let cutLength = 120

  /// The sections in their order. Short ones are whole as far as there is room; the longest give way.
  static func text(_ sections: [MarkdownSection], room: Int) -> String {
    let frame = sections.reduce(0) {
      $0 + $1.head.utf8.count + $1.tail.utf8.count + cutLength
    }
    var left = max(0, room - frame)
    var lines = [String](repeating: "", count: sections.count)
    let shortestFirst = sections.indices.sorted {
      (sections[$0].count, $0) < (sections[$1].count, $1)
    }
    for (done, position) in shortestFirst.enumerated() {
      let (text, _) = body(sections[position], room: left / (sections.count - done))
      lines[position] = text
      left -= text.utf8.count
    }
    return sections.indices.map { sections[$0].head + lines[$0] + sections[$0].tail }.joined()
  }

  private static func body(
    _ section: MarkdownSection, room: Int
  ) -> (text: String, shown: Int) {
    var text = ""
    for number in 0..<section.count {
      let line = section.line(number)
      guard text.utf8.count + line.utf8.count <= room else {
        let more = Wording.number(section.count - number)
        return (text + "\n\(more) more \(section.noun), see `waltz plan diff`\n", number)
      }
      text += line
    }
    return (text, section.count)
  }
}
