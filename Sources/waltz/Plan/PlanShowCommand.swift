import ArgumentParser
import PlanWorkspace
import Reports

struct PlanShowCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
    case dot
    case mermaid
  }

  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows the steps of a plan and what each waits for.")

  @OptionGroup var plan: PlanOptions

  @Option(help: "Output format: table, json, dot or mermaid.")
  var format = Format.table

  @Flag(help: "Show every value of the plan with the file and line that it comes from.")
  var origin = false

  func validate() throws {
    if origin, format != .table, format != .json {
      throw ValidationError("--origin can be printed only as table or json.")
    }
  }

  func run() throws {
    guard !origin else { return try showOrigins() }
    let graph = try plan.read().graph()
    switch format {
    case .table:
      Terminal.output.write(
        Printout(report: PlanShowTable.text(of: graph, width: Terminal.output.width)))
    case .json: Terminal.output.write(Printout(json: PlanShowJSON.text(of: graph)))
    case .dot: Terminal.output.write(Printout(report: PlanShowDOT.text(of: graph)))
    case .mermaid: Terminal.output.write(Printout(report: PlanShowMermaid.text(of: graph)))
    }
  }

  private func showOrigins() throws {
    let plan = try self.plan.read()
    let (name, origins) = try plan.origins()
    let sources = plan.files.sources
    switch format {
    case .json:
      Terminal.output.write(
        Printout(json: OriginJSON.text(of: origins, plan: name, in: sources)))
    default:
      // In a pipe nothing is cut: somebody searches it.
      let layout =
        Terminal.output.isInteractive
        ? Terminal.output.layout(self.plan.output.color)
        : TextLayout(width: 100_000, color: self.plan.output.color.applies(to: .output))
      Terminal.output.write(
        Printout(report: OriginTable.text(of: origins, in: sources, layout), color: layout.color))
    }
  }
}
