/// The one name that was probably meant; nil when none is near or two are equally near.
///
/// Near is an edit distance (insertion, deletion, substitution, swap of neighbours) of at most a third
/// of the longer name, and at most three. Case counts as no difference.
public func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars)
  guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
  var best: (name: String, distance: Int)?
  var isTied = false
  for candidate in candidates {
    let other = Array(candidate.lowercased().unicodeScalars)
    let limit = min(3, max(1, max(wanted.count, other.count) / 3))
    guard abs(other.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, other)
    guard distance <= limit else { continue }
    if let known = best {
      if distance < known.distance {
        best = (candidate, distance)
        isTied = false
      } else if distance == known.distance, candidate != known.name {
        isTied = true
      }
    } else {
      best = (candidate, distance)
    }
  }
  return isTied ? nil : best?.name
}

private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (row, scalar) in left.enumerated() {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for (column, other) in right.enumerated() {
      var cost = min(
        last[column + 1] + 1, current[column] + 1, last[column] + (scalar == other ? 0 : 1))
      if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
