import Testing

@testable import RotationEngine

@Suite("The curve of a wait")
struct WaitCurveTests {
  /// Counts a minute apart.
  private func curve(of polls: Int) -> WaitCurve {
    (0..<polls).reduce(into: WaitCurve()) {
      $0.add(
        WaitCurve.Point(
          at: Instant(milliseconds: Int64($1) * 60_000), adopted: $1, counted: polls))
    }
  }

  @Test(
    "It takes the same room for a day and for a year", arguments: [0, 1, 2, 127, 128, 129, 96_000])
  func room(polls: Int) {
    let points = curve(of: polls).points
    #expect(points.count == min(polls, points.count) && points.count <= WaitCurve.most)
    #expect(polls < WaitCurve.most ? points.count == polls : points.count >= WaitCurve.most / 3)
    #expect(points.first?.adopted == (polls > 0 ? 0 : nil))
    #expect(points.last?.adopted == (polls > 0 ? polls - 1 : nil))
  }

  @Test("Its points are in order, and about as far apart")
  func spacing() {
    let points = curve(of: 10_000).points
    let gaps = zip(points, points.dropFirst()).map { $1.at.milliseconds - $0.at.milliseconds }
    #expect(gaps.allSatisfy { $0 > 0 })
    let inner = gaps.dropLast()
    #expect((inner.max() ?? 0) <= 3 * (inner.min() ?? 0))
  }
}
