import PlanSyntax
import PlanText
import Testing

@Suite("Comments")
struct CommentTests {
  private func comments(in text: String) -> [String] {
    let source = SourceText(name: "plan.yaml", text: text)
    let id = SourceID(index: 0)
    return PlanSyntax.comments(in: source, id: id, of: parseSyntax(source, id: id).documents).map {
      let found = String(
        decoding: source.bytes[Int($0.span.start)..<Int($0.span.end)], as: UTF8.self)
      return ($0.isAlone ? "alone " : "") + found
    }
  }

  @Test("are found alone, behind values, and between documents")
  func places() {
    #expect(
      comments(
        in: "# top\na: 1 # one\n  # in between\nb: [x, # item\n  y]\n--- # second\nc: &z 2\n# end")
        == ["alone # top", "# one", "alone # in between", "# item", "# second", "alone # end"])
  }

  @Test("are not found in texts, nor in words")
  func texts() {
    #expect(
      comments(
        in: "a: 'it # is'\nb: \"x # \\\" # y\"\nc: d#e\nf: http://h/#top\ng: 'two\n  # lines'\n")
        == [])
  }

  @Test("stand behind the indicators of a text block, not in its lines")
  func blocks() {
    #expect(
      comments(
        in: "a: | # why\n  # text\n  more\nb: >- # why not\n  folded # text\n# after\nc: 1\n")
        == ["# why", "# why not", "alone # after"])
  }

  @Test("end before a carriage return, and may stand behind a byte order mark")
  func lineEnds() {
    #expect(comments(in: "\u{FEFF}# top\r\na: 1 # one\r\n") == ["alone # top", "# one"])
  }

  @Test("are found once where a node is reached by an alias")
  func aliases() {
    #expect(comments(in: "a: &x { b: 1 } # one\nc: *x # two\nd: *x\n") == ["# one", "# two"])
  }
}
