import CanonicalJSON
import TestSupport
import Testing

@Suite("Writing and reading give the value back")
struct JSONRoundTripTests {
  @Test("Random values survive, compact and indented", arguments: 0..<50)
  func roundTrip(_ seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    for _ in 0..<20 {
      let value = randomValue(depth: 0, &generator)
      for indent in [0, 2, 3] {
        var writer = JSONWriter(indent: indent)
        writer.value(value)
        #expect(try JSONValue(parsing: writer.bytes) == value, "seed \(seed)")
        #expect(String(validating: writer.bytes, as: UTF8.self) != nil, "seed \(seed)")
      }
    }
  }

  @Test("Compact bytes of a value that was read are the same again", arguments: 0..<20)
  func canonical(_ seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed) &+ 1_000)
    var first = JSONWriter()
    first.value(randomValue(depth: 0, &generator))
    var second = JSONWriter()
    second.value(try JSONValue(parsing: first.bytes))
    #expect(first.bytes == second.bytes, "seed \(seed)")
  }

  private func randomValue(depth: Int, _ generator: inout SplitMix64) -> JSONValue {
    switch Int.random(in: 0..<(depth < 5 ? 7 : 5), using: &generator) {
    case 0: .null
    case 1: .bool(.random(using: &generator))
    case 2: .integer(.random(in: .min ... .max, using: &generator))
    case 3: .integer(.random(in: -10...10, using: &generator))
    case 4: .string(randomString(&generator))
    case 5:
      .array(
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          randomValue(depth: depth + 1, &generator)
        })
    default:
      .object(
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          JSONValue.Member(randomString(&generator), randomValue(depth: depth + 1, &generator))
        })
    }
  }

  private func randomString(_ generator: inout SplitMix64) -> String {
    var result = ""
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      let value: UInt32 =
        Bool.random(using: &generator)
        ? .random(in: 0...0x7F, using: &generator) : .random(in: 0...0x10FFFF, using: &generator)
      result.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return result
  }
}
