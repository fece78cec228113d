import PlanText
import Redaction
import TestSupport
import Testing

@testable import Reports

@Suite("Unified diffs") struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    UnifiedDiff.text(
      from: SourceText(name: "plan.yaml", text: old), to: SourceText(name: "plan.yaml", text: new),
      hiding: hiddenText(in:))
  }

  @Test("Texts that are the same have none") func same() {
    #expect(diff("a\nb\n", "a\nb\n").isEmpty)
    #expect(diff("", "").isEmpty)
  }

  @Test("A change stands between three lines of context, with the numbers that patch needs")
  func change() {
    let old = (1...9).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 5\n", with: "fifth\nand more\n")
    #expect(
      diff(old, new) == """
        --- a/plan.yaml
        +++ b/plan.yaml
        @@ -2,7 +2,8 @@
         line 2
         line 3
         line 4
        -line 5
        +fifth
        +and more
         line 6
         line 7
         line 8

        """)
  }

  @Test("Ends without a line feed are said, and empty sides have line 0") func ends() {
    #expect(
      diff("a: 1", "a: 1\n") == """
        --- a/plan.yaml
        +++ b/plan.yaml
        @@ -1 +1 @@
        -a: 1
        \\ No newline at end of file
        +a: 1

        """)
    #expect(diff("", "a\n").contains("@@ -0,0 +1 @@\n+a\n"))
    #expect(diff("a\n", "").contains("@@ -1 +0,0 @@\n-a\n"))
  }

  @Test("Far changes are hunks of their own, near ones share one") func hunks() {
    let old = (1...40).map { "\($0)\n" }.joined()
    let far = old.replacing("\n3\n", with: "\nthree\n").replacing("\n30\n", with: "\nthirty\n")
    #expect(diff(old, far).split(separator: "\n").count { $0.hasPrefix("@@") } == 2)
    let near = old.replacing("\n3\n", with: "\nthree\n").replacing("\n9\n", with: "\nnine\n")
    #expect(diff(old, near).split(separator: "\n").count { $0.hasPrefix("@@") } == 1)
  }

  @Test("A literal secret shows on neither side") func secrets() {
    let old = "a:\n   password: hunter2hunter2\n"
    let text = diff(old, "a:\n  password: hunter2hunter2\n")
    #expect(text.contains("+  password: ***"))
    #expect(!text.contains("hunter2"))
    let braced = diff("password: {hunter2}\n", "password: { hunter2: }\n")
    #expect(!braced.contains("hunter2"))
  }

  @Test("Colour and drawn control characters are for terminals alone") func color() {
    let text = UnifiedDiff.text(
      from: SourceText(name: "p", text: "a\r\n"), to: SourceText(name: "p", text: "a\n"),
      hiding: hiddenText(in:), color: true)
    #expect(text.contains("\u{1B}["))
    #expect(!text.contains("\r"))
    #expect(diff("a\r\n", "a\n").contains("-a\r\n"))
  }

  @Test(
    "What the changes say turns the old lines into the new ones", arguments: 0..<40 as Range<UInt64>
  )
  func property(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = [5, 60, 900][random.below(3)]
    let old = (0..<count).map { _ in random.below(count / 2 + 1) }
    var new = old
    for _ in 0..<random.below(count) {
      let at = random.below(new.count + 1)
      switch random.below(3) {
      case 0: new.insert(random.below(count * 2), at: at)
      case 1 where at < new.count: new.remove(at: at)
      case _ where at < new.count: new[at] = random.below(count)
      default: break
      }
    }
    var result: [Int] = []
    var position = 0
    for change in LineDifference(from: old, to: new).changes {
      result += old[position..<change.old.lowerBound]
      #expect(result.count == change.new.lowerBound, "seed \(seed)")
      result += new[change.new]
      position = change.old.upperBound
    }
    result += old[position...]
    #expect(result == new, "seed \(seed)")
  }

  @Test("Texts with nothing or little in common end soon") func different() {
    let old = (0..<20_000).map { $0 }
    #expect(LineDifference(from: old, to: old.map { $0 + 20_000 }).changes.count == 1)
    let shuffled = LineDifference(from: old, to: Array(old.reversed()))
    #expect(!shuffled.changes.isEmpty)
    let every = old.map { $0 % 3 == 0 ? $0 + 50_000 : $0 }
    #expect(LineDifference(from: old, to: every).changes.count > 6_000)
  }
}
