import Foundation
import TestSupport
import Testing

@Suite("Evidence packs of runs", .timeLimit(.minutes(10)))
struct EvidenceTests {
  /// The commands of a pack's VERIFY.md, as they stand there, in one script.
  private static func commands(in folder: String) throws -> String {
    let guide = try String(contentsOfFile: folder + "/VERIFY.md", encoding: .utf8)
    let blocks = guide.components(separatedBy: "```sh\n").dropFirst()
    return try blocks.map { block in
      try #require(block.components(separatedBy: "```").first)
    }.joined()
  }

  @Test("A pack is sound by verify and by its own commands, and what is altered is named by both")
  func pack() async throws {
    let desk = try Desk()
    #expect(try await desk.simulate(Repository.oneServer).status == 0)
    #expect(try await desk.shell("ssh-keygen -q -t ed25519 -N '' -f key").status == 0)
    let pack = desk.folder + "/pack"
    let made = try await desk.onState(
      "report", "--format", "evidence", "-o", pack, "--sign", desk.folder + "/key")
    #expect(made.status == 0, "\(made)")
    let again = try await desk.onState("report", "--format", "evidence", "-o", pack)
    #expect(again.status == 2 && again.errors.contains("is not empty"))
    let sound = try await desk.waltz("verify", pack)
    #expect(sound.status == 0 && sound.output.contains("nothing altered"), "\(sound)")
    #expect(sound.output.contains("signed"))

    let script = try Self.commands(in: pack)
    try script.write(toFile: desk.folder + "/check.sh", atomically: true, encoding: .utf8)
    let checked = try await desk.shell("cd pack && sh -e ../check.sh")
    #expect(checked.status == 0 && checked.output.isEmpty, "\(checked)")

    for name in try FileManager.default.contentsOfDirectory(atPath: pack) {
      let file = "\(pack)/\(name)"
      guard let whole = FileManager.default.contents(atPath: file), !whole.isEmpty else { continue }
      var flipped = whole
      flipped[flipped.count / 2] ^= 1
      try flipped.write(to: URL(fileURLWithPath: file))
      let found = try await desk.waltz("verify", pack)
      #expect(found.status == 1 && found.output.contains(name), "\(name): \(found)")
      let commands = try await desk.shell("cd pack && sh -e ../check.sh")
      #expect(commands.status != 0, "\(name): \(commands)")
      #expect(
        (commands.output + commands.errors).contains(name) || name == "SHA256SUMS.sig",
        "\(commands)")
      try whole.write(to: URL(fileURLWithPath: file))
    }
    #expect(try await desk.waltz("verify", pack).status == 0)
  }
}
