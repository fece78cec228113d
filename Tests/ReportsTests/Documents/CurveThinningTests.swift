import TestSupport
import Testing

@testable import Reports

@Suite("Curves are thinned so that nobody sees it")
struct CurveThinningTests {
  private static func curve(_ random: inout SplitMix64) -> [CurveThinning.Point] {
    var (x, y) = (0, 0)
    return (0..<Int.random(in: 1...3_000, using: &random)).map { _ in
      x += random.pick([0, 0, 0, 1, 2])
      y = max(0, y + random.pick([-1, 0, 0, 0, 1, 1, 40, -30]))
      return .init(x: x, y: y)
    }
  }

  @Test("Every point lies as near to what is drawn as the tolerance says", arguments: 0..<40)
  func closeness(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let curve = Self.curve(&random)
    let thin = CurveThinning.thinned(curve, tolerance: 1)
    #expect(thin.first == curve.first && thin.last == curve.last)
    #expect(Set(thin).isSubset(of: Set(curve)))
    let farthest = curve.map { Self.distance(of: $0, from: thin) }.max() ?? 0
    // Points of one column are drawn over each other.
    #expect(farthest <= 1.001, "\(farthest)")
  }

  /// How far a point is from the nearest line of a drawn curve.
  private static func distance(
    of point: CurveThinning.Point, from drawn: [CurveThinning.Point]
  ) -> Double {
    var least = Double.infinity
    for (first, last) in zip(drawn, drawn.dropFirst() + [drawn[drawn.count - 1]]) {
      guard first.x <= point.x + 2, last.x >= point.x - 2 else { continue }
      let (dx, dy) = (Double(last.x - first.x), Double(last.y - first.y))
      let (px, py) = (Double(point.x - first.x), Double(point.y - first.y))
      let length = dx * dx + dy * dy
      let part = length > 0 ? min(max((px * dx + py * dy) / length, 0), 1) : 0
      let (ax, ay) = (px - part * dx, py - part * dy)
      least = min(least, (ax * ax + ay * ay).squareRoot())
    }
    return least
  }

  @Test("A line that a week of polls draws is a few points")
  func shortness() {
    let polls = (0..<672).map { CurveThinning.Point(x: $0, y: 100 - min($0 / 5, 90)) }
    #expect(CurveThinning.thinned(polls).count < 8)
    #expect(CurveThinning.thinned([]).isEmpty)
  }

  @Test("The data of a path leads to the same places")
  func path() {
    let points = [(0, 9), (5, 9), (5, 2), (7, 4), (9, 1)].map { CurveThinning.Point(x: $0, y: $1) }
    #expect(points.pathData == "M0 9h5v-7l2 2l2-3")
  }
}
