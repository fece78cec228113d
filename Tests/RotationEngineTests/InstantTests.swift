import PlanModel
import RotationEngine
import TestSupport
import Testing

@Suite("Instants")
struct InstantTests {
  private static let first = Instant(milliseconds: .min)
  private static let last = Instant(milliseconds: .max)

  @Test("The first and the last instant have a text, and the text is theirs")
  func ends() {
    #expect(Self.first.description == "0000-01-01T00:00:00.000Z")
    #expect(Self.last.description == "9999-12-31T23:59:59.999Z")
    #expect(Instant(Self.first.description) == Self.first)
    #expect(Instant(Self.last.description) == Self.last)
  }

  @Test("Every instant is read back from its text", arguments: 0..<200)
  func texts(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let range = Self.first.milliseconds...Self.last.milliseconds
    let instant = Instant(milliseconds: Int64.random(in: range, using: &generator))
    #expect(Instant(instant.description) == instant, "\(instant)")
    #expect(instant.description.utf8.count == 24, "\(instant)")
  }

  @Test("What would lie beyond the ends is at the end, and no sum or difference overflows")
  func arithmetic() {
    let middle = Instant(milliseconds: 1_750_000_000_000)
    let durations: [Duration] = [
      .zero, .milliseconds(1), .days(36_500), .milliseconds(Int64.max),
      Duration(secondsComponent: .max, attosecondsComponent: 0),
      Duration(secondsComponent: .min, attosecondsComponent: 0),
    ]
    for instant in [Self.first, middle, Self.last] {
      for duration in durations {
        let sum = instant + duration
        #expect(Self.first <= sum && sum <= Self.last)
        #expect(Instant(sum.description) == sum)
      }
    }
    #expect(Self.last + .milliseconds(1) == Self.last)
    #expect(Self.first + (.zero - .days(1)) == Self.first)
    #expect(Self.first + (Self.last - Self.first) == Self.last)
    #expect(middle + .days(1) - middle == .days(1))
  }

  @Test("A number that is no instant is none, where it matters")
  func exactly() {
    #expect(Instant(exactly: .min) == nil)
    #expect(Instant(exactly: Self.last.milliseconds + 1) == nil)
    #expect(Instant(exactly: Self.last.milliseconds) == Self.last)
  }
}
