import CanonicalJSON
import PlanText
import Reports
import TestSupport
import Testing

@Suite("What may be printed")
struct PrintoutTests {
  @Test("Waltz's own words stay; strings among them are made visible and end no line")
  func interpolation() {
    let name = "a\nnothing altered\u{1B}[8m"
    let printout: Printout = "\(name): \(3) records\n"
    #expect(printout.text == "a<0x0A>nothing altered<0x1B>[8m: 3 records\n")
    #expect(Printout("\("::error::x") y").text == "<0x3A>:error::x y")
    #expect(Printout("\("a\n", unicode: true)b").text == "a␊b")
    #expect(Printout("").isEmpty)
  }

  @Test("Of a report the lines stay, with tabs and the line ends of Windows")
  func report() {
    for text in [
      "", "a", "a\n", "\n\n", "a\tb\r\nc\n", "── … ⚠\n", "## a\n", "a ::b\n", "  ::: a.yaml:1\n",
      "👩‍💻 ⚠️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿\n",
    ] {
      #expect(Printout(report: text).text == text)
    }
    #expect(
      Printout(report: "a\rb\n \t::error::x\n##vso[x\n\u{85}\u{FE0F}\n").text
        == "a<0x0D>b\n \t<0x3A>:error::x\n#<0x23>vso[x\n<U+0085><U+FE0F>\n")
    #expect(Printout(report: "🏴\u{E0041}\u{E0042}").text == "🏴<U+E0041><U+E0042>")
    // A digit is an emoji in a keycap only.
    #expect(Printout(report: "1\u{FE0F} 1\u{FE0E}").text == "1<U+FE0F> 1<U+FE0E>")
    #expect(Printout(report: "1\u{FE0F}\u{20E3}").text == "1\u{FE0F}\u{20E3}")
  }

  @Test("Of colours those stay that Waltz uses, where it uses any")
  func colours() {
    let text = "\u{1B}[1;31mred\u{1B}[0m \u{1B}[8mhidden\u{1B}[1m\u{1B}]0;x\u{1B}[2J\u{1B}"
    #expect(
      Printout(report: text, color: true).text
        == "\u{1B}[1;31mred\u{1B}[0m <0x1B>[8mhidden\u{1B}[1m<0x1B>]0;x<0x1B>[2J<0x1B>")
    #expect(!Printout(report: text).text.contains("\u{1B}"))
  }

  @Test("Every colour of every report passes")
  func palette() throws {
    let story = try RunStory.failed()
    for state in [story.state, try RunStory.midway().state] {
      let layout = TextLayout(width: 100, color: true)
      let text = RunStatusText.text(run: "r-1", state: state, now: story.now, layout: layout)
      #expect(text.contains("\u{1B}["))
      #expect(Printout(report: text, color: true).text == text)
    }
  }

  @Test("Lines of any text hold nothing but text", arguments: 0..<300)
  func anyReport(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let text = HostileText.text(&random)
    let shown = Printout(report: text).text.replacing("\t", with: "").replacing("\r\n", with: "\n")
    // Its lines are taken for Waltz's own; everything else in it is not.
    let found = HostileText.forgeries(in: shown).filter { !$0.hasPrefix("a line of its own") }
    #expect(found.isEmpty, "\(shown)")
    let field = Printout("\(text) and \(text)\n").text
    #expect(HostileText.forgeries(in: field).isEmpty, "\(field)")
    #expect(field.utf8.count { $0 == 0x0A } == 1)
  }

  @Test("JSON keeps its values, and its bytes where there is nothing to escape", arguments: 0..<300)
  func json(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let value = JSONValue.object([
      .init("a", .string(HostileText.text(&random))), .init("é", .array([.integer(1), .null])),
    ])
    for indent in [0, 2] {
      var writer = JSONWriter(indent: indent)
      writer.value(value)
      let printout = Printout(json: writer.bytes)
      #expect(HostileText.forgeries(in: printout.text).isEmpty, "\(printout.text)")
      #expect(try JSONValue(parsing: printout.bytes) == value)
      // What is indented was written for people already.
      if indent > 0 { #expect(printout.bytes == writer.bytes + [0x0A]) }
    }
    let plain = "{\"a\":\"#1 [x] :: é 数\"}"
    #expect(Printout(jsonLine: Array(plain.utf8)).text == plain + "\n")
  }

  @Test("A record is one line, whatever its bytes are")
  func record() {
    let bytes = Array("::error::x\n{}\u{1B}\u{9B}##[y".utf8) + [0xFF, 0xED, 0xA0, 0x80]
    let line = Printout(jsonLine: bytes).text
    #expect(line.hasPrefix("\\u003a:error::x\\u000a{}\\u001b\\u009b#\\u0023[y\\ufffd"), "\(line)")
    #expect(HostileText.forgeries(in: line).isEmpty)
    #expect(line.utf8.count { $0 == 0x0A } == 1)
  }

  @Test("A document of the user's own stays as it is")
  func document() {
    let bytes: [UInt8] = [0x1B, 0xFF, 0x0A]
    #expect(Printout(document: bytes).bytes == bytes)
  }
}
