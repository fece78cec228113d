import PlanSyntax
import PlanText

/// The values that overlays put in place of others, to be asked for by the places in them.
///
/// Places of values lie in each other or apart, as their nodes do: the innermost around a place is found by
/// halves, and the others are those around it.
struct ReplacedValues {
  private struct Entry {
    let replacement: SyntaxTree.Replacement
    /// The order in which it was made: of several around a place the last one counts.
    let order: Int
    /// The one around it.
    var outer: Int?
    /// The one made last of itself and those around it.
    var latest: Int
  }

  private var entries: [Entry] = []

  init(_ replacements: [SyntaxTree.Replacement]) {
    let sorted = replacements.enumerated().sorted { left, right in
      let (one, other) = (left.element.new, right.element.new)
      return (one.source.index, one.start, other.end, left.offset)
        < (other.source.index, other.start, one.end, right.offset)
    }
    entries.reserveCapacity(sorted.count)
    for (order, replacement) in sorted {
      let position = entries.count
      if let last = entries.last, last.replacement.new == replacement.new {
        // An alias put one value in two places.
        entries.removeLast()
        entries.append(
          Entry(
            replacement: replacement, order: order, outer: last.outer,
            latest: later(position - 1, order, last.outer)))
        continue
      }
      var outer = entries.indices.last
      while let around = outer, !entries[around].replacement.new.contains(replacement.new) {
        outer = entries[around].outer
      }
      entries.append(
        Entry(
          replacement: replacement, order: order, outer: outer,
          latest: later(position, order, outer)))
    }
  }

  /// The place that was replaced by the value around `place`; nil where nothing was.
  func old(around place: SourceSpan) -> SourceSpan? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      let new = entries[middle].replacement.new
      if (new.source.index, new.start) <= (place.source.index, place.start) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var around: Int? = low > 0 ? low - 1 : nil
    while let index = around, !entries[index].replacement.new.contains(place) {
      around = entries[index].outer
    }
    return around.map { entries[entries[$0].latest].replacement.old }
  }

  private func later(_ position: Int, _ order: Int, _ outer: Int?) -> Int {
    guard let outer else { return position }
    let latest = entries[outer].latest
    return entries[latest].order > order ? latest : position
  }
}

extension SyntaxTree {
  /// Diagnostics about values of overlays with the places of the values that they replaced.
  func naming(replaced diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard !replacements.isEmpty, !diagnostics.isEmpty else { return diagnostics }
    let replaced = ReplacedValues(replacements)
    return diagnostics.map { diagnostic in
      let place = diagnostic.span
      guard let old = replaced.old(around: place) else { return diagnostic }
      return diagnostic.worded(
        diagnostic.detail, help: diagnostic.help,
        related: diagnostic.related + [.init("the value that this replaces", at: old)])
    }
  }
}

extension SourceSpan {
  fileprivate func contains(_ other: SourceSpan) -> Bool {
    source == other.source && start <= other.start && other.end <= end
  }
}
