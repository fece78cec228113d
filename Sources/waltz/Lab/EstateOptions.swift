import ArgumentParser
import Estate
import EstateScenarios
import PlanText
import PlanWorkspace
import RotationGraph
import WorkingTree

/// What kind of estate a lab has.
struct EstateOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The scenario of the estate.", valueName: "file"))
  var scenario: String?

  @Option(help: "The seed of the estate.")
  var seed: Int64 = 0

  /// The files that are named, for whoever looks which of them is standard input.
  var paths: [String] { scenario.map { [$0] } ?? [] }

  /// The scenario; an ordinary week where none is named. What is wrong with it goes to standard error.
  ///
  /// - Throws: ``ExitStatus/findings`` where it cannot be used.
  func scenario(
    for graph: SealedGraph, _ access: PlanAccessOptions, color: ColorChoice
  ) throws -> Scenario {
    guard let scenario else { return Scenario() }
    let text = try NamedScenario.read(scenario, for: graph.graph.plan, access, color: color).text
    var sources = SourceMap()
    let source = SourceText(name: scenario, bytes: text)
    guard let found = readScenario(source, id: sources.add(source)).scenario else {
      throw ExitStatus.findings
    }
    return found
  }
}
