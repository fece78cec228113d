import TestSupport
import Testing

@Suite("The command line")
struct HelpTests {
  static let commands: [[String]] = [
    [], ["plan"], ["plan", "validate"], ["plan", "show"], ["plan", "explain"],
    ["plan", "compile"], ["plan", "fmt"], ["plan", "schema"], ["explain"], ["run"], ["resume"],
    ["status"],
    ["approve"], ["reject"], ["retry"], ["skip"], ["pause"], ["unpause"], ["resolve"], ["abort"],
    ["observe"], ["runs"], ["events"], ["verify"], ["certificate"], ["certificate", "inspect"],
  ]

  @Test("Every command explains itself", arguments: commands)
  func help(_ command: [String]) async throws {
    let shown = try await Desk().waltz(command + ["--help"])
    #expect(shown.status == 0)
    #expect(shown.output.contains("USAGE: \((["waltz"] + command).joined(separator: " "))"))
    #expect(shown.output.hasPrefix("OVERVIEW: "))
    #expect(shown.errors == "")
  }

  @Test(
    "What is not understood is a mistake in the arguments and says so on standard error",
    arguments: [
      ["frob"], ["--frob"], ["plan", "frob"], ["plan", "show"], ["run"],
      ["run", "plan.yaml", "--simulate", "--until", "never"],
      ["run", "plan.yaml", "--simulate", "--seed", "many"],
      ["run", "-"], ["run", "plan.yaml", "--simulate", "--lab", "lab"],
      ["run", "plan.yaml", "--scenario", "scenario.yaml"],
      ["observe"], ["observe", "-"], ["observe", "plan.yaml", "--once", "--for", "7d"],
      ["observe", "plan.yaml", "--every", "2h"], ["observe", "plan.yaml", "--for", "soon"],
      ["approve", "run-1"],
      ["resolve", "run-1", "step"], ["explain", "S999"], ["certificate", "inspect"],
      ["certificate", "inspect", "x.p12", "--password", "hunter2"],
    ])
  func usage(_ arguments: [String]) async throws {
    let refused = try await Desk().waltz(arguments)
    #expect(refused.status == 2)
    #expect(refused.output == "")
    #expect(refused.errors != "")
  }

  @Test("A code is found in what was pasted with it")
  func pastedCode() async throws {
    let page = try await Desk().waltz("explain", "--", " --> plan.yaml:3:1 M009 x")
    #expect(page.status == 0)
    #expect(page.output.contains("M009"))
    #expect(try await Desk().waltz("explain", "error[M999]").errors.contains("no diagnostic"))
  }

  @Test("Help for a command that is not there is a mistake, with the command that was meant")
  func unknownHelp() async throws {
    let desk = try Desk()
    for (arguments, answer) in [
      (["help", "nonsense"], "`waltz --help` lists all"), (["help", "statsu"], "`waltz status`"),
      (["help", "plan", "validat"], "`waltz plan validate`"),
      (["help", "validate"], "`waltz plan validate`"),
    ] {
      let refused = try await desk.waltz(arguments)
      #expect(refused.status == 2, "\(arguments)")
      #expect(refused.output == "", "\(arguments)")
      #expect(refused.errors.contains(answer), "\(refused.errors)")
    }
    for arguments in [["help"], ["help", "plan"], ["help", "plan", "validate"]] {
      let shown = try await desk.waltz(arguments)
      #expect(shown.status == 0 && shown.output.contains("USAGE: "), "\(arguments)")
    }
  }

  @Test("The list of exit statuses has a line for each and fits 80 columns")
  func statuses() async throws {
    let lines = try await Desk().waltz("--help").output.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.contains { $0.hasSuffix("15 held by another executor") })
  }

  @Test("Every code of the catalogue is explained")
  func catalogue() async throws {
    let desk = try Desk()
    let list = try await desk.waltz("explain")
    let codes = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(codes.count > 20)
    for code in codes.prefix(3) + codes.suffix(3) {
      let page = try await desk.waltz("explain", String(code))
      #expect(page.status == 0 && page.output.contains(code))
    }
  }
}
