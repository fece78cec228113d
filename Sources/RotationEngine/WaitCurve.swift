/// How the clients of a wait adopted over time, thinned so that it takes the same room however long the wait lasts.
///
/// It is for people to look at; nothing is decided by it.
package struct WaitCurve: Sendable, Equatable {
  /// One conclusive poll.
  package struct Point: Sendable, Equatable {
    /// When it was made.
    package let at: Instant

    /// The clients that had adopted.
    package let adopted: Int

    /// The clients that counted.
    package let counted: Int

    /// A poll.
    package init(at: Instant, adopted: Int, counted: Int) {
      self.at = at
      self.adopted = adopted
      self.counted = counted
    }
  }

  /// How many points are kept at most.
  package static let most = 128

  /// The points, oldest first; the first and the last poll are always among them.
  package private(set) var points: [Point] = []

  /// The least time between two points but for the last, in milliseconds.
  private(set) var spacing: Int64 = 0

  /// Nothing was counted.
  package init() {}

  /// A curve that was kept.
  init(points: [Point], spacing: Int64) {
    self.points = points
    self.spacing = spacing
  }

  /// Adds a poll, which is later than those before.
  mutating func add(_ point: Point) {
    let isClose =
      points.count > 1
      && points[points.count - 1].at.milliseconds
        - points[points.count - 2].at.milliseconds < spacing
    if isClose { points.removeLast() }
    points.append(point)
    if points.count > Self.most { thin() }
  }

  /// Leaves about half of the points.
  private mutating func thin() {
    guard let first = points.first, let last = points.last else { return }
    spacing = (last.at.milliseconds - first.at.milliseconds) / Int64(Self.most / 2) + 1
    var kept = [first]
    for point in points.dropFirst()
    where point.at.milliseconds - kept[kept.count - 1].at.milliseconds >= spacing {
      kept.append(point)
    }
    if kept.last != last { kept.append(last) }
    points = kept
  }
}
