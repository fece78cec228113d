import DocumentForm
import PlanCompiler
import PlanText
import Testing

@Suite("Forgotten spaces and quotes are named, wherever they show") struct SpacesTests {
  private static let start = CatalogueEntry.missingKey.good

  @Test("a colon without its space, as the only entry or the first of several")
  func colons() throws {
    for rest in ["", "\n    minimum:24h"] {
      expectMarked(Self.start + "waits:\n  default:\n    adopted«S016::»98%\(rest)\n")
    }
    let found = reading(Self.start + "waits:\n  default:\n    adopted:98%\n    minimum:24h\n")
    #expect(found.diagnostics.first?.help == "Write `adopted: 98%`.")
    expectMarked(Self.start + "waits:\n  default«S016::»{adopted:98%}\n")
    // What is no key of the mapping was not meant as one.
    expectMarked(Self.start + "waits:\n  default: «F003:sepm.example.net:8446»\n")
  }

  @Test("a dash without its space, before a brace, a bracket or a key")
  func dashes() {
    func marked(_ list: String) {
      expectMarked(Self.start + list + "\n")
    }
    marked("replication:\n  «S016:-»{ sites: [paris, berlin], authority: paris }")
    marked("replication:\n  «S016:-»{ sites: [paris, berlin] }")
    marked("replication:\n  «S016:-»sites: [paris, berlin]")
    marked("replication:\n  «S016:-»sites: [paris, berlin]\n    break: delete")
    for item in ["{ sites: [paris, oslo] }", "sites: [paris, oslo]"] {
      marked("replication:\n  - sites: [paris, berlin]\n  «S016:-»\(item)")
    }
    marked("strategy:\n  waves:\n    «S016:-»[paris]")
    marked("strategy:\n  waves: «F003:paris»")
  }

  @Test("an escape in double quotes that YAML knows and nobody meant") func escapes() {
    let plan = CatalogueEntry.notAPath.good.replacing("certs/paris.p12", with: "\"certs\\new.p12\"")
    let found = reading(plan).diagnostics
    #expect(found.map(\.code) == ["F018"])
    #expect(found.first?.detail.contains("'certs\\new.p12' is in double quotes") == true)
    #expect(
      found.first?.help
        == "Use single quotes, where a backslash is just a backslash: write 'certs\\new.p12'.")
  }
}
