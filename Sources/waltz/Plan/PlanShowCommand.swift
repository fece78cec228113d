import ArgumentParser
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

  @Option(help: "How to print: table, json, dot or mermaid.")
  var format = Format.table

  func run() throws {
    let (graph, _) = try PlanFiles.compiled(plan.path, named: plan.name, color: plan.output.color)
    switch format {
    case .table:
      Terminal.output.write(PlanShowTable.text(of: graph, width: Terminal.output.width))
    case .json: Terminal.output.write(PlanShowJSON.text(of: graph))
    case .dot: Terminal.output.write(PlanShowDOT.text(of: graph))
    case .mermaid: Terminal.output.write(PlanShowMermaid.text(of: graph))
    }
  }
}
