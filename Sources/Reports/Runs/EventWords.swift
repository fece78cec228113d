import PlanModel
import RotationEngine

extension OperatorWord {
  /// `by ann: swapped in the console`; `by ann, who accepts orphans: they are switched off`.
  var words: String {
    let person = acceptsOrphans ? "by \(by), who accepts orphans" : "by \(by)"
    return note.map { "\(person): \($0)" } ?? person
  }
}

extension StepFailure.Kind {
  var words: String {
    switch self {
    case .failed: "failed"
    case .timedOut: "timed out"
    case .cancelled: "cancelled"
    case .rejected: "rejected"
    }
  }
}

extension WaitPassing {
  /// `98.2% of 4,200 adopted`.
  var words: String {
    let share = Wording.percent(Share(min(adopted, counted), of: counted))
    let text = "\(share) of \(Wording.number(counted)) adopted"
    switch ground {
    case .thresholds: return text
    case .deadline: return "\(text) at the deadline, which the plan takes as enough"
    }
  }
}

extension RunFigures {
  /// The ends of logs: what matters in one breath.
  var words: String {
    var parts = [Wording.count(sites, "site"), Wording.count(servers, "server")]
    if let clients { parts.append(Wording.count(clients, "client")) }
    if let orphans { parts.append(Wording.count(orphans, "orphan")) }
    if let latentOrphans { parts.append(Wording.count(latentOrphans, "latent orphan")) }
    parts.append("\(Wording.count(gates, "gate")) closed by people")
    for exposure in verificationOff where exposure.isOpen {
      parts.append("verification still off at \(exposure.name)")
    }
    for exposure in replicationBroken where exposure.isOpen {
      parts.append("replication still broken at \(exposure.name)")
    }
    return parts.joined(separator: ", ")
  }
}
