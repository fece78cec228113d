import CanonicalJSON
import Foundation
import PlanText
import PlanWorkspace
import Reports
import RotationGraph
import TestSupport
import Testing

@Suite("The steps of the plans that the repository has")
struct ShippedPlanTests {
  private static let classes: [String: String] = [
    "check-certificate": "readOnly", "check-server": "readOnly", "record-settings": "readOnly",
    "back-up-server": "idempotent", "back-up-database": "idempotent",
    "keep-recovery-file": "idempotent", "break-replication": "observable",
    "switch-clients-to-http": "observable", "disable-verification": "idempotent",
    "await-verification-disabled": "wait", "update-certificate": "observable",
    "restart-services": "observable", "verify-certificate": "readOnly",
    "renew-database-certificate": "observable", "await-certificate-received": "wait",
    "enable-verification": "idempotent", "await-verification-enabled": "wait",
    "switch-clients-to-https": "observable", "await-https-restored": "wait",
    "upgrade-server": "observable", "confirm-settings": "readOnly",
    "restore-replication": "observable", "verify-replication": "readOnly",
  ]

  @Test("The picture in the README is the one that the program draws")
  func picture() throws {
    let graph = try TestFolder().plan(Repository.quickstart).graph()
    let text = try Repository.text(Repository.root + "/README.md")
    #expect(text.contains("```mermaid\n" + PlanShowMermaid.text(of: graph) + "```\n"))
  }

  @Test("Every plan of the repository is one that the tests know")
  func plansAreKnown() {
    let names = Repository.plans.map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
    #expect(names == PlanFacts.all.map(\.plan).sorted())
  }

  @Test(
    "A plan has the steps, the order and the effect classes of the table", arguments: PlanFacts.all)
  func table(_ facts: PlanFacts) throws {
    let plan = try TestFolder().plan("\(Repository.root)/plans/\(facts.plan).yaml")
    #expect(!plan.files.diagnostics.hasErrors)
    let document = try JSONValue(parsing: Array(PlanShowJSON.text(of: plan.graph()).utf8))
    #expect(document["formatVersion"]?.string == "1.0")
    #expect(document["plan"]?["name"]?.string == facts.plan)
    #expect(document["plan"]?["digest"]?.string?.hasPrefix("sha256:") == true)

    let steps = try #require(document["steps"]?.array)
    let expected = ExpectedOrder(facts)
    let ids = steps.compactMap { $0["id"]?.string }
    #expect(ids.count == Set(ids).count)
    #expect(Set(ids) == expected.steps)

    var direct: [String: [String]] = [:]
    var seen: Set<String> = []
    for step in steps {
      let id = try #require(step["id"]?.string)
      let parents = try #require(step["dependsOn"]?.array).compactMap(\.string)
      #expect(seen.isSuperset(of: parents), "\(id) stands before a step that it waits for")
      seen.insert(id)
      direct[id] = parents
      try expectMembers(of: step, id: id)
    }
    let ancestors = ExpectedOrder.ancestors(of: Set(ids), direct)
    for (id, wanted) in expected.ancestors {
      #expect(ancestors[id] == wanted, "before \(id)")
    }
    for (id, parents) in direct {
      for parent in parents {
        let implied = parents.contains { $0 != parent && ancestors[$0]?.contains(parent) == true }
        #expect(!implied, "\(id) names \(parent), which another step it waits for implies")
      }
    }
  }

  private func expectMembers(of step: JSONValue, id: String) throws {
    let action = try #require(step["action"]?.string)
    let parts = id.split(separator: "/").map(String.init)
    #expect(action == parts[0])
    #expect(step["effect"]?.string == Self.classes[action], "\(id)")
    if parts[1].contains("+") {
      #expect(step["partnership"]?.string == parts[1])
      #expect(step["site"] == .null && step["server"] == .null)
    } else {
      #expect(step["partnership"] == .null)
      #expect(step["site"]?.string == parts[1])
      #expect(step["server"] == (parts.count > 2 ? .string(parts[2]) : .null))
    }
    #expect(["api", "command", "operator", "probe"].contains(step["channel"]?.string))
    let pointOfNoReturn = step["pointOfNoReturn"] == .bool(true)
    #expect(pointOfNoReturn || step["pointOfNoReturn"] == .bool(false))
    let reversal = try #require(step["reversal"])
    if ["idempotent", "observable"].contains(step["effect"]?.string) {
      #expect(pointOfNoReturn || reversal != .null, "\(id) cannot be taken back")
    }
  }

  @Test("The digest is the same in another folder", arguments: PlanFacts.all)
  func digestIsThatOfThePlan(_ facts: PlanFacts) throws {
    let folder = try TestFolder()
    let path = "\(Repository.root)/plans/\(facts.plan).yaml"
    _ = try folder.write(try Repository.text(path), as: "copy.yaml")
    let first = try folder.plan(path).graph()
    #expect(!first.canonicalBytes.isEmpty)
    #expect(try first.canonicalBytes == folder.plan("copy.yaml").graph().canonicalBytes)
  }
}
