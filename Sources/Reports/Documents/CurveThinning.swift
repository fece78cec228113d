/// Takes out of a curve what nobody sees.
enum CurveThinning {
  /// A place in a drawing, in its own units: x to the right, y downwards.
  struct Point: Hashable {
    var x: Int
    var y: Int
  }

  /// The same curve with fewer points.
  ///
  /// Of each column of the drawing the first, the least, the greatest and the last point are kept, so that no peak is
  /// lost; then those are left out without which the curve moves by no more than `tolerance` units.
  ///
  /// - Parameters:
  ///   - points: The curve, with x that never falls.
  ///   - tolerance: How far a curve may move.
  /// - Returns: The points that are left; the first and the last one always are.
  static func thinned(_ points: [Point], tolerance: Double = 1) -> [Point] {
    straightened(columns(points), tolerance)
  }

  private static func columns(_ points: [Point]) -> [Point] {
    var result: [Point] = []
    var start = points.startIndex
    while start < points.endIndex {
      var (low, high, end) = (start, start, start)
      while end < points.endIndex, points[end].x == points[start].x {
        if points[end].y < points[low].y { low = end }
        if points[end].y > points[high].y { high = end }
        end += 1
      }
      for position in Set([start, low, high, end - 1]).sorted()
      where result.last != points[position] {
        result.append(points[position])
      }
      start = end
    }
    return result
  }

  /// What Douglas and Peucker leave, without recursion.
  private static func straightened(_ points: [Point], _ tolerance: Double) -> [Point] {
    guard points.count > 2 else { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    isKept[0] = true
    isKept[points.count - 1] = true
    var open = [(0, points.count - 1)]
    while let (first, last) = open.popLast() {
      guard last - first > 1 else { continue }
      var (farthest, distance) = (first, 0.0)
      for position in first + 1..<last {
        let away = self.distance(points[position], from: points[first], to: points[last])
        if away > distance { (farthest, distance) = (position, away) }
      }
      guard distance > tolerance else { continue }
      isKept[farthest] = true
      open += [(first, farthest), (farthest, last)]
    }
    return points.indices.filter { isKept[$0] }.map { points[$0] }
  }

  /// How far a point lies from the line that joins two others, which ends at them.
  private static func distance(_ point: Point, from first: Point, to last: Point) -> Double {
    let (dx, dy) = (Double(last.x - first.x), Double(last.y - first.y))
    let (px, py) = (Double(point.x - first.x), Double(point.y - first.y))
    let length = dx * dx + dy * dy
    let part = length > 0 ? min(max((px * dx + py * dy) / length, 0), 1) : 0
    let (ax, ay) = (px - part * dx, py - part * dy)
    return (ax * ax + ay * ay).squareRoot()
  }
}

extension [CurveThinning.Point] {
  /// The curve as the data of an SVG path, with distances instead of places where that is shorter.
  var pathData: String {
    guard let first else { return "" }
    var (data, last) = ("M\(first.x) \(first.y)", first)
    for point in dropFirst() {
      let (dx, dy) = (point.x - last.x, point.y - last.y)
      data += dy == 0 ? "h\(dx)" : dx == 0 ? "v\(dy)" : "l\(dx)\(dy < 0 ? "" : " ")\(dy)"
      last = point
    }
    return data
  }
}
