import Cryptography
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("HTML: text from elsewhere is text")
struct HTMLTests {
  @Test("Whatever is put among markup cannot be markup")
  func escaping() {
    let foreign = "<script>alert('x')</script> & \"quotes\"\n"
    let html: HTML = "<b title=\"\(foreign)\">\(foreign)\(7)</b>"
    let text =
      "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;&lt;0x0A&gt;"
    #expect(html.text == "<b title=\"\(text)\">\(text)7</b>")
  }

  @Test("Lines keep their ends and tabs, and nothing else that does not show")
  func lines() {
    #expect(HTML(foreignLines: "a: <b>\n\tc\u{202E}\n").text == "a: &lt;b&gt;\n\tc&lt;U+202E&gt;\n")
  }

  @Test(
    "A page with hostile texts is read as the texts that they are", arguments: HostileText.seeds(50)
  )
  func hostile(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let foreign = HostileText.text(&random) + "<img src=x onerror=alert(1)>&lt;"
    let page = HTMLPage(
      language: "en", title: foreign, style: "p { margin: 0; }\n",
      body: "<p>\(foreign)</p><a href=\"#\(foreign)\">x</a>")
    let read = try HTMLReading(page.text)
    let shown = visible(foreign, unicode: false)
    #expect(read.text.contains(shown))
    #expect(read.values["href"] == ["#" + shown])
  }

  @Test(
    "A name that was put between backticks is found there again", arguments: HostileText.seeds(50))
  func marked(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (one, other) = (HostileText.text(&random), HostileText.text(&random))
    let text =
      "Of " + MarkdownText.code(one, atMost: 4_096) + " and "
      + MarkdownText.code(other, atMost: 4_096) + "."
    func shown(_ name: String) -> String {
      visible(name, unicode: false).replacing("|", with: "<0x7C>")
    }
    #expect(
      Phrase(marked: text).pieces == [
        .words("Of "), .value(shown(one)), .words(" and "), .value(shown(other)), .words("."),
      ])
    #expect(Phrase(marked: "No ``end` here").pieces == [.words("No ``end` here")])
  }

  @Test("Base64 is that of Foundation", arguments: 0..<70)
  func base64(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
    #expect(Base64.text(bytes) == Data(bytes).base64EncodedString())
  }
}
