import ConsoleGuide
import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("A person is told what to do in the console, with the names of the plan")
struct ConsoleGuideTests {
  private static let plan = RotationPlan(
    name: Located("emea"),
    certificates: [
      CertificateSource(
        name: Located("paris-2026"), container: .pkcs12(Located("certs/paris.p12")))
    ],
    sites: ["paris", "berlin"].map { name in
      Site(
        name: Located(name),
        servers: ["a", "b"].map { letter in
          Server(
            name: Located("\(name)-\(letter)"), address: Located("\(name)-\(letter).example.net"),
            certificate: Located("paris-2026"),
            upgrade: ProductVersion("14.3.11216").map { Located($0) })
        })
    },
    partnerships: Partnership.Break.allCases.map { breaking in
      Partnership(
        sites: [Located("paris"), Located("berlin")], breaking: Located(breaking),
        authority: breaking == .delete ? Located("berlin") : nil)
    })

  private static func steps(_ action: Action) -> [Step] {
    let targets: [Target] =
      switch action.targetKind {
      case .site: [.site(1)]
      case .server: [.server(site: 1, server: 1)]
      case .partnership: [.partnership(0), .partnership(1)]
      }
    return targets.map { Step(action, on: $0, by: .operator) }
  }

  private static func lines(_ action: Action) -> [[String]] {
    let graph = StepGraph(
      plan: plan, steps: steps(action),
      dependencies: AdjacencyTable(
        offsets: Array(repeating: 0, count: steps(action).count + 1), targets: []))
    return steps(action).map { ConsoleInstructions(graph).lines(for: $0) }
  }

  @Test(
    "Every action that a person may have to do has its own words",
    arguments: Action.allCases.filter { $0.effect.isMutating })
  func ownWords(action: Action) {
    for lines in Self.lines(action) {
      #expect(!lines.isEmpty)
      for line in lines {
        #expect(!line.contains(action.rawValue), "\(action): \(line)")
        #expect(!line.contains("\n") && line.hasSuffix("."), "\(action): \(line)")
      }
      #expect(lines.contains { $0.contains("berlin") }, "\(action) names no target")
    }
  }

  @Test("An update names wizard, file and certificate; a partnership is changed on both sides")
  func names() {
    #expect(
      Self.lines(.updateCertificate) == [
        [
          "Log on to the console of site berlin as a system administrator.",
          "Admin ▸ Servers ▸ berlin-b ▸ Manage Server Certificate ▸ Update the server certificate: "
            + "PKCS#12 keystore, certs/paris.p12.",
          "The certificate is paris-2026.",
          "Do not restart anything yet: the next step does that.",
        ]
      ])
    for lines in Self.lines(.breakReplication) {
      #expect(lines.contains { $0.hasPrefix("On site paris: ") })
      #expect(lines.contains { $0.hasPrefix("On site berlin: ") })
    }
  }
}
