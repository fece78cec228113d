import CanonicalJSON
import PlanModel
import RotationEngine
import Testing

@testable import Reports

@Suite("Quantities in words")
struct RunWordingTests {
  @Test(
    "Durations have at most two units",
    arguments: [
      (-5, "0s"), (0, "0s"), (59, "59s"), (60, "1m"), (3_599, "59m"), (3_600, "1h"),
      (19_200, "5h 20m"), (86_400, "1d"), (273_600, "3d 4h"), (8_640_000, "100d"),
      (8_700_000, "100d"),
    ])
  func durations(seconds: Int, words: String) {
    #expect(Wording.duration(.seconds(seconds)) == words)
  }

  @Test("Shares are rounded down, so that nothing is shown as reached before it is")
  func shares() {
    #expect(Wording.percent(Share(4_199, of: 4_200)) == "99.9%")
    #expect(Wording.percent(Share(4_200, of: 4_200)) == "100%")
    #expect(Wording.percent(Share(9_199, of: 10_000)) == "91.9%")
    let layout = TextLayout()
    #expect(ShareBar.text(Share(4_199, of: 4_200), columns: 10, layout) == "█████████░")
    #expect(ShareBar.text(Share(millionths: 1_000_000), columns: 3, layout) == "███")
  }

  @Test("Numbers are grouped and lists are short")
  func numbers() {
    #expect(
      [0, 999, 1_000, -1_234_567].map(Wording.number) == ["0", "999", "1,000", "-1,234,567"])
    #expect(Wording.list(["a", "b"]) == "a and b")
    #expect(Wording.list(["a", "b", "c"]) == "a, b and c")
    #expect(Wording.list(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more")
  }

  @Test("An id keeps its two ends")
  func ids() {
    let layout = TextLayout()
    #expect(shortenedMiddle("update-certificate/paris/sepm", to: 11, layout) == "updat…/sepm")
    #expect(shortenedMiddle("short", to: 11, layout) == "short")
  }

  @Test("A line is cut with its colours closed, and text from elsewhere moves no cursor")
  func lines() {
    var line = StyledLine("a\u{1B}[2Jb", .trouble)
    line.add(String(repeating: "x", count: 60), .good)
    let text = line.fitted(TextLayout(width: 40, color: true))
    #expect(
      text
        == "\u{1B}[1;31ma<0x1B>[2Jb\u{1B}[0m\u{1B}[32m\(String(repeating: "x", count: 28))\u{1B}[0m…"
    )
  }
}

@Suite("Evidence in words")
struct EvidenceWordsTests {
  @Test("Names of members are words, lists have commas, and members are told apart from them")
  func words() {
    let evidence = Evidence([
      .init("clientsOfVersion142", .integer(0)), .init("8443", .string("open")),
      .init("groups", .array([.string("My Company"), .string(#"My Company\Servers"#)])),
      .init("confirmedBy", .string("operator")),
    ])
    #expect(
      evidence.words(TextLayout())
        == #"clients of version 142 0; 8443 open; groups My Company, My Company\Servers; confirmed by operator"#
    )
  }
}
