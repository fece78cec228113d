/// Which lines two texts have in common, as the runs in which they differ.
///
/// Looks for the shortest list of changes first, within a bound on the work; beyond it, lines that are
/// there once on either side are taken for fixed and the search goes on between them. What is still too
/// different is replaced as a whole. So the cost grows with the number of lines, however much differs.
struct LineDifference {
  /// Lines of the old text that lines of the new one replace; one of the two may be empty.
  struct Change: Equatable {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// The changes in order, apart from each other.
  private(set) var changes: [Change] = []

  /// How many removed and added lines are looked for in one go.
  private static let bound = 200

  /// How often lines that are there once divide what is too different.
  private static let divisions = 12

  private let old: [Int]
  private let new: [Int]

  init<Line: Hashable>(from old: [Line], to new: [Line]) {
    var numbers: [Line: Int] = [:]
    func number(_ line: Line) -> Int {
      if let known = numbers[line] { return known }
      numbers[line] = numbers.count
      return numbers.count - 1
    }
    self.old = old.map(number)
    self.new = new.map(number)
    compare(0..<old.count, 0..<new.count, divisions: Self.divisions)
  }

  private mutating func compare(_ before: Range<Int>, _ after: Range<Int>, divisions: Int) {
    var (before, after) = (before, after)
    while let left = before.first, let right = after.first, old[left] == new[right] {
      before = before.dropFirst()
      after = after.dropFirst()
    }
    while let left = before.last, let right = after.last, old[left] == new[right] {
      before = before.dropLast()
      after = after.dropLast()
    }
    if before.isEmpty && after.isEmpty { return }
    if before.isEmpty || after.isEmpty { return add(before, after) }
    if let pairs = shortest(before, after) {
      return Self.join(pairs, before, after) { add($0, $1) }
    }
    let anchors = divisions > 0 ? uniqueLines(before, after) : []
    if anchors.isEmpty { return add(before, after) }
    Self.join(anchors, before, after) { compare($0, $1, divisions: divisions - 1) }
  }

  /// Calls `body` for what lies between common lines.
  private static func join(
    _ pairs: [(old: Int, new: Int)], _ before: Range<Int>, _ after: Range<Int>,
    _ body: (Range<Int>, Range<Int>) -> Void
  ) {
    var left = before.lowerBound
    var right = after.lowerBound
    for pair in pairs {
      if left < pair.old || right < pair.new { body(left..<pair.old, right..<pair.new) }
      left = pair.old + 1
      right = pair.new + 1
    }
    if left < before.upperBound || right < after.upperBound {
      body(left..<before.upperBound, right..<after.upperBound)
    }
  }

  private mutating func add(_ before: Range<Int>, _ after: Range<Int>) {
    if let last = changes.last, last.old.upperBound == before.lowerBound,
      last.new.upperBound == after.lowerBound
    {
      changes[changes.count - 1] = Change(
        old: last.old.lowerBound..<before.upperBound, new: last.new.lowerBound..<after.upperBound)
    } else {
      changes.append(Change(old: before, new: after))
    }
  }

  /// The lines in common with the fewest changes (Myers); nil where there are more than the bound.
  private func shortest(
    _ before: Range<Int>, _ after: Range<Int>
  ) -> [(old: Int, new: Int)]? {
    let width = before.count
    let height = after.count
    var furthest = [1: 0]
    var trace: [[Int: Int]] = []
    for steps in 0...min(Self.bound, width + height) {
      trace.append(furthest)
      for diagonal in stride(from: -steps, through: steps, by: 2) {
        let down = furthest[diagonal + 1] ?? -1
        let right = furthest[diagonal - 1] ?? -1
        var x = diagonal == -steps || (diagonal != steps && right < down) ? down : right + 1
        var y = x - diagonal
        while x < width, y < height, old[before.lowerBound + x] == new[after.lowerBound + y] {
          x += 1
          y += 1
        }
        furthest[diagonal] = x
        if x >= width, y >= height {
          return path(trace, width, height).map {
            (before.lowerBound + $0.0, after.lowerBound + $0.1)
          }
        }
      }
    }
    return nil
  }

  private func path(_ trace: [[Int: Int]], _ width: Int, _ height: Int) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    var x = width
    var y = height
    for steps in trace.indices.reversed() {
      let furthest = trace[steps]
      let diagonal = x - y
      let down = furthest[diagonal + 1] ?? -1
      let right = furthest[diagonal - 1] ?? -1
      let isDown = diagonal == -steps || (diagonal != steps && right < down)
      let previous = isDown ? diagonal + 1 : diagonal - 1
      let startX = steps == 0 ? 0 : furthest[previous] ?? 0
      let startY = steps == 0 ? 0 : startX - previous
      while x > startX, y > startY, x > 0, y > 0 {
        x -= 1
        y -= 1
        pairs.append((x, y))
      }
      x = startX
      y = startY
    }
    return pairs.reversed()
  }

  /// The lines that stand once on either side, as many as keep their order (patience).
  private func uniqueLines(
    _ before: Range<Int>, _ after: Range<Int>
  ) -> [(old: Int, new: Int)] {
    var places: [Int: (old: Int, new: Int, oldCount: Int, newCount: Int)] = [:]
    for index in before { places[old[index], default: (index, -1, 0, 0)].oldCount += 1 }
    for index in after where places[new[index]] != nil {
      places[new[index]]?.new = index
      places[new[index]]?.newCount += 1
    }
    let unique = before.compactMap { index -> (old: Int, new: Int)? in
      guard let place = places[old[index]], place.oldCount == 1, place.newCount == 1 else {
        return nil
      }
      return (index, place.new)
    }
    // The longest run with rising places on the other side.
    var tops: [Int] = []
    var previous = [Int](repeating: -1, count: unique.count)
    for (index, pair) in unique.enumerated() {
      var low = 0
      var high = tops.count
      while low < high {
        let middle = (low + high) / 2
        if unique[tops[middle]].new < pair.new { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = tops[low - 1] }
      if low == tops.count { tops.append(index) } else { tops[low] = index }
    }
    var result: [(old: Int, new: Int)] = []
    var index = tops.last ?? -1
    while index >= 0 {
      result.append(unique[index])
      index = previous[index]
    }
    return result.reversed()
  }
}
