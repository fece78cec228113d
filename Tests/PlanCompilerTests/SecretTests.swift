import PlanCompiler
import PlanText
import Reports
import Testing

@Suite("Secrets in a plan")
struct SecretTests {
  @Test(
    "A secret that is written into a plan is never shown, not even around the mistake",
    arguments: [
      "password: hunter2", "password: 'hunter2'", "password: [hunter2, hunter2]",
      "password: { value: hunter2 }", "password: |\n        hunter2",
      "{ url: 'https://h:8446', username: u, password: hunter2, bogus: 1 }",
    ])
  func neverShown(text: String) {
    let api =
      text.hasPrefix("{") ? text : "\n      url: https://h:8446\n      username: u\n      \(text)"
    let plan = """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata: { name: test }
      certificates:
        c: { pem: { certificate: c.pem, key: c.key } }
      sites:
        paris:
          api: \(api)
          servers:
            s: { address: s.example.net, certificate: c }
      """
    var sources = SourceMap()
    let source = SourceText(name: "plan.yaml", text: plan)
    let reading = checkPlans(source, id: sources.add(source))
    #expect(reading.diagnostics.hasErrors)
    let shown = DiagnosticText(sources).render(reading.diagnostics)
    #expect(!shown.contains("hunter2"), "\(shown)")
    #expect(shown.contains("***") || !shown.contains("password:"), "\(shown)")
    #expect(
      !String(decoding: diagnosticJSON(reading.diagnostics, sources: sources), as: UTF8.self)
        .contains("hunter2"))
  }
}
