import Estate
import Foundation
import Lab
import PlanModel
import PlanText
import PlanWorkspace
import RotationEngine
import RotationGraph
import SEPMClient
import TestSupport
import Testing
import WorkingTree

@Suite("A plan from what a lab says")
struct PlanFromAPITests {
  private static func shipped(_ name: String) throws -> RotationPlan {
    let folder = WorkingFolder(at: try #require(FolderPath(real: Repository.root + "/plans")))
    var plan = try NamedPlan(name, named: nil, overlays: [], in: folder).graph().graph.plan
    for site in plan.sites.indices { plan.sites[site].clients = Located(60) }
    return plan
  }

  private static func inquiry(
    _ lab: RunningLab, trust: EstateInquiry.Trust
  ) throws -> EstateInquiry {
    let folder = WorkingFolder(at: try #require(FolderPath(real: lab.folder.path)))
    let world = lab.lab.world
    return EstateInquiry(
      trust: trust, patience: .seconds(1), variables: [:],
      folder: try PlanFolder(ofPlan: "-", in: folder),
      pace: { RequestPace(perMinute: 60_000, burst: 1_000) },
      localTime: { (try? world.now().milliseconds) ?? 0 })
  }

  private static func questions(_ lab: RunningLab) -> [EstateInquiry.Question] {
    lab.lab.description.sites.map { site in
      EstateInquiry.Question(
        url: site.api, username: site.username,
        password: .file("lab/\(site.name).password"))
    }
  }

  /// A lab with as many requests as anybody likes.
  private static func lab(_ plan: RotationPlan) async throws -> RunningLab {
    let start = ContinuousClock.now
    let lab = try await RunningLab(plan, uptime: { .now - start })
    _ = try await lab.ask(.fault(LabFault(.limit, number: 0)))
    return lab
  }

  @Test(
    "It names the servers, partners and databases of the plan that the lab serves",
    arguments: ["quickstart", "three-sites-in-waves", "failover-pair", "sql-express"])
  func same(_ name: String) async throws {
    let plan = try Self.shipped("\(name).yaml")
    let lab = try await Self.lab(plan)
    let questions = Self.questions(lab)
    let draft = try await Self.inquiry(lab, trust: .lab("lab/ca.pem")).draft(questions)
    let text = String(decoding: draft.text(for: "new.yaml", at: 0), as: UTF8.self)
    let path = try lab.folder.write(text, as: "new.yaml")
    let folder = WorkingFolder(at: try #require(FolderPath(real: lab.folder.path)))
    let validation = try await Validation(Validation.Request([path]), in: folder)
    #expect(!validation.fails(at: .error), "\(text)")
    let found = try NamedPlan(path, named: nil, overlays: [], in: folder).graph().graph.plan

    #expect(found.sites.map(\.name) == plan.sites.map(\.name))
    #expect(found.sites.map(\.database) == plan.sites.map(\.database))
    #expect(
      found.sites.map { Set($0.servers.map(\.name.value)) }
        == plan.sites.map { Set($0.servers.map(\.name.value)) }, "\(text)")
    #expect(
      Set(found.partnerships.map(\.name)) == Set(plan.partnerships.map(\.name)), "\(text)")
    for (site, api) in zip(found.sites, lab.lab.description.sites) {
      #expect(site.api?.url.value == api.api)
      #expect(site.servers.contains { $0.address.value == api.servers[0].address })
      #expect((40...70).contains(site.clients?.value ?? 0), "\(text)")
      guard case .fingerprint? = site.api?.trust.value else {
        Issue.record("no pin: \(text)")
        continue
      }
    }
    try await lab.stop()
  }

  @Test("Machines of a second domain are counted as well, and those with two rows once")
  func quirks() async throws {
    let lab = try await Self.lab(LabPlans.one(clients: 40))
    func text() async throws -> String {
      let draft = try await Self.inquiry(lab, trust: .lab("lab/ca.pem")).draft(Self.questions(lab))
      return String(decoding: draft.text(for: "new.yaml", at: 0), as: UTF8.self)
    }
    let plain = try await text()
    let clients = try #require(plain.firstMatch(of: /clients: [0-9]+/))
    _ = try await lab.ask(.fault(LabFault(.duplicates, number: 100)))
    let laptops = #"My Company\Laptops"#
    _ = try await lab.ask(.fault(LabFault(.secondDomain, target: "paris", group: laptops)))
    let odd = try await text()
    #expect(odd.contains("2 domains, all of which are rotated: 'Default', 'Branches'"), "\(odd)")
    #expect(odd.contains(clients.0) && !plain.contains("domains"), "\(plain)\(odd)")
    try await lab.stop()
  }

  @Test("What goes wrong is said with what to do")
  func troubles() async throws {
    let lab = try await Self.lab(LabPlans.one(clients: 20))
    let questions = Self.questions(lab)
    func expectRefusal(
      _ words: String, _ questions: [EstateInquiry.Question] = questions,
      trust: EstateInquiry.Trust = .lab("lab/ca.pem")
    ) async throws {
      do {
        _ = try await Self.inquiry(lab, trust: trust).draft(questions)
        Issue.record("\(words): nothing was refused")
      } catch let error as WorkspaceError {
        #expect(error.message.contains(words), "\(error.message)")
        #expect(!error.message.contains(lab.lab.description.sites[0].password))
      }
    }
    func question(
      url: String = lab.lab.description.sites[0].api, user: String = "rotation",
      password: SecretReference = .file("lab/paris.password")
    ) -> [EstateInquiry.Question] {
      [EstateInquiry.Question(url: url, username: user, password: password)]
    }
    _ = try lab.folder.write("wrong-password\n", as: "wrong")
    try await expectRefusal("add `--pin sha256:", trust: .system)
    let pin = try #require(Fingerprint("sha256:" + String(repeating: "ab", count: 32)))
    try await expectRefusal("say so with `--pin", trust: .fingerprints([pin]))
    try await expectRefusal("holds no certificate in PEM", trust: .authorities("wrong"))
    try await expectRefusal("Check --user and --password", question(user: "nobody"))
    try await expectRefusal("Check --user and --password", question(password: .file("wrong")))
    try await expectRefusal("variable SEPM_PASSWORD", question(password: .environment("SEPM")))
    try await expectRefusal("with HTTPS", question(url: "http://127.0.0.1:1"))
    try await expectRefusal("nothing listens", question(url: "https://127.0.0.1:1"))
    try await expectRefusal("are of one site", question() + question())
    _ = try await lab.ask(.fault(LabFault(.noRights, detail: "admin/database")))
    try await expectRefusal("role of a system administrator")
    _ = try await lab.ask(.fault(LabFault(.noRights, isOn: false)))

    // A part that cannot be read is a comment, and the others are there.
    _ = try await lab.ask(.fault(LabFault(.reset, detail: "admin/database")))
    _ = try await lab.ask(.fault(LabFault(.serverError, detail: "computers")))
    let draft = try await Self.inquiry(lab, trust: .lab("lab/ca.pem")).draft(questions)
    let text = String(decoding: draft.text(for: "new.yaml", at: 0), as: UTF8.self)
    for words in ["# database: sql-server", "# clients: 500", "Not known: Cannot read"] {
      #expect(text.contains(words), "\(words) is not in: \(text)")
    }
    try await lab.stop()
  }
}
