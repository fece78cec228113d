extension CatalogueEntry {
  /// A line of an example.
  package struct ExampleLine: Sendable, Equatable {
    /// The line without its line feed.
    package let text: Substring

    /// Whether the other example lacks it: what triggers the page, or what mends it.
    package let matters: Bool
  }

  /// The lines of ``bad``.
  package var badLines: [ExampleLine] { Self.lines(of: bad, unlike: good) }

  /// The lines of ``good``.
  package var goodLines: [ExampleLine] { Self.lines(of: good, unlike: bad) }

  /// The two examples are one document with and without the mistake, so a line that only one of them has is
  /// what the page is about.
  private static func lines(of example: String, unlike other: String) -> [ExampleLine] {
    let lines = example.split(separator: "\n", omittingEmptySubsequences: false)
    let others = other.split(separator: "\n", omittingEmptySubsequences: false)
    let own = Set(
      lines.difference(from: others).insertions.map { change in
        switch change {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
      })
    return lines.indices.map { ExampleLine(text: lines[$0], matters: own.contains($0)) }
  }
}
