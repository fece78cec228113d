import Testing

@testable import SEPMClient

@Suite("The pace of requests")
struct TokenBucketTests {
  @Test("A burst goes at once, and then one at a time")
  func burst() {
    var bucket = TokenBucket(perMinute: 25, burst: 3)
    let starts = (0..<5).map { _ in bucket.reserve(at: 1_000) }
    #expect(starts == [1_000, 1_000, 1_000, 3_400, 5_800])
  }

  @Test("A pause fills the bucket again, and no further than full")
  func refill() {
    var bucket = TokenBucket(perMinute: 60, burst: 2)
    _ = (0..<2).map { _ in bucket.reserve(at: 0) }
    #expect(bucket.reserve(at: 1_500) == 1_500)
    #expect(bucket.reserve(at: 1_500) == 2_000)
    let later = (0..<3).map { _ in bucket.reserve(at: 1_000_000) }
    #expect(later == [1_000_000, 1_000_000, 1_001_000])
  }

  @Test("No minute has more requests than the rate and the burst")
  func bound() {
    var bucket = TokenBucket(perMinute: 25, burst: 20)
    // Somebody asks every 100 ms for five minutes, and waits for no turn.
    let starts = (0..<3_000).map { bucket.reserve(at: Int64($0) * 100) }
    for start in starts.prefix(200) {
      #expect(starts.count { (start..<start + 60_000).contains($0) } <= 45)
    }
    #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("A throttle delays all, those with a turn too, and lets no burst go after it")
  func hold() {
    var bucket = TokenBucket(perMinute: 60, burst: 10)
    let before = bucket.reserve(at: 0)
    bucket.hold(until: 30_000)
    #expect(bucket.delayed(before) == 30_000)
    #expect((0..<3).map { _ in bucket.reserve(at: 10) } == [30_000, 31_000, 32_000])
    // A shorter one changes nothing.
    bucket.hold(until: 5_000)
    #expect(bucket.delayed(before) == 30_000)
  }

  @Test("All that share a pace wait for each other")
  func shared() async throws {
    let pace = RequestPace(perMinute: 1_200, burst: 1)
    let clock = ContinuousClock()
    let time = try await clock.measure {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<6 { group.addTask { try await pace.turn() } }
        try await group.waitForAll()
      }
    }
    // Five intervals of 50 ms.
    #expect(time >= .milliseconds(240))
  }
}
