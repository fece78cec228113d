import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("plan init")
struct PlanInitTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  @Test("A plan from a lab's API, with its certificates filled in, is the plan of the lab")
  func fromAPI() async throws {
    let lab = try await ServedLab(desk)
    let sites = try #require(lab.description["sites"])
    let password = try #require(sites["paris"]?["password"]?.string)
    var arguments = ["plan", "init", "new.yaml", "--user", "rotation", "--lab", "lab"]
    for site in ["paris", "berlin"] {
      let api = try #require(sites[site]?["api"]?.string)
      arguments += ["--from-api", api, "--password", "env:\(site.uppercased())_API_PASSWORD"]
    }
    let passwords = [
      "PARIS_API_PASSWORD": password,
      "BERLIN_API_PASSWORD": try #require(sites["berlin"]?["password"]?.string),
    ]
    let unset = try await desk.waltz(arguments)
    #expect(unset.status == 3 && unset.errors.contains("the variable is not set"), "\(unset)")
    #expect(!desk.place.holds("new.yaml"))
    let made = try await desk.waltz(arguments, environment: passwords)
    #expect(made.status == 0, "\(made)")
    var text = try desk.place.text(of: "new.yaml")
    #expect(text.contains("FILL IN: the new certificates") && !text.contains(password))

    let unchecked = try await desk.waltz(
      "plan", "validate", "new.yaml", "--no-files", "--format", "json")
    #expect(unchecked.status == 0, "\(unchecked)")
    #expect(try await desk.waltz("plan", "fmt", "--check", "new.yaml").status == 0)

    // What the plan asks for: one file is a PKCS #12 as it says, the other two in PEM.
    let berlin = try #require(
      text.firstRange(of: /pkcs12: certs\/berlin-2026.p12\n.*password: .*\n/))
    text.replaceSubrange(
      berlin, with: "pem: { certificate: certs/berlin.pem, key: certs/berlin.key }\n")
    text.replace("certs/paris-2026.p12", with: "certs/paris.p12")
    _ = try desk.write(text, as: "new.yaml")
    let live = try await desk.waltz(
      "plan", "validate", "new.yaml", "--live", "--lab", "lab", "--format", "json")
    #expect(live.status == 0, "\(live)")
    #expect(try live.json()["errorCount"]?.integer == 0)

    func plan(_ file: String) async throws -> JSONValue {
      try #require(try await desk.waltz("plan", "compile", file).json()["plan"])
    }
    let (found, original) = (try await plan("new.yaml"), try await plan("quickstart.yaml"))
    func servers(_ plan: JSONValue) -> [[String]] {
      (plan["sites"]?.array ?? []).map { site in
        [site["name"]?.string ?? "?"]
          + (site["servers"]?.array ?? []).compactMap { $0["name"]?.string }
      }
    }
    #expect(servers(found) == servers(original) && servers(found).count == 2)
    let partnerships = ["partnerships", "replication"].compactMap { original[$0] }
    #expect(partnerships.count == 1)
    #expect(["partnerships", "replication"].compactMap { found[$0] } == partnerships)

    let again = try await desk.waltz(arguments, environment: passwords)
    #expect(again.status == 3 && again.errors.contains("already exists"))
    #expect(try desk.place.text(of: "new.yaml") == text)
    let untrusted = try await desk.waltz(
      ["plan", "init", "-", "--from-api", try #require(sites["paris"]?["api"]?.string)]
        + ["--user", "rotation"], environment: ["SEPM_PASSWORD": password])
    #expect(untrusted.status == 3 && untrusted.output.isEmpty)
    #expect(untrusted.errors.contains("The password was not sent"), "\(untrusted)")
    let pin = try #require(untrusted.errors.firstMatch(of: /--pin (sha256:[0-9a-f]{64})/))
    let pinned = try await desk.waltz(
      ["plan", "init", "-", "--from-api", try #require(sites["paris"]?["api"]?.string)]
        + ["--user", "rotation", "--pin", String(pin.1)],
      environment: ["SEPM_PASSWORD": password])
    #expect(pinned.status == 0, "\(pinned)")
    #expect(pinned.output.contains("trust: { fingerprint: \(pin.1) }"))
    #expect(pinned.output.contains("password: { env: SEPM_PASSWORD }"))
    #expect(pinned.output.contains("FILL IN: nobody asked this site"))
    #expect(await lab.interrupt() == 0)
  }

  @Test("Arguments that make no sense are refused before anything is asked")
  func arguments() async throws {
    let api = ["--from-api", "https://127.0.0.1:1"]
    for (wrong, words) in [
      (["--user", "x"], "need --from-api"), (api, "--user"),
      (api + ["--user", "x", "--password", "secret-canary"], "takes `env:NAME`"),
      (api + ["--user", "x", "--pin", "abc"], "--pin takes"),
      (api + ["--user", "x", "--ca", "a", "--lab", "b"], "one of"),
      (api + api + ["--user", "x", "--user", "y", "--user", "z"], "Give --user once"),
      (["--from-api", "ftp://x", "--user", "x"], "with HTTPS"),
    ] {
      let outcome = try await desk.waltz(["plan", "init"] + wrong)
      #expect(outcome.status == 2 && outcome.errors.contains(words), "\(wrong): \(outcome)")
      #expect(!outcome.errors.contains("secret-canary"))
    }
    let nobody = try await desk.waltz(
      ["plan", "init", "--user", "x"] + api, environment: ["SEPM_PASSWORD": "x"])
    #expect(nobody.status == 3 && nobody.errors.contains("nothing listens"), "\(nobody)")
    #expect(!desk.place.holds("rotation.yaml"))
  }
}
