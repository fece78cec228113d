import PlanText
import RotationEngine

extension RunReportDocument {
  /// Whether the run was made of a sealed graph, so that there is no text of a plan.
  var isOfGraph: Bool { report.state.start?.provenance?.source == .graph }

  /// Who approved the graph, in the first lines.
  func approvedWords(_ provenance: RunProvenance) -> Phrase {
    let approvers = provenance.approvers
    if !approvers.isEmpty { return "by \(Phrase.list(approvers))" }
    return provenance.requiredDigest == nil
      ? "nothing was demanded of the graph" : "by its digest, which was demanded"
  }

  /// What was demanded of the graph before the run started, and who had signed it.
  var approvals: Section? {
    guard let provenance = report.state.start?.provenance else { return nil }
    let source: Phrase =
      provenance.source == .graph
      ? "The run was started from a sealed graph, as it was when it was compiled."
      : "The graph was compiled of the plan when the run was started."
    var parts: [Part] = [.paragraph(source)]
    if let digest = provenance.requiredDigest {
      parts.append(.paragraph("The digest \(digest) was demanded, and the graph has it."))
    }
    guard let demand = provenance.demand else {
      parts.append(.paragraph("No signatures were demanded.", .attention))
      return Section(id: "approvals", title: "What was approved", parts: parts)
    }
    parts.append(
      .paragraph(
        "Signatures of \(words: Wording.count(demand.signers, "signer")) were demanded, by somebody in a list of those who may sign. Signatures and list were recorded with the start of the run."
      ))
    parts.append(
      .table(
        Table(
          caption: "Who signed the graph",
          columns: [.init("Name", isProse: true), "Key", "Signature"],
          rows: demand.approvals.map {
            [Cell(Phrase.list($0.names)), "\($0.key)", "\($0.signature)"]
          })))
    return Section(id: "approvals", title: "What was approved", parts: parts)
  }
}
