import CanonicalJSON
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
  private func text(indent: Int = 0, _ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(indent: indent)
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("Compact bytes have no white space, and members stay in their order")
  func compact() {
    let written = text { writer in
      writer.object { writer in
        writer.member("b", 1)
        writer.member("a", "x")
        writer.member("c", orNull: nil as String?)
        writer.member("d", orNull: Int?.none)
        writer.member("e", true)
        writer.key("f")
        writer.array { writer in
          writer.integer(-5)
          writer.null()
          writer.object { _ in }
          writer.array { _ in }
        }
      }
    }
    #expect(written == #"{"b":1,"a":"x","c":null,"d":null,"e":true,"f":[-5,null,{},[]]}"#)
  }

  @Test("Indented text breaks after each element, and empty collections stay together")
  func indented() {
    let written = text(indent: 2) { writer in
      writer.object { writer in
        writer.key("list")
        writer.array { writer in
          writer.integer(1)
          writer.array { _ in }
        }
        writer.key("none")
        writer.object { _ in }
      }
    }
    #expect(
      written == """
        {
          "list": [
            1,
            []
          ],
          "none": {}
        }
        """)
  }

  @Test("Only what RFC 8259 demands is escaped, in the short form where there is one")
  func escapes() {
    let written = text { $0.string("\"\\/\u{8}\t\n\u{C}\r\u{0}\u{1F}\u{7F}é\u{2028}🎉") }
    #expect(written == #""\"\\/\b\t\n\f\r\u0000\u001f"# + "\u{7F}é\u{2028}🎉\"")
  }

  @Test(
    "Integers are decimal from end to end of their range", arguments: [Int64.min, -1, 0, 7, .max])
  func integers(_ value: Int64) {
    #expect(text { $0.integer(value) } == String(value))
  }

  @Test("Several documents stand on lines of their own")
  func lines() {
    let written = text { writer in
      writer.object { $0.member("a", 1) }
      writer.newLine()
      writer.object { $0.member("a", 2) }
      writer.newLine()
    }
    #expect(written == "{\"a\":1}\n{\"a\":2}\n")
  }
}
