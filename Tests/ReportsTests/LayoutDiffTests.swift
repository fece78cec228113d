import PlanText
import Redaction
import Reports
import Testing

@Suite("What a layout changes")
struct LayoutDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    LayoutDiff.text(
      from: SourceText(name: "plan.yaml", text: old), to: SourceText(name: "plan.yaml", text: new),
      hiding: hiddenText(in:))
  }

  @Test("Line ends that change are told once and are no change of any line")
  func lineEnds() {
    #expect(
      diff("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n")
        == "plan.yaml: 2 lines end with CR LF and get LF. Nothing else changes.\n")
    #expect(
      diff("a: 1\r\n", "a: 1\n")
        == "plan.yaml: 1 line ends with CR LF and gets LF. Nothing else changes.\n")
  }

  @Test("What else changes is shown behind it, and only that")
  func otherChanges() {
    let text = diff("a:  1\r\nb: 2\r\nc: 3\r\n", "a: 1\nb: 2\nc: 3\n")
    #expect(
      text.hasPrefix("plan.yaml: 3 lines end with CR LF and get LF. What else changes is below"))
    #expect(text.hasSuffix("\n@@ -1,3 +1,3 @@\n-a:  1\n+a: 1\n b: 2\n c: 3\n"))
    #expect(!text.contains("\r"))
  }

  @Test("Without such line ends, and where the new text has them too, it is the plain difference")
  func plain() {
    #expect(diff("a:  1\n", "a: 1\n").hasPrefix("--- a/plan.yaml\n"))
    #expect(diff("a: 1\n", "a: 1\n") == "")
    #expect(diff("a: 1\r\n", "a: 1\r\n") == "")
    #expect(diff("a:  1\r\n", "a: 1\r\n").contains("+a: 1\r\n"))
  }
}
