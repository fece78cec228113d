import CanonicalJSON
import Foundation
import PlanCompiler
import Testing

@Suite("The JSON Schema of plans") struct SchemaTests {
  private static let file = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "schemas/rotation-plan.schema.json")

  @Test("schemas/rotation-plan.schema.json is what the declaration prints")
  func isCurrent() throws {
    let printed = rotationPlanSchema()
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
      try Data(printed).write(to: Self.file)
      Issue.record("The schema was written anew; run again without UPDATE_SNAPSHOTS.")
      return
    }
    let stored = try Data(contentsOf: Self.file)
    #expect(
      stored == Data(printed),
      "Run the tests with UPDATE_SNAPSHOTS=1 and commit schemas/rotation-plan.schema.json.")
  }

  @Test("every reference has its definition, and every object is closed")
  func isWhole() throws {
    let schema = try JSONValue(parsing: rotationPlanSchema())
    #expect(schema["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
    let names = Set((schema["$defs"]?.object ?? []).map(\.name))
    #expect(!names.isEmpty)
    func walk(_ value: JSONValue) {
      switch value {
      case .object(let members):
        if let target = value["$ref"]?.string {
          #expect(names.contains(String(target.dropFirst("#/$defs/".count))), "\(target)")
        }
        if value["type"]?.string == "object" {
          #expect(value["additionalProperties"] != nil)
        }
        for property in value["properties"]?.object ?? []
        where value["required"] != nil && value["description"] == nil {
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
