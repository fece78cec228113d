import CanonicalJSON
import TestSupport
import Testing

@Suite("Instructions in the language of whoever reads them")
struct LanguageTests {
  private static let update = "update-certificate/lyon/sepm-lyo-01"

  @Test("A runbook is printed or written, in the chosen language, else in that of the locale")
  func runbook() async throws {
    let desk = try Desk()
    let plan = Repository.oneServer
    let english = try await desk.waltz("plan", "runbook", plan, "--lang", "en")
    #expect(english.status == 0 && english.errors.isEmpty, "\(english.errors)")
    #expect(english.output.hasPrefix("# Runbook: `one-server`\n"))
    #expect(english.output.contains("`\(Repository.root)/plans/certs/lyon.jks`"))
    let written = try await desk.waltz("plan", "runbook", plan, "--lang", "de", "-o", "book.md")
    #expect(written.status == 0 && written.output.isEmpty)
    #expect(written.errors.hasPrefix("book.md: "))
    let german = try Repository.text(desk.folder + "/book.md")
    #expect(german.hasPrefix("# Betriebsanleitung: `one-server`\n"))
    for (variable, value) in [("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_AT")] {
      let locale = ["LC_ALL": "", "LC_MESSAGES": "", "LANG": "C"].merging([variable: value]) { $1 }
      let found = try await desk.waltz(["plan", "runbook", plan], environment: locale)
      #expect(found.output == german, "\(variable)")
    }
    let both = try await desk.waltz(
      ["plan", "runbook", plan, "--lang", "en"], environment: ["LC_ALL": "de_DE"])
    #expect(both.output == english.output)
    #expect(try await desk.waltz("plan", "runbook", plan, "--lang", "fr").status == 2)
    #expect(try await desk.waltz("plan", "runbook", plan, "-o", plan).status != 0)
  }

  @Test("What a person does at a gate can be read beforehand, and is what the gate says")
  func explanation() async throws {
    let desk = try Desk()
    let plan = Repository.oneServer
    let explained = try await desk.waltz("plan", "explain", plan, Self.update, "--lang", "de")
    #expect(explained.status == 0)
    #expect(explained.output.contains("Serverzertifikat verwalten"))
    let scenario = try desk.write(
      """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: nobody }
      operator: { presence: absent }

      """, as: "nobody.yaml")
    let run = try await desk.waltz([
      "run", plan, "--simulate", "--scenario", scenario, "--until", "waiting", "--lang", "de",
      "--state", desk.state,
    ])
    #expect(run.status == 11, "\(run.errors)")
    let status = try await desk.onState("status", "--format", "json").json()
    let lines = status["gates"]?.array?.first?["instructions"]?.array?.compactMap(\.string) ?? []
    #expect(lines.contains { $0.contains("Sicherung und Wiederherstellung der Datenbank") })
    #expect(lines.contains { $0.hasPrefix("Daran erkennen Sie, dass es geklappt hat: ") })
  }
}
