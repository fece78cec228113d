import Forecasts
import Testing

@Suite("Random draws")
struct RandomDrawsTests {
  /// Mean and variance of many draws.
  private func moments(
    _ count: Int = 40_000, seed: UInt64, _ draw: (inout RandomDraws) -> Double
  ) -> (mean: Double, variance: Double) {
    var draws = RandomDraws(seed: seed)
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<count {
      let value = draw(&draws)
      sum += value
      squares += value * value
    }
    let mean = sum / Double(count)
    return (mean, squares / Double(count) - mean * mean)
  }

  @Test("A seed gives the same numbers again, another seed others")
  func seeded() {
    var (one, same, other) = (
      RandomDraws(seed: 1), RandomDraws(seed: 1), RandomDraws(seed: 2)
    )
    let first = (0..<20).map { _ in one.gamma(shape: 2.5) }
    #expect(first == (0..<20).map { _ in same.gamma(shape: 2.5) })
    #expect(first != (0..<20).map { _ in other.gamma(shape: 2.5) })
  }

  @Test("A normal number has mean 0 and variance 1")
  func normal() {
    let (mean, variance) = moments(seed: 3) { $0.normal() }
    #expect(abs(mean) < 0.03 && abs(variance - 1) < 0.05)
  }

  @Test("Mean and variance of a Gamma number are its shape", arguments: [0.3, 0.9, 1, 2.5, 40])
  func gamma(shape: Double) {
    let (mean, variance) = moments(seed: 4) { $0.gamma(shape: shape) }
    #expect(abs(mean / shape - 1) < 0.04)
    #expect(abs(variance / shape - 1) < 0.12)
  }

  @Test(
    "Mean and variance of a binomial number are those of its trials",
    arguments: [
      (1, 0.3), (5, 0.02), (30, 0.5), (100, 0.97), (4_000, 0.001), (4_000, 0.4), (50_000, 0.9),
    ])
  func binomial(trials: Int, probability: Double) {
    let (mean, variance) = moments(20_000, seed: 5) {
      Double($0.binomial(trials, probability))
    }
    let expected = Double(trials) * probability
    let spread = expected * (1 - probability)
    #expect(abs(mean - expected) < 5 * (spread / 20_000).squareRoot() + 1e-9)
    #expect(abs(variance / spread - 1) < 0.1)
  }

  @Test("Mean and variance of a Poisson number are the same", arguments: [0.02, 0.9, 7, 14, 300])
  func poisson(expected: Double) {
    let (mean, variance) = moments(20_000, seed: 7) { Double($0.poisson(expected)) }
    #expect(abs(mean - expected) < 5 * (expected / 20_000).squareRoot())
    #expect(abs(variance / expected - 1) < 0.15)
  }

  @Test("A binomial number lies between nobody and everybody, and certainty is certain")
  func bounds() {
    var draws = RandomDraws(seed: 6)
    for trials in [0, 1, 7, 1_000] {
      #expect(draws.binomial(trials, 0) == 0)
      #expect(draws.binomial(trials, 1) == trials)
      #expect(draws.binomial(trials, -0.5) == 0 && draws.binomial(trials, 1.5) == trials)
      for _ in 0..<500 {
        let probability = draws.uniform()
        #expect((0...trials).contains(draws.binomial(trials, probability)))
      }
    }
  }
}
