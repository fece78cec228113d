import PlanModel
import PlanText
import RotationGraph

/// One figure before and after, in words and with the difference.
struct FigureRow {
  /// What a figure measures; the raw values are members of the JSON output.
  enum Figure: String, CaseIterable {
    case sites
    case servers
    case clients
    case partnerships
    case steps
    case waits
    case gates
    case commands
    case apiSteps
    case duration
    case verificationOffLongest
    case verificationOffInTotal
    case verificationOffAtOnce
    case replicationBrokenLongest
    case replicationBrokenInTotal
    case replicationBrokenAtOnce
    case pointsOfNoReturn

    /// What people call it.
    var title: String {
      switch self {
      case .sites: "sites rotated"
      case .servers: "servers that get a certificate"
      case .clients: "clients"
      case .partnerships: "partnerships broken"
      case .steps: "steps"
      case .waits: "waits for clients"
      case .gates: "gates for a person"
      case .commands: "steps by a program"
      case .apiSteps: "steps by API"
      case .duration: "duration"
      case .verificationOffLongest: "verification off, longest site"
      case .verificationOffInTotal: "verification off, all sites"
      case .verificationOffAtOnce: "verification off at once, sites"
      case .replicationBrokenLongest: "replication broken, longest"
      case .replicationBrokenInTotal: "replication broken, all"
      case .replicationBrokenAtOnce: "replication broken at once"
      case .pointsOfNoReturn: "points of no return"
      }
    }
  }

  /// A measured figure.
  enum Measure: Equatable {
    case count(Int)
    case duration(StepDurations.Estimate)

    /// `1,200`, `14d (at worst 30d)`.
    var text: String {
      switch self {
      case .count(let count): Wording.number(count)
      case .duration(let estimate):
        estimate.worst == .zero
          ? "0"
          : "\(Wording.duration(estimate.expected)) (at worst \(Wording.duration(estimate.worst)))"
      }
    }
  }

  let figure: Figure
  let before: Measure?
  let after: Measure?

  /// The rows of two plans; a figure that is nothing on both sides is left out unless `all` are wanted.
  static func rows(
    _ before: RotationFigures?, _ after: RotationFigures?, all: Bool = false
  ) -> [FigureRow] {
    Figure.allCases.map { figure in
      FigureRow(
        figure: figure, before: before.map { measure(figure, $0) },
        after: after.map { measure(figure, $0) })
    }.filter { all || !($0.before?.isNothing ?? true && $0.after?.isNothing ?? true) }
  }

  private static func measure(_ figure: Figure, _ figures: RotationFigures) -> Measure {
    let none = StepDurations.Estimate(expected: .zero, worst: .zero)
    let counts = figures.counts
    return switch figure {
    case .sites: .count(counts.sites)
    case .servers: .count(counts.servers)
    case .clients: .count(counts.clients)
    case .partnerships: .count(counts.partnerships)
    case .steps: .count(counts.steps)
    case .waits: .count(counts.waits)
    case .gates: .count(counts.gates)
    case .commands: .count(counts.commands)
    case .apiSteps: .count(counts.apiSteps)
    case .duration: .duration(figures.duration)
    case .verificationOffLongest: .duration(figures.verificationOffLongest?.length ?? none)
    case .verificationOffInTotal: .duration(figures.verificationOffInTotal)
    case .verificationOffAtOnce: .count(figures.verificationOffAtOnce)
    case .replicationBrokenLongest: .duration(figures.replicationBrokenLongest?.length ?? none)
    case .replicationBrokenInTotal: .duration(figures.replicationBrokenInTotal)
    case .replicationBrokenAtOnce: .count(figures.brokenAtOnce)
    case .pointsOfNoReturn: .count(counts.pointsOfNoReturn)
    }
  }

  /// One line of a table: a duration has two, the likely one and the one at worst.
  struct Line {
    let title: String
    let before: String
    let after: String
    let change: String?
  }

  /// The lines of a table with these rows.
  static func lines(_ rows: [FigureRow]) -> [Line] {
    rows.flatMap { row -> [Line] in
      func line(
        _ title: String, _ part: (StepDurations.Estimate) -> Duration
      ) -> Line {
        let before = row.before?.estimate.map(part)
        let after = row.after?.estimate.map(part)
        let differs = before != after && before != nil && after != nil
        return Line(
          title: title, before: before.map(Wording.duration) ?? "",
          after: after.map(Wording.duration) ?? "",
          change: differs ? signed(before ?? .zero, after ?? .zero) : nil)
      }
      guard (row.after ?? row.before)?.estimate != nil else {
        return [
          Line(
            title: row.figure.title, before: row.before?.text ?? "", after: row.after?.text ?? "",
            change: row.change)
        ]
      }
      return [line(row.figure.title, \.expected), line(atWorst, \.worst)]
    }
  }

  /// Stands for the title of the second line of a duration.
  private static let atWorst = "… at worst"

  /// `+3`, `−2d (at worst +5d)`; nil where nothing changed or there is one plan only.
  var change: String? {
    guard before != after, let before, let after else { return nil }
    switch (before, after) {
    case (.count(let left), .count(let right)):
      return Self.signed(right >= left, Wording.number(Int((right &- left).magnitude)))
    case (.duration(let left), .duration(let right)):
      let expected = Self.signed(left.expected, right.expected)
      let worst = Self.signed(left.worst, right.worst)
      return expected == worst ? expected : "\(expected) (at worst \(worst))"
    default: return nil
    }
  }

  private static func signed(_ left: Duration, _ right: Duration) -> String {
    guard left != right else { return "±0" }
    return signed(right > left, Wording.duration(right > left ? right - left : left - right))
  }

  private static func signed(_ isMore: Bool, _ text: String) -> String {
    (isMore ? "+" : "−") + text
  }
}

extension FigureRow.Measure {
  /// The duration; nil for a count.
  fileprivate var estimate: StepDurations.Estimate? {
    switch self {
    case .count: nil
    case .duration(let estimate): estimate
    }
  }

  fileprivate var isNothing: Bool {
    switch self {
    case .count(let count): count == 0
    case .duration(let estimate): estimate.worst == .zero
    }
  }
}

/// What the durations rest on, for who reads them.
enum DurationAssumptions {
  /// One sentence each, made from the numbers that are used.
  static func sentences(waitsThatHold: Int) -> [String] {
    let gate = StepDurations.gateAnswer
    let points = StepDurations.adoption.map {
      "\($0.upTo.description) of the clients in \($0.after.planNotation)"
    }
    var sentences = [
      "Every step starts as soon as what it waits for is done; retries and weekends are not counted.",
      "A person takes up a gate within \(gate.expected.planNotation), at worst within "
        + "\(gate.worst.planNotation).",
      "A wait is expected to take its minimum, or until enough clients have come by and stayed for "
        + "'holdFor': \(points.joined(separator: ", ")).",
      "At worst a wait takes until its deadline.",
    ]
    if let holding = holding(waitsThatHold) { sentences.append(holding) }
    return sentences
  }

  /// That the worst is not the end where waits hold at their deadline; nil where none does.
  static func holding(_ waits: Int) -> String? {
    guard waits > 0 else { return nil }
    return "\(Wording.count(waits, "wait")) \(waits == 1 ? "holds" : "hold") at the deadline until "
      + "a person decides, so it may take longer than the worst case."
  }
}
