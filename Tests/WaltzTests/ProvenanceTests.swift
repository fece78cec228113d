import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("What a run is made of, and who approved it", .timeLimit(.minutes(10)))
struct ProvenanceTests {
  /// That nothing was started: not even the state directory is there.
  private func expectRefused(
    _ outcome: Desk.Outcome, at desk: Desk, saying words: String...,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.status == 1, "\(outcome)", sourceLocation: location)
    #expect(outcome.output.isEmpty, sourceLocation: location)
    for word in words {
      #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: location)
    }
    #expect(!desk.place.holds("state"), sourceLocation: location)
  }

  @Test("A sealed graph runs without its plan, if its digest is the one that compile printed")
  func digest() async throws {
    let desk = try Desk()
    let people = try await Approvers(at: desk)
    let other = "sha256:" + String(repeating: "0", count: 64)
    expectRefused(
      try await people.run(nil, "--require-digest", other), at: desk,
      saying: "expected \(other)", "found \(people.digest)")
    // The plan is held against it in the same way.
    expectRefused(
      try await people.run(Repository.quickstart, "--require-digest", people.digest), at: desk,
      saying: "expected \(people.digest)", "found sha256:")

    let run = try await people.run(nil, "--require-digest", String(people.digest.dropFirst(7)))
    #expect(run.status == 0, "\(run)")
    let same = try await people.run(Repository.oneServer, "--require-digest", people.digest)
    #expect(same.status == 0, "\(same)")
    let events = try await desk.onState("events", "one-server-1")
    let started = try JSONValue(
      parsing: Array(events.output.utf8.prefix { $0 != UInt8(ascii: "\n") }))
    #expect(started["digest"]?.string == people.digest)
    #expect(started["provenance"]?["source"]?.string == "graph")
    #expect(started["provenance"]?["requiredDigest"]?.string == people.digest)
    #expect(try await desk.onState("verify", "one-server-1").status == 0)
  }

  @Test("Two different people have to sign where two are demanded")
  func signers() async throws {
    let desk = try Desk()
    let people = try await Approvers("alice", "bob", "alice2", at: desk)
    let (alice, bob) = (
      try await people.signature(of: "alice"), try await people.signature(of: "bob")
    )
    let second = try await people.signature(of: "alice2")
    let both = try desk.write(
      "# who may sign\n\n" + people.line("alice@example.net", key: "alice")
        + people.line("\"bob@example.net\"", #"namespaces="waltz-graph""#, key: "bob")
        + people.line("alice@example.net", key: "alice2"), as: "allowed")
    let two = ["--signed-by", both, "--signers", "2"]
    func run(_ signatures: [String], _ options: [String] = two) async throws -> Desk.Outcome {
      try await desk.waltz(
        ["run", people.graph, "--simulate", "--state", desk.state] + options
          + signatures.flatMap { ["--signature", $0] })
    }
    expectRefused(try await run([alice]), at: desk, saying: people.digest, "those of 1")
    expectRefused(try await run([alice, alice]), at: desk, saying: "those of 1")
    // One person with two keys.
    expectRefused(try await run([alice, second]), at: desk, saying: "those of 1")
    // One key under two names, in one line and in two.
    let names = try desk.write(
      people.line("alice@example.net,alias@example.net", key: "alice")
        + people.line("third@example.net", key: "alice"), as: "names")
    let again = try await people.signature(of: "alice")
    expectRefused(
      try await run([alice, again], ["--signed-by", names, "--signers", "2"]), at: desk,
      saying: "those of 1", "alias@example.net", "third@example.net")
    // A bad signature beside two good ones.
    let forged = try await people.signature(of: "bob", for: "file")
    expectRefused(try await run([alice, bob, forged]), at: desk, saying: forged)

    let started = try await run([alice, bob])
    #expect(started.status == 0, "\(started)")
    #expect(started.errors.contains("signed by alice@example.net and bob@example.net"))
  }

  @Test("A signature that is not of this graph, for this, by somebody who may, is refused")
  func signatures() async throws {
    let desk = try Desk()
    let people = try await Approvers("alice", "eve", at: desk)
    let allowed = try desk.write(people.line("alice@example.net", key: "alice"), as: "allowed")
    let good = try await people.signature(of: "alice")
    func run(
      _ signature: String, _ allowed: String, _ more: String...
    ) async throws -> Desk.Outcome {
      try await desk.waltz(
        [
          "run", people.graph, "--simulate", "--state", desk.state, "--signed-by", allowed,
          "--signature", signature,
        ] + more)
    }
    expectRefused(
      try await run(try await people.signature(of: "eve"), allowed), at: desk,
      saying: people.digest, "lets nobody with that key")
    expectRefused(
      try await run(try await people.signature(of: "alice", for: "waltz-evidence"), allowed),
      at: desk, saying: people.digest, "namespace")
    let expired = try desk.write(
      people.line("alice@example.net", #"valid-before="20200101""#, key: "alice"), as: "expired")
    expectRefused(try await run(good, expired), at: desk, saying: "expired")
    let elsewhere = try desk.write(
      people.line("alice@example.net", #"namespaces="git,file""#, key: "alice"), as: "elsewhere")
    expectRefused(try await run(good, elsewhere), at: desk, saying: "namespace")
    // A pattern names nobody.
    let anybody = try desk.write(people.line("*@example.net", key: "alice"), as: "anybody")
    expectRefused(try await run(good, anybody), at: desk, saying: "lets nobody")
    expectRefused(
      try await run(good, allowed, "--revoked-keys", desk.folder + "/alice.pub"), at: desk,
      saying: "alice.pub")
    let missing = try await run(desk.folder + "/nothing.sig", allowed)
    #expect(missing.status == 3 && !desk.place.holds("state"), "\(missing)")
    let garbage = try desk.write("no signature\n", as: "garbage.sig")
    expectRefused(try await run(garbage, allowed), at: desk, saying: people.digest)

    #expect(try await run(good, allowed).status == 0)
  }

  @Test("A signed graph that was changed by one byte is refused, wherever the byte is")
  func alteredGraph() async throws {
    let desk = try Desk()
    let people = try await Approvers("alice", at: desk)
    let allowed = try desk.write(people.line("alice@example.net", key: "alice"), as: "allowed")
    let good = try await people.signature(of: "alice")
    let bytes = try Data(contentsOf: URL(filePath: people.graph))
    for place in stride(from: 40, to: bytes.count, by: bytes.count / 12) {
      var altered = bytes
      altered[place] ^= 1
      let file = desk.folder + "/altered.json"
      try altered.write(to: URL(filePath: file))
      let outcome = try await people.run(file, "--signed-by", allowed, "--signature", good)
      // Some bytes make it no graph at all, which is said before anybody looks at signatures.
      #expect([1, 3].contains(outcome.status), "\(place): \(outcome)")
      #expect(outcome.output.isEmpty && !desk.place.holds("state"))
    }
    // One that is a graph still: a threshold that nobody approved.
    let text = try desk.place.text(of: "graph.json")
    let lower = try desk.write(
      text.replacingOccurrences(
        of: "\"adoptedMillionths\":900000", with: "\"adoptedMillionths\":800000"), as: "lower.json")
    expectRefused(
      try await people.run(lower, "--signed-by", allowed, "--signature", good), at: desk,
      saying: "no signature of the graph sha256:")
    expectRefused(
      try await people.run(lower, "--require-digest", people.digest), at: desk,
      saying: "expected \(people.digest)", "found sha256:")
  }

  @Test("A graph that another version made, or that no plan compiles to, is refused")
  func foreignGraph() async throws {
    let desk = try Desk()
    let people = try await Approvers(at: desk)
    let text = try desk.place.text(of: "graph.json")
    func altered(_ old: String, _ new: String) throws -> String {
      #expect(text.contains(old))
      return try desk.write(
        text.replacingOccurrences(of: old, with: new), as: UUID().uuidString + ".json")
    }
    let newer = try await people.run(
      try altered(#"{"formatVersion":"1.0""#, #"{"formatVersion":"2.0""#))
    #expect(newer.status == 3 && newer.errors.contains("format 2.0"), "\(newer)")
    // What this version does not know is not passed over.
    expectRefused(
      try await people.run(try altered(#"{"formatVersion":"1.0""#, #"{"formatVersion":"1.7""#)),
      at: desk, saying: "another version made it", people.digest)
    expectRefused(
      try await people.run(try altered(#","plan":{"#, #","freezes":["always"],"plan":{"#)),
      at: desk, saying: "another version made it", people.digest)
    // An address that no plan could have.
    expectRefused(
      try await people.run(try altered("sepm-lyo-01.example.net", "$(reboot)")), at: desk,
      saying: "does not run")
    // The order of the steps is proved anew.
    expectRefused(
      try await people.run(
        try altered(#""action":"enable-verification""#, #""action":"disable-verification""#)),
      at: desk, saying: "does not run")
  }

  @Test("Report, events and pack say who approved, and the pack lets it be checked")
  func evidence() async throws {
    let desk = try Desk()
    let people = try await Approvers("alice", at: desk)
    let allowed = try desk.write(people.line("alice@example.net", key: "alice"), as: "allowed")
    let signed = try await desk.shell("ssh-keygen -q -Y sign -n waltz-graph -f alice graph.json")
    #expect(signed.status == 0)
    // The signature beside the graph is the one that is meant.
    let run = try await people.run(nil, "--signed-by", allowed)
    #expect(run.status == 0, "\(run)")
    for format in ["markdown", "html", "json"] {
      let report = try await desk.onState("report", "--format", format)
      #expect(report.output.contains("alice@example.net"), "\(format)")
    }
    let pack = desk.folder + "/pack"
    #expect(try await desk.onState("report", "--format", "evidence", "-o", pack).status == 0)
    let sound = try await desk.waltz("verify", pack)
    #expect(sound.status == 0 && sound.output.contains("1 good signature"), "\(sound)")
    let checked = try await desk.shell(
      "cd pack && awk '/^```sh/{f=1;next}/^```/{f=0}f' VERIFY.md > ../check.sh && sh -e ../check.sh"
    )
    #expect(checked.status == 0 && checked.output.isEmpty, "\(checked)")
    let digest = try await desk.shell("cd pack && sha256sum graph.json | cut -d' ' -f1")
    #expect(people.digest == "sha256:" + digest.output.trimmingCharacters(in: .newlines))
    let whose = try await desk.shell(
      """
      cd pack && for s in attachments/*; do ssh-keygen -Y verify -f ../allowed -I alice@example.net \
      -n waltz-graph -s "$s" < graph.json && echo yes; done
      """)
    #expect(whose.output.contains("yes"), "\(whose)")
  }

  @Test("A rehearsal and a lab need the plan, and options that go together are named")
  func otherCommands() async throws {
    let desk = try Desk()
    let people = try await Approvers(at: desk)
    let rehearsal = try await desk.waltz("rehearse", people.graph)
    #expect(rehearsal.status == 2 && rehearsal.errors.contains("needs the plan"), "\(rehearsal)")
    let other = "sha256:" + String(repeating: "1", count: 64)
    let approved = try await desk.waltz(
      "rehearse", Repository.oneServer, "--require-digest", other)
    #expect(approved.status == 1 && approved.errors.contains(people.digest), "\(approved)")
    let lab = try await desk.waltz("run", people.graph, "--lab", desk.folder, "--state", desk.state)
    #expect(lab.status == 2 && lab.errors.contains("only onto a plan"), "\(lab)")
    for options in [
      ["--signers", "2"], ["--signature", "x"], ["--revoked-keys", "x"],
      ["--require-digest", "sha256:12"], ["--signed-by", "x", "--signers", "0"],
    ] {
      let wrong = try await desk.waltz(["run", people.graph, "--simulate"] + options)
      #expect(wrong.status == 2, "\(options): \(wrong)")
    }
  }
}
