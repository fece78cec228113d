import CanonicalJSON
import EstateScenarios
import Foundation
import PlanCompiler
import Testing

@Suite("The JSON Schemas of plans and scenarios") struct SchemaTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "schemas")

  /// The files with what the declarations print.
  private static let schemas = [
    "rotation-plan.schema.json": rotationPlanSchema(),
    "rotation-plan-overlay.schema.json": rotationPlanOverlaySchema(),
    "estate-scenario.schema.json": estateScenarioSchema(),
  ]

  @Test("A file in schemas/ is what its declaration prints", arguments: schemas.keys.sorted())
  func isCurrent(name: String) throws {
    let printed = Data(try #require(Self.schemas[name]))
    let file = Self.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
      try printed.write(to: file)
      Issue.record("The schema was written anew; run again without UPDATE_SNAPSHOTS.")
      return
    }
    let isCurrent = try Data(contentsOf: file) == printed
    #expect(
      isCurrent,
      "Run the tests with UPDATE_SNAPSHOTS=1 and commit schemas/\(name).")
  }

  @Test(
    "Every reference has its definition, and every object is closed",
    arguments: schemas.keys.sorted())
  func isWhole(name: String) throws {
    let printed = try #require(Self.schemas[name])
    let schema = try JSONValue(parsing: printed)
    #expect(schema["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
    let names = Set((schema["$defs"]?.object ?? []).map(\.name))
    func walk(_ value: JSONValue) {
      switch value {
      case .object(let members):
        if let target = value["$ref"]?.string {
          #expect(names.contains(String(target.dropFirst("#/$defs/".count))), "\(target)")
        }
        if value["type"]?.string == "object" {
          #expect(value["additionalProperties"] != nil)
        }
        for property in value["properties"]?.object ?? [] {
          #expect(property.value["description"]?.string?.isEmpty == false, "\(property.name)")
        }
        for member in members { walk(member.value) }
      case .array(let elements): for element in elements { walk(element) }
      default: break
      }
    }
    walk(schema)
  }
}
