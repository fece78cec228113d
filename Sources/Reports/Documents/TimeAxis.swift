import RotationEngine

/// Where instants lie in a drawing.
struct TimeAxis {
  let from: Instant
  let to: Instant
  /// The least and the greatest place.
  let left: Int
  let right: Int

  /// The place of an instant; those outside lie at the ends.
  func x(_ instant: Instant) -> Int {
    let length = to.milliseconds - from.milliseconds
    guard length > 0 else { return left }
    let away = min(max(instant.milliseconds - from.milliseconds, 0), length)
    // Half a million years of milliseconds times the width of a drawing fit.
    return left + Int((away * Int64(right - left) + length / 2) / length)
  }

  func holds(_ instant: Instant) -> Bool { from <= instant && instant <= to }
}

/// The colours of drawings: each has a contrast of 3 and more on white and on the dark page, so that a drawing is
/// the same with and without a style. What they mean is said by form and words, too.
enum DrawingColor: String {
  case curve = "#2878c8"
  case threshold = "#b8660f"
  case deadline = "#d14338"
  case person = "#8f5fd0"
  case wait = "#78828e"
  case good = "#2c8a50"
}

/// A row of a table with times: one line, with a mark for each span.
struct TimeBar {
  /// What is marked.
  struct Mark {
    let from: Instant
    let to: Instant
    let kind: Kind
  }

  /// What a mark stands for; the thicker it is, the more was done.
  enum Kind: CaseIterable {
    case wait
    case person
    case work
    case trouble
    case open

    fileprivate var color: DrawingColor {
      switch self {
      case .wait: .wait
      case .person: .person
      case .work: .curve
      case .trouble: .deadline
      case .open: .threshold
      }
    }

    /// Of ten.
    fileprivate var thickness: Int {
      switch self {
      case .wait: 2
      case .person: 6
      case .work: 8
      case .trouble: 10
      case .open: 4
      }
    }
  }

  let axis: TimeAxis
  let marks: [Mark]

  /// An axis that fits.
  static func axis(from: Instant, to: Instant) -> TimeAxis {
    TimeAxis(from: from, to: to, left: 0, right: 1_000)
  }

  /// The drawing, with one path for each kind.
  var drawing: HTML {
    var svg: HTML = """
      <svg viewBox="0 0 1000 10" preserveAspectRatio="none" width="200" height="12" aria-hidden="true">
      """
    for kind in Kind.allCases {
      var data = ""
      var end = -1
      for mark in marks where mark.kind == kind {
        // What took a second in weeks is seen all the same.
        let start = min(axis.x(mark.from), axis.right - 3)
        let width = max(axis.x(mark.to) - start, 3)
        // Marks upon each other are one.
        guard start + width > end else { continue }
        data += "M\(start) 5h\(width)"
        end = start + width
      }
      guard !data.isEmpty else { continue }
      svg += """
        <path stroke="\(kind.color.rawValue)" stroke-width="\(kind.thickness)" d="\(data)"/>
        """
    }
    return svg + "</svg>"
  }
}
