import PlanModel
import Reports
import RotationGraph
import Testing

@Suite("A step is explained")
struct GraphStepExplanationTests {
  private let sealed = GraphSamples.sealed()

  private func explain(_ id: String) throws -> String {
    try StepExplanation.text(of: id, in: sealed)
  }

  @Test("An update says what it waits for, why, how it is done and how it is undone")
  func update() throws {
    #expect(
      try explain("update-certificate/paris/s0") == """
        update-certificate/paris/s0

          Installs the new certificate with SEPM's certificate wizard, before any
          upgrade of the server.

        Waits for
          await-verification-disabled/paris
              so that no client is orphaned by the new certificate

        What waits for it
          restart-services/paris/s0

        How it is done
          By a person at the console: a gate opens, and `waltz approve` closes it once a
          probe confirms what was done.

        What a person does
          1. Log on to the console of site paris (a, port 8443) as a system
             administrator.
          2. Admin ▸ Servers ▸ s0 ▸ Manage Server Certificate ▸ Next ▸ Update the server
             certificate ▸ Next.
          3. It is certificate c of the plan. Finish the wizard.
          4. Do not restart anything yet: the next step does that. Then delete the files
             from the machine of the console.
          5. You see: the wizard says that the certificate was updated, and that the
             services have to be restarted.
          6. It worked if: Manage Server Certificate ▸ View shows the fingerprint that
             `check-certificate` of s0 found.
          7. If not: "Invalid private key file" or "Invalid keystore file": wrong
             password, another format, or an encrypted key. "Invalid certificate type,
             or invalid certificate signature algorithm": not RSA. The old certificate
             is still in use then. Do not copy files into `tomcat` or `apache` instead:
             clients would not accept what that presents.

        How it is undone
          By restore-certificate/paris/s0.

        """)
  }

  @Test("A wait says when it passes")
  func wait() throws {
    let text = try explain("await-verification-disabled/paris")
    #expect(text.contains("When 98% of the clients seen within 30d have the change"))
    #expect(text.contains("After 14d it goes on waiting and asks the operator."))
    #expect(text.contains("There is nothing to undo."))
  }

  @Test("A program is named with its arguments, an upgrade as a point of no return")
  func channels() throws {
    #expect(try explain("restart-services/paris/s0").contains("`ssh {server.address}`"))
    #expect(try explain("upgrade-server/paris/s0").contains("it is a point of no return"))
    #expect(try explain("check-server/paris/s0").contains("nothing: it can start at once"))
    #expect(
      try explain("verify-replication/berlin+paris").contains("nothing")
    )
  }

  @Test("What waits for an upgrade waits for a reason of its own")
  func upgrades() throws {
    let text = try explain("confirm-settings/paris")
    #expect(text.contains("so that what the upgrade changed is checked as well"))
    #expect(!text.contains("two servers"))
  }

  @Test("Nothing is said to be undone by itself")
  func ownReversal() throws {
    let text = try explain("restart-services/paris/s0")
    #expect(text.contains("By doing it again, once the step before it has been undone."))
    #expect(!text.contains("By restart-services"))
  }

  @Test("Every step of both methods is explained in lines that fit")
  func all() throws {
    for method in Method.allCases {
      let sealed = GraphSamples.sealed(method: method)
      for step in sealed.graph.steps.indices {
        let text = try StepExplanation.text(of: sealed.graph.id(of: step), in: sealed, width: 80)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
      }
    }
  }

  @Test(
    "An unknown id is answered with the one that was meant",
    arguments: [
      ("update-certificate/paris/s9", "update-certificate/paris/s0"),
      ("update-certficate/paris/s0", "update-certificate/paris/s0"),
      ("disable-verification/pariss", "disable-verification/paris"),
      ("break-replication/paris+berlin", "break-replication/berlin+paris"),
    ])
  func unknown(_ id: String, _ meant: String) {
    let error = #expect(throws: UnknownStep.self) { try explain(id) }
    #expect(error?.suggestion == meant)
    #expect(error?.message.contains("Did you mean `\(meant)`?") == true)
  }

  @Test(
    "An action alone is answered with its steps",
    arguments: [
      (
        "verify-certificate",
        "Did you mean `verify-certificate/paris/s0` or `verify-certificate/berlin/s1`?"
      ),
      ("await-verificaton-disabled", "Did you mean `await-verification-disabled/"),
      ("update-certificate/atlantis", "Did you mean `update-certificate/paris/s0` or "),
    ])
  func action(_ id: String, _ answer: String) {
    let error = #expect(throws: UnknownStep.self) { try explain(id) }
    #expect(error?.message.contains(answer) == true, "\(error?.message ?? "")")
  }

  @Test("An id that is like none is answered with where to look")
  func nonsense() {
    let error = #expect(throws: UnknownStep.self) { try explain("zzz") }
    #expect(error?.suggestion == nil)
    #expect(error?.message.contains("waltz plan show") == true)
    #expect(throws: UnknownStep.self) { try explain("") }
  }
}
