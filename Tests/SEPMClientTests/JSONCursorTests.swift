import Testing

@testable import SEPMClient

@Suite("Values of answers, from their bytes")
struct JSONCursorTests {
  private func read<Value>(
    _ text: String, _ body: (inout JSONCursor) throws(MalformedAnswer) -> Value
  ) throws(MalformedAnswer) -> Value {
    try JSONCursor.read(Array(text.utf8), body)
  }

  private func text(_ text: String) throws -> String? {
    try read(text) { cursor throws(MalformedAnswer) in try cursor.text() }
  }

  @Test("Texts, with escapes and without")
  func texts() throws {
    #expect(try text(#""My Company\\Group1""#) == #"My Company\Group1"#)
    #expect(try text(#""a\"b\/\n\té\ud83d\ude00!""#) == "a\"b/\n\té😀!")
    #expect(try text(#""""#)?.isEmpty == true)
    #expect(try text(" null ") == nil)
    #expect(try text("14.3") == "14.3")
    #expect(try text("\"ä — 14 bytes and more of them\"") == "ä — 14 bytes and more of them")
    for wrong in ["{}", "[]", #""open"#, #""\x""#, #""\u12""#, #""ends\"#, "\"a\" b", "", "<html>"]
    {
      #expect(throws: MalformedAnswer.self, "\(wrong)") { _ = try text(wrong) }
    }
  }

  @Test("A quote or a backslash is found wherever it stands in eight bytes")
  func strides() throws {
    for length in 0..<40 {
      let name = String(repeating: "x", count: length)
      #expect(try text("\"\(name)\"") == name)
      #expect(try text("\"\(name)\\\\\"") == name + "\\")
      #expect(try text("\"\(name)\\\"\(name)\"") == name + "\"" + name)
      #expect(try text("\"\(name)ÿ!#$\"") == name + "ÿ!#$")
    }
  }

  @Test("Numbers and flags come as such or as texts")
  func scalars() throws {
    func integer(_ text: String) throws -> Int64? {
      try read(text) { cursor throws(MalformedAnswer) in try cursor.integer() }
    }
    func flag(_ text: String) throws -> Bool? {
      try read(text) { cursor throws(MalformedAnswer) in try cursor.flag() }
    }
    #expect(try integer("1693910248728") == 1_693_910_248_728)
    #expect(try integer(#""-42""#) == -42)
    #expect(try integer("null") == nil)
    #expect(try integer(#""""#) == nil)
    for wrong in ["1.5", "1e3", "9999999999999999999", #""x""#, "true", "-", "{}"] {
      #expect(throws: MalformedAnswer.self, "\(wrong)") { _ = try integer(wrong) }
    }
    for (text, value) in [("true", true), ("0", false), ("1", true), (#""FALSE""#, false)] {
      #expect(try flag(text) == value)
    }
    #expect(try flag("null") == nil)
    #expect(throws: MalformedAnswer.self) { _ = try flag("2") }
  }

  @Test("What nobody needs is skipped, whatever it is, and what does not end is not")
  func skipping() throws {
    let text = #"{"a":{"b":[1,{"c":"}]\""}]},"x":-1.5e3,"y":[[],{}],"id":7,"z":null}"#
    let id = try read(text) { cursor throws(MalformedAnswer) in
      var id: Int64?
      try cursor.members { cursor, name throws(MalformedAnswer) in
        switch name {
        case "id": id = try cursor.integer()
        default: try cursor.skip()
        }
      }
      return id
    }
    #expect(id == 7)
    for end in 1..<text.utf8.count {
      let cut = String(decoding: text.utf8.prefix(end), as: UTF8.self)
      #expect(throws: MalformedAnswer.self, "\(cut)") {
        try read(cut) { cursor throws(MalformedAnswer) in
          try cursor.members { cursor, _ throws(MalformedAnswer) in try cursor.skip() }
        }
      }
    }
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(throws: MalformedAnswer.self) {
      try read(deep) { cursor throws(MalformedAnswer) in try cursor.skip() }
    }
    #expect(throws: MalformedAnswer.self) {
      try read("[1}") { cursor throws(MalformedAnswer) in try cursor.skip() }
    }
  }

  @Test("Ids are 32 hexadecimal digits, and print as SEPM writes them")
  func ids() {
    let id = SEPMID("e5e684a60a3208010f6c3b8e3a6f1d2b")
    #expect(id?.description == "E5E684A60A3208010F6C3B8E3A6F1D2B")
    #expect(id?.prefix == 0xE5E6)
    for wrong in [
      "", "E5E6", "G5E684A60A3208010F6C3B8E3A6F1D2B", "E5E684A60A3208010F6C3B8E3A6F1D2B0",
    ] {
      #expect(SEPMID(wrong) == nil)
    }
  }

  @Test("A serial number is the time of its group's policy under the group's prefix")
  func serials() throws {
    // IBM's samples: policySerialNumber beside policyDate.
    let serial = try #require(ProfileSerial("36E0-04/29/2019 12:51:22 626"))
    #expect(serial.time == ServerTime(milliseconds: 1_556_542_282_626))
    #expect(serial.isOf(try #require(SEPMID("36E0B28B0A3208010F6C3B8E3A6F1D2B"))))
    #expect(!serial.isOf(try #require(SEPMID("E5E684A60A3208010F6C3B8E3A6F1D2B"))))
    #expect(
      ProfileSerial("E5E6-02/29/2024 00:00:00 000")?.time
        == ServerTime(milliseconds: 1_709_164_800_000))
    for wrong in [
      "", "E5E6-13/21/2024 12:38:31 900", "E5E6-08/21/2024 12:38:31",
      "E5E6 08/21/2024 12:38:31 900",
    ] {
      #expect(ProfileSerial(wrong) == nil, "\(wrong)")
    }
  }

  @Test("The time of an event is in GMT; a skew is half way between question and answer")
  func times() {
    #expect(
      ServerTime(event: "2023-08-12 19:22:21.0") == ServerTime(milliseconds: 1_691_868_141_000))
    #expect(ServerTime(event: "yesterday") == nil)
    let skew = ClockSkew(server: ServerTime(milliseconds: 5_000), sent: 1_000, received: 1_400)
    #expect(skew == ClockSkew(ahead: 3_800, accuracy: 200))
    #expect(skew.serverTime(at: 2_000) == ServerTime(milliseconds: 5_800))
  }

  @Test("What an error says is one line, in every shape of errors")
  func errorWords() {
    func words(_ body: String, _ type: String = "application/json") -> String? {
      ErrorWords.words(
        of: HTTPAnswer(status: 400, contentType: type, body: Array(body.utf8)),
        without: [Array("canary".utf8)])
    }
    #expect(
      words(#"{"errorCode":"410","appErrorCode":"","errorMessage":"Group not\nfound"}"#)
        == "Group not found")
    #expect(
      words(#"{"errorCode":"400","appErrorCode":"4104","errorMessage":"No"}"#) == "4104: No")
    #expect(
      words(#"{"error":"invalid_token","error_description":"Invalid access token"}"#)
        == "Invalid access token")
    #expect(words(#"{"error":"unauthorized"}"#) == "unauthorized")
    #expect(
      words("Event 4104 cannot\tbe acknowledged", "text/plain")
        == "Event 4104 cannot be acknowledged")
    #expect(words("<html><body>HTTP Status 404</body></html>", "text/html") == nil)
    #expect(words("<html>", "text/plain") == nil)
    #expect(words("", "text/plain") == nil)
    #expect(words("the canary is dead", "text/plain") == nil)
    #expect(words(String(repeating: "long ", count: 100), "text/plain")?.count == 201)
    #expect(words("a\u{1B}[31mred\u{202E}", "text/plain") == "a [31mred")
  }
}
