import TestSupport
import Testing

@testable import SEPMClient

@Suite("Answers that are damaged on purpose")
struct ForgedAnswerTests {
  private static let samples: [[UInt8]] = [
    Samples.settings(),
    "[\(Samples.computer(Samples.group.description)),\(Samples.computer("0", serial: "null"))]",
    "[\(Samples.group(Samples.group.description, path: "My Company\\\\A"))]",
    #"{"token":"a","role":{"bitMask":8},"permissionSet":{"siteRights":true},"serverTime":1}"#,
    #"{"errorCode":"400","appErrorCode":"4104","errorMessage":"no \ud83d\ude00","error":"x"}"#,
  ].map { Array($0.utf8) }

  /// The bytes with a few of them changed, left out, doubled, or put in from what JSON is made of.
  private func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    let pieces = #"{}[]",:\u000"-1e9999999999999999999null"#.utf8.map { $0 }
    for _ in 0...random.below(6) {
      guard !bytes.isEmpty else { break }
      let start = random.below(bytes.count)
      let end = min(start + 1 + random.below(40), bytes.count)
      switch random.below(5) {
      case 0: bytes[start] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.removeSubrange(start..<end)
      case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 3: bytes.removeLast(bytes.count - start)
      default: bytes.insert(pieces[random.below(pieces.count)], at: start)
      }
    }
    return bytes
  }

  @Test("They are read or refused, and what was kept of settings reads as the same")
  func damage() {
    for seed in HostileText.seeds(400) {
      var random = SplitMix64(seed: seed)
      for sample in Self.samples {
        let bytes = damaged(sample, &random)
        var names = NamePool()
        _ = try? JSONCursor.read(bytes) { cursor throws(MalformedAnswer) in
          try cursor.elements { cursor throws(MalformedAnswer) in
            _ = try Computer(&cursor, &names)
          }
        }
        _ = try? JSONCursor.read(bytes) { cursor throws(MalformedAnswer) in
          try cursor.elements { cursor throws(MalformedAnswer) in _ = try ClientGroup(&cursor) }
        }
        _ = try? JSONCursor.read(bytes) { cursor throws(MalformedAnswer) in try UserToken(&cursor) }
        if let settings = try? LocationSettings(reading: bytes) {
          #expect(LocationSettings(document: settings.document) == settings, "seed \(seed)")
        }
      }
    }
  }

  @Test("What a server says stays in the line that it is told in")
  func words() {
    for seed in HostileText.seeds(400) {
      var random = SplitMix64(seed: seed)
      let text = HostileText.text(&random)
      let answer = HTTPAnswer(status: 400, contentType: "text/plain", body: Array(text.utf8))
      let words = ErrorWords.words(of: answer) ?? ""
      #expect(!words.contains { $0.isNewline }, "seed \(seed)")
      #expect(
        !words.unicodeScalars.contains { $0.properties.generalCategory == .control },
        "seed \(seed)")
    }
  }
}
