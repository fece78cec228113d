import PlanModel
import RotationEngine

/// The curve of a wait in one line: the height is the share from 0 to 100 %, each column the same time, from the begin
/// of the wait to its deadline; what is still to come is dotted.
enum AdoptionSparkline {
  static func line(
    _ wait: WaitOutlook, columns: Int, at now: Instant, _ layout: TextLayout
  ) -> StyledLine {
    let begin = wait.startedAt.milliseconds
    let end = max(wait.deadline.milliseconds, now.milliseconds, begin + 1)
    let levels = Array(layout.unicode ? "▁▂▃▄▅▆▇█" : "_.:-=+*#")
    var (past, next) = ("", 0)
    var point: WaitCurve.Point?
    let points = wait.curve.points
    for column in 0..<columns {
      let from = begin + (end - begin) * Int64(column) / Int64(columns)
      let until = begin + (end - begin) * Int64(column + 1) / Int64(columns)
      guard from <= now.milliseconds else { break }
      while next < points.count, points[next].at.milliseconds < until || next == 0 {
        point = points[next]
        next += 1
      }
      guard let point, point.counted > 0 else {
        past += " "
        continue
      }
      past.append(levels[min(point.adopted * (levels.count - 1) / point.counted, levels.count - 1)])
    }
    var line = StyledLine()
    line.add(past, wait.missing == 0 && wait.share != nil ? .good : .waiting)
    let rest = String(repeating: layout.sign("·", "'"), count: columns - past.count)
    line.add(rest, .faint)
    return line
  }
}
