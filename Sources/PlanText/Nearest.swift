/// The one name that was probably meant; nil when none is near or two are equally near.
///
/// For a few names that are given once, such as the words of the language. Who may have to ask for many
/// names among many keeps ``NearNames``.
public func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
  var names = NearNames(candidates)
  return names.nearest(to: name)
}

/// Names of a document, among which the one is looked for that was probably meant by another.
///
/// Near is an edit distance (insertion, deletion, substitution, swap of neighbours) of at most a third
/// of the longer name, and at most three. Case counts as no difference.
///
/// One search costs as much as there are names, and as many can be wanted as there are mistakes: whoever
/// renames a section misspells every reference to it. So searches are made until they have looked at so many
/// names together as ``budget`` says, and none are made after that: the first suggestions show what is
/// meant, and the time does not grow with the square of the document.
public struct NearNames: Sendable {
  /// The names that are looked at where a caller says nothing else: for a thousand names two hundred searches.
  public static let standardBudget = 200_000

  /// How many names may still be looked at; a search that has begun is ended.
  public private(set) var budget: Int

  /// Whether no more searches are made.
  public var isSpent: Bool { budget <= 0 }

  private var names: [String]

  /// The names without case as far as a search has needed them; empty for those that are too long.
  private var folded: [[Unicode.Scalar]] = []

  /// Longer names are near to none.
  private static let longest = 64

  private static let furthest = 3

  /// Names in the order in which they are declared.
  public init(
    _ names: some Sequence<String>, budget: Int = NearNames.standardBudget
  ) {
    self.names = Array(names)
    self.budget = budget
  }

  /// The one name that was probably meant, as ``nearest(to:)`` says it, where many lists of names share a budget.
  package func nearest(to name: String, within budget: inout Int) -> String? {
    var names = self
    names.budget = budget
    defer { budget = names.budget }
    return names.nearest(to: name)
  }

  /// Prepares the names for searches: for a list that is kept and searched in copies.
  package mutating func prepare() {
    for name in names[folded.count...] { folded.append(Self.folded(name) ?? []) }
  }

  /// Adds a name.
  public mutating func append(_ name: String) {
    names.append(name)
  }

  /// The one name that was probably meant; nil when none is near, when two are equally near, and once the
  /// budget is spent.
  public mutating func nearest(to name: String) -> String? {
    var best: (name: String, distance: Int)?
    var isTied = false
    search(for: name) { other, distance in
      guard let known = best, known.distance <= distance else {
        best = (other, distance)
        isTied = false
        return distance
      }
      if distance == known.distance, other != known.name { isTied = true }
      return known.distance
    }
    return isTied ? nil : best?.name
  }

  /// Whether any of the names is near; true, since it may be, once the budget is spent.
  public mutating func mayMean(_ name: String) -> Bool {
    guard !isSpent else { return !names.isEmpty }
    var isNear = false
    search(for: name) { _, _ in
      isNear = true
      return -1
    }
    return isNear
  }

  /// Calls `found` for every near name with its distance; it says how far the next one may be away.
  private mutating func search(for name: String, found: (String, Int) -> Int) {
    guard !isSpent, let wanted = Self.folded(name) else { return }
    prepare()
    var rows = EditRows(count: Self.longest + 1)
    var reach = Self.furthest
    for (index, other) in folded.enumerated() where !other.isEmpty {
      guard reach >= 0 else { return }
      budget -= 1
      let limit = min(reach, max(1, max(wanted.count, other.count) / 3))
      guard abs(other.count - wanted.count) <= limit,
        let distance = rows.distance(wanted, other, limit: limit)
      else { continue }
      reach = found(names[index], distance)
    }
  }

  private static func folded(_ name: String) -> [Unicode.Scalar]? {
    // A scalar is at most four bytes, so that a text of megabytes is not looked at.
    guard name.utf8.count <= 4 * longest else { return nil }
    let scalars = Array(name.lowercased().unicodeScalars)
    return scalars.isEmpty || scalars.count > longest ? nil : scalars
  }
}

/// The rows of the table of edit distances, made once for a search.
private struct EditRows {
  private var beforeLast: [Int]
  private var last: [Int]
  private var current: [Int]

  init(count: Int) {
    beforeLast = Array(repeating: 0, count: count)
    last = beforeLast
    current = beforeLast
  }

  /// The distance between two texts; nil where it is over `limit`, which is seen early.
  mutating func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int) -> Int? {
    // What is further from the diagonal than the limit can be on no path within it.
    let far = limit + 1
    for column in 0...right.count { last[column] = min(column, far) }
    var leastOfLast = 0
    for (row, scalar) in left.enumerated() {
      current[0] = min(row + 1, far)
      let first = max(0, row - limit)
      let end = min(right.count, row + limit + 1)
      if first > 0 { current[first] = far }
      var least = first == 0 ? current[0] : far
      for column in first..<max(first, end) {
        let other = right[column]
        var cost = min(
          last[column + 1] + 1, current[column] + 1, last[column] + (scalar == other ? 0 : 1))
        if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current[column + 1] = min(cost, far)
        least = min(least, cost)
      }
      if end < right.count { current[end + 1] = far }
      // A swap goes back by two rows.
      guard min(least, leastOfLast + 1) <= limit else { return nil }
      leastOfLast = least
      (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }
}
