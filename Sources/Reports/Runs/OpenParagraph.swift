import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// What a run has opened and not closed, in the words that all reports share.
enum OpenParagraph {
  /// Adds a heading and a sentence for each thing that is open; nothing where nothing is.
  static func add(
    _ overview: RunOverview, heading: String, atMost limit: Int = .max, to report: inout ReportText
  ) {
    let changes = overview.open
    guard !changes.isEmpty else { return }
    report.heading(heading, overview.state.status.isEnded ? .trouble : .title)
    for change in changes.prefix(limit) {
      report.prose(words(change, overview), indent: 2)
    }
    if changes.count > limit {
      report.prose("\(Wording.number(changes.count - limit)) more are open.", indent: 2)
    }
  }

  static func words(_ change: OpenChange, _ overview: RunOverview) -> String {
    let name = overview.state.graph.name(of: change.target)
    let words = OpeningWords(change.opening, of: name)
    guard change.isCertain else {
      let step = overview.state.graph.id(of: change.step)
      return "\(words.subject) \(words.possible): `\(step)` was begun and is not known to be done."
    }
    let length = overview.length(of: change).map { ", for \($0)" } ?? ""
    return "\(words.subject) \(words.certain)\(length)."
  }
}

extension RunOverview {
  /// What is open, the most exposed first. What is between two steps of one server is no news while the run
  /// goes on.
  var open: [OpenChange] {
    Opening.allCases.filter { state.status.isEnded || $0 != .certificateUnproven }
      .flatMap { opening in openChanges.filter { $0.opening == opening } }
  }

  /// How long something has been open.
  fileprivate func length(of change: OpenChange) -> String? {
    let name = state.graph.name(of: change.target)
    let seconds: Int? =
      switch change.opening {
      case .verificationOff: verificationOff.first { $0.name == name }?.seconds
      case .replicationBroken: replicationBroken.first { $0.name == name }?.seconds
      case .clientsOnHTTP:
        state.steps[change.step].startedAt.map { Int((now - $0).components.seconds) }
      case .certificateUnproven: nil
      }
    return seconds.map { Wording.duration(.seconds($0)) }
  }

  /// The sites or partnerships of which something is open for certain.
  func certain(_ opening: Opening) -> Set<String> {
    Set(
      openChanges.filter { $0.opening == opening && $0.isCertain }
        .map { state.graph.name(of: $0.target) })
  }

  /// What is open for certain, and for how long: verification first.
  var openExposures: [(words: String, exposures: [RunFigures.Exposure])] {
    let ledgers: [(Opening, [RunFigures.Exposure], String)] = [
      (.verificationOff, verificationOff, "verification off"),
      (.replicationBroken, replicationBroken, "replication broken"),
    ]
    return ledgers.compactMap { opening, exposures, words in
      guard !exposures.isEmpty else { return nil }
      let certain = certain(opening)
      let open = exposures.filter { certain.contains($0.name) }
      return open.isEmpty ? nil : (words, open)
    }
  }
}
