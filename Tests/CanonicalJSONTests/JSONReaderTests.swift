import CanonicalJSON
import TestSupport
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
  private func value(_ text: String) throws -> JSONValue { try JSONValue(parsing: text.utf8) }

  @Test("White space around and between is allowed")
  func whiteSpace() throws {
    #expect(
      try value(" {\t\"a\" :\r\n[ 1 , true,false , null ] } \n")
        == .object([.init("a", .array([.integer(1), .bool(true), .bool(false), .null]))]))
  }

  @Test("Escapes of every form are read")
  func escapes() throws {
    #expect(
      try value(#""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83c\udf89""#)
        == .string("\"\\/\u{8}\u{C}\n\r\tAé€🎉"))
  }

  @Test("Members are found by name, the first of two, and kinds do not mix")
  func access() throws {
    let object = try value(#"{"a":1,"b":"x","a":2,"c":[true]}"#)
    #expect(object["a"]?.integer == 1)
    #expect(object["b"]?.string == "x")
    #expect(object["c"]?.array?.first?.bool == true)
    #expect(object["d"] == nil)
    #expect(object["a"]?.string == nil)
    #expect(object.object?.map(\.name) == ["a", "b", "a", "c"])
    #expect(JSONValue.integer(1)["a"] == nil)
  }

  @Test(
    "What is no JSON is refused at its first wrong byte",
    arguments: [
      ("", 0), ("  ", 2), ("nul", 0), ("nulL", 0), ("tru", 0), ("[1,]", 3), ("[1 2]", 3),
      ("{\"a\" 1}", 5), ("{a:1}", 1), ("{\"a\":1,}", 7), ("[", 1), ("{", 1), ("1 2", 2),
      ("\"abc", 4), ("\"a\nb\"", 2), ("\"\\x\"", 3), ("-", 1), ("+1", 0), (".5", 0), ("'a'", 0),
      ("[1}", 2), ("\u{FEFF}1", 0),
    ])
  func malformed(_ text: String, _ offset: Int) {
    do {
      let value = try value(text)
      Issue.record("read as \(value)")
    } catch let error as JSONError {
      #expect(error.offset == offset)
      #expect(!error.message.isEmpty)
    } catch {
      Issue.record(error)
    }
  }

  @Test(
    "Numbers that Waltz does not write are refused",
    arguments: [
      "1.0", "1e3", "1E3", "01", "-01", "00", "9223372036854775808", "-9223372036854775809",
    ])
  func numbers(_ text: String) {
    #expect(throws: JSONError.self) { try value(text) }
  }

  @Test("The ends of the range are read")
  func range() throws {
    #expect(try value("9223372036854775807") == .integer(.max))
    #expect(try value("-9223372036854775808") == .integer(.min))
    #expect(try value("-0") == .integer(0))
  }

  @Test(
    "Halves of surrogate pairs are refused",
    arguments: [
      #""\ud83c""#, #""\ud83cx""#, #""\ud83c\n""#, #""\udf89""#, #""\ud83c\u0041""#, #""\u12""#,
      #""\u12G4""#,
    ])
  func surrogates(_ text: String) {
    #expect(throws: JSONError.self) { try value(text) }
  }

  @Test(
    "Bytes that are no UTF-8 are refused",
    arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]])
  func encoding(_ bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0x5C, 0x6E] + bytes + [0x22]) }
  }

  @Test("Nesting is bounded, so that no input exhausts the stack")
  func nesting() throws {
    #expect(throws: JSONError.self) { try value(String(repeating: "[", count: 1_000_000)) }
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    _ = try value(deep)
    #expect(throws: JSONError.self) { try value("[" + deep + "]") }
  }

  @Test("Cut and damaged texts never crash", arguments: 0..<10)
  func damage(_ seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    let whole = Array(
      #"{"a":[1,-2,"x\u00e9\ud83c\udf89\n"],"b":{"c":null,"d":[true,false]},"é":"日本"}"#.utf8)
    for _ in 0..<500 {
      var bytes = Array(whole.prefix(Int.random(in: 0...whole.count, using: &generator)))
      for _ in 0..<Int.random(in: 0...4, using: &generator) where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      do {
        let value = try JSONValue(parsing: bytes)
        var writer = JSONWriter()
        writer.value(value)
        #expect((try? JSONValue(parsing: writer.bytes)) == value, "seed \(seed)")
      } catch {
        #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
      }
    }
  }
}
