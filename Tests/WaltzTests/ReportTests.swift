import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Reports of runs", .timeLimit(.minutes(10)))
struct ReportTests {
  @Test("Every format of a finished run, on standard output and in a file, is the same twice")
  func finished() async throws {
    let desk = try Desk()
    #expect(try await desk.simulate(Repository.oneServer).status == 0)
    for (format, beginning) in [
      ("html", "<!DOCTYPE html>"), ("markdown", "# Run `one-server-1`: succeeded"), ("json", "{"),
    ] {
      let printed = try await desk.onState("report", "one-server-1", "--format", format)
      #expect(printed.status == 0 && printed.errors.isEmpty, "\(printed)")
      #expect(printed.output.lowercased().hasPrefix(beginning.lowercased()), "\(format)")
      #expect(printed.output.contains("one-server-1"))
      // The only run is meant where none is named; a file that is there is written anew.
      for _ in 0..<2 {
        let written = try await desk.onState("report", "--format", format, "-o", "report.\(format)")
        #expect(written.status == 0 && written.output.isEmpty, "\(written)")
        #expect(written.errors.hasPrefix("report.\(format): "), "\(written)")
        #expect(try desk.place.text(of: "report.\(format)") == printed.output, "\(format)")
      }
    }
    let plain = try await desk.onState("report")
    #expect(try desk.place.text(of: "report.html") == plain.output)
    #expect(!plain.output.contains("<script"))
    let json = try await desk.onState("report", "--format", "json").json()
    #expect(json["ended"]?.bool == true && json["status"]?.string == "succeeded")
    #expect(json["provenance"] == .null)
  }

  @Test("A run under way is reported as far as it came, and what is asked of people is said")
  func underWay() async throws {
    let desk = try Desk()
    let rests = try await desk.simulate(Repository.oneServer, "--until", "waiting")
    #expect([10, 11].contains(rests.status), "\(rests)")
    let json = try await desk.onState("report", "--format", "json").json()
    #expect(json["ended"]?.bool == false)
    let head = try #require(json["head"])
    let kept = "\(head["sequence"]?.integer ?? 0):\(head["hash"]?.string ?? "")"
    let markdown = try await desk.onState("report", "--format", "markdown")
    #expect(markdown.status == 0 && markdown.output.contains("Where it stands"), "\(markdown)")
    let pack = desk.folder + "/pack"
    #expect(try await desk.onState("report", "--format", "evidence", "-o", pack).status == 0)
    #expect(try await desk.waltz("verify", pack, "--expect", kept).status == 0)

    #expect(try await desk.onState("resume").status == 0)
    // What was reported is part of what came: the journal still has that event.
    #expect(try await desk.onState("verify", "one-server-1", "--expect", kept).status == 0)
    let later = try await desk.onState("report", "--format", "json").json()
    #expect(later["ended"]?.bool == true)
  }

  @Test("Where there is no such run, or nowhere to write, it is said, and nothing is written")
  func refusals() async throws {
    let desk = try Desk()
    let none = try await desk.onState("report")
    #expect([2, 3].contains(none.status) && none.output.isEmpty, "\(none)")
    #expect(try await desk.simulate(Repository.oneServer).status == 0)
    let unknown = try await desk.onState("report", "emea-9", "-o", "report.html")
    #expect(unknown.status == 2 && unknown.errors.contains("emea-9"), "\(unknown)")
    #expect(!desk.place.holds("report.html"))
    let nowhere = try await desk.onState("report", "-o", "no/such/folder/report.html")
    #expect(nowhere.status == 3 && nowhere.errors.contains("no/such/folder"), "\(nowhere)")
    let folder = try await desk.onState("report", "-o", ".")
    #expect(folder.status != 0, "\(folder)")
    for wrong in [
      ["--format", "pdf"], ["--format", "evidence"], ["--sign", "key"],
      ["--format", "html", "--sign", "key"],
    ] {
      let refused = try await desk.waltz(["report", "--state", desk.state] + wrong)
      #expect(refused.status == 2 && refused.output.isEmpty, "\(wrong): \(refused)")
    }
    let keyless = try await desk.onState(
      "report", "--format", "evidence", "-o", "pack", "--sign", "missing-key")
    #expect(keyless.status == 3 && keyless.errors.contains("missing-key"), "\(keyless)")
    #expect(!desk.place.holds("pack"))
  }

  @Test("A pack as one archive unpacks to the same files, verifies as it is, and is written once")
  func archive() async throws {
    let desk = try Desk()
    #expect(try await desk.simulate(Repository.oneServer).status == 0)
    let (folder, file) = (desk.folder + "/pack", desk.folder + "/pack.tar")
    for place in [folder, file, desk.folder + "/again.tar"] {
      let made = try await desk.onState("report", "--format", "evidence", "-o", place)
      #expect(made.status == 0, "\(made)")
    }
    let same = try await desk.shell(
      "cmp pack.tar again.tar && tar xf pack.tar && diff -r pack one-server-1")
    #expect(same.status == 0 && same.output.isEmpty, "\(same)")
    let sound = try await desk.waltz("verify", file)
    #expect(sound.status == 0 && sound.output.contains("nothing altered"), "\(sound)")
    let twice = try await desk.onState("report", "--format", "evidence", "-o", file)
    #expect(twice.status == 2 && twice.errors.contains("there already"), "\(twice)")

    // Packed by another program it is another file, which says nothing of its own bytes.
    let packed = try await desk.shell("tar cf other.tar one-server-1")
    #expect(packed.status == 0)
    let other = try await desk.waltz("verify", desk.folder + "/other.tar")
    #expect(other.status == 1, "\(other)")
    let bytes = try Data(contentsOf: URL(filePath: file))
    for place in stride(from: 0, to: bytes.count, by: bytes.count / 20) {
      var altered = bytes
      altered[place] ^= 1
      try altered.write(to: URL(filePath: desk.folder + "/altered.tar"))
      let found = try await desk.waltz("verify", desk.folder + "/altered.tar")
      #expect(
        found.status == 1 && found.output.count + found.errors.count > 0, "\(place): \(found)")
    }
  }

  @Test("A redacted pack has no name in it, is sound, and comes of the full one")
  func redacted() async throws {
    let desk = try Desk()
    let plan = try Repository.text(Repository.oneServer)
      .replacingOccurrences(of: "sepm-lyo-01.example.net", with: "sepm-canary.harbour.example")
      .replacingOccurrences(of: "sepm-lyo-01", with: "canaryserver")
      .replacingOccurrences(of: "username: rotation", with: "username: canaryadmin")
    let path = try desk.write(plan + "# Ask Commentcanary.\n", as: "plan.yaml")
    #expect([10, 11].contains(try await desk.simulate(path, "--until", "waiting").status))
    let paused = try await desk.onState(
      "pause", "one-server-1", "--note", "Notecanary of canaryserver wants it")
    #expect(paused.status == 0, "\(paused)")
    #expect(try await desk.onState("resume").status == 12)
    #expect(try await desk.onState("unpause", "one-server-1").status == 0)
    #expect(try await desk.onState("resume").status == 0)
    let (full, pack, file) = (
      desk.folder + "/full", desk.folder + "/pack", desk.folder + "/pack.tar"
    )
    #expect(try await desk.onState("report", "--format", "evidence", "-o", full).status == 0)
    for place in [pack, file] {
      let made = try await desk.onState(
        "report", "--format", "evidence", "-o", place, "--redact", "names")
      #expect(made.status == 0, "\(made)")
    }
    let there = try await desk.shell("grep -rliE 'canary|harbour' full")
    #expect(there.output.contains("events.jsonl") && there.output.contains("report.html"))
    let left = try await desk.shell("grep -rliaE 'canary|harbour' pack pack.tar")
    #expect(left.output.isEmpty, "\(left)")
    for place in [pack, file] {
      let sound = try await desk.waltz("verify", place, "--full", full)
      #expect(sound.status == 0 && sound.output.contains("names are redacted"), "\(sound)")
      #expect(sound.output.contains("comes of"), "\(sound)")
    }
    let checked = try await desk.shell(
      "cd pack && awk '/^```sh/{f=1;next}/^```/{f=0}f' VERIFY.md > ../check.sh && sh -e ../check.sh"
    )
    #expect(checked.status == 0 && checked.output.isEmpty, "\(checked)")
    // The head that was told meanwhile is that of the journal, and the pack says which one it is of.
    let journal = try await desk.onState("report", "--format", "json").json()
    let head = try #require(journal["head"])
    let kept = "\(head["sequence"]?.integer ?? 0):\(head["hash"]?.string ?? "")"
    #expect(try await desk.waltz("verify", pack, "--expect", kept).status == 0)
    let whole = try await desk.waltz("verify", full, "--full", full)
    #expect(whole.status == 2, "\(whole)")
    for wrong in [["--redact", "names"], ["--format", "evidence", "-o", "x", "--redact", "all"]] {
      #expect(try await desk.waltz(["report", "--state", desk.state] + wrong).status == 2)
    }
  }
}
