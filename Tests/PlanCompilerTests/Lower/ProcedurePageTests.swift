import Foundation
import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("docs/PROCEDURE.md says what the lowering does")
struct ProcedurePageTests {
  /// The cells of the page's table of actions, without backquotes: action, target, effect class, what takes
  /// it back, channel, when clients depend on it.
  private static let rows: [[String]] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = root.appending(path: "docs/PROCEDURE.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("| `") }
      .map { line in
        line.split(separator: "|").map {
          $0.replacing("`", with: "").trimmingCharacters(in: .whitespaces)
        }
      }
      .filter { $0.count == 6 && Action(rawValue: $0[0]) != nil }
  }()

  @Test("The table of actions has all that stand in graphs, as they are")
  func actions() {
    let back: Set<Action> = [.restoreCertificate, .discardBackup, .discardDatabaseBackup]
    let inGraphs = Action.allCases.filter { !back.contains($0) }
    #expect(Self.rows.map { $0[0] } == inGraphs.map(\.rawValue))
    for (row, action) in zip(Self.rows, inGraphs) {
      #expect(row[2] == action.effect.rawValue, "\(action)")
      let reversal = action.isPointOfNoReturn ? "point of no return" : action.reversal?.rawValue
      #expect(row[3] == reversal ?? "–", "\(action)")
      let dependence =
        switch action.protection {
        case .never: "–"
        case .always: "always"
        case .untilUpdate: "until an update"
        case .onceFailed: "once failed"
        }
      #expect(row[5] == dependence, "\(action)")
    }
  }

  @Test(
    "The table of actions has the targets and channels of a plan with an API",
    arguments: Method.allCases)
  func targetsAndChannels(method: Method) throws {
    var plan = RotationShape.twoSites.plan
    plan.strategy.method = Located(method)
    for site in plan.sites.indices {
      plan.sites[site].api = SiteAPI(
        url: Located("https://p:8446"), username: Located("u"), password: Located(.environment("P"))
      )
    }
    let rows = Dictionary(uniqueKeysWithValues: Self.rows.map { ($0[0], $0) })
    let graph = lower(plan)
    try #require(!graph.steps.isEmpty)
    for step in graph.steps {
      let row = try #require(rows[step.action.rawValue], "\(step.action)")
      let target =
        switch step.target {
        case .site: "site"
        case .server: "server"
        case .partnership: "partnership"
        }
      #expect(row[1].split(separator: ", ").contains(target[...]), "\(step.action)")
      #expect(row[4] == step.channel.rawValue, "\(step.action)")
    }
  }
}
