#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Random numbers of the distributions that forecasts draw from; the same seed gives the same numbers.
package struct RandomDraws: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The numbers of a seed.
  package init(seed: UInt64) { state = seed }

  /// 64 bits of SplitMix64.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 to 1, both left out.
  package mutating func uniform() -> Double {
    (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992
  }

  /// Mean 0, variance 1, by Marsaglia's polar method.
  package mutating func normal() -> Double {
    while true {
      let (first, second) = (2 * uniform() - 1, 2 * uniform() - 1)
      let square = first * first + second * second
      guard square < 1, square > 0 else { continue }
      return first * (-2 * log(square) / square).squareRoot()
    }
  }

  /// The Gamma distribution of a shape above 0 and scale 1: mean and variance are the shape (Marsaglia and Tsang, 2000).
  package mutating func gamma(shape: Double) -> Double {
    guard shape >= 1 else {
      // A draw of the next shape, brought back by a power of chance.
      return gamma(shape: shape + 1) * exp(log(uniform()) / shape)
    }
    let part = shape - 1.0 / 3
    let factor = 1 / (9 * part).squareRoot()
    while true {
      let draw = normal()
      let root = 1 + factor * draw
      guard root > 0 else { continue }
      let cube = root * root * root
      if log(uniform()) < draw * draw / 2 + part - part * cube + part * log(cube) {
        return part * cube
      }
    }
  }

  /// How many of `trials` succeed, each with this probability. Exact for every number of trials.
  package mutating func binomial(_ trials: Int, _ probability: Double) -> Int {
    var (rest, chance, successes) = (trials, probability, 0)
    while rest > 0 {
      if chance <= 0 { return successes }
      if chance >= 1 { return successes + rest }
      if Double(rest) * min(chance, 1 - chance) < 12 {
        let few = fewSuccesses(rest, min(chance, 1 - chance))
        return successes + (chance <= 0.5 ? few : rest - few)
      }
      // The middle one of the trials, in the order of their luck, halves the problem (Devroye, 1986, X.4).
      let middle = (rest + 1) / 2
      let left = gamma(shape: Double(middle))
      let luck = left / (left + gamma(shape: Double(rest + 1 - middle)))
      if luck <= chance {
        successes += middle
        rest -= middle
        chance = (chance - luck) / (1 - luck)
      } else {
        rest = middle - 1
        chance /= luck
      }
    }
    return successes
  }

  /// How many events happen where so many are expected (Ahrens and Dieter, 1974).
  package mutating func poisson(_ mean: Double) -> Int {
    var (rest, events) = (mean, 0)
    while rest > 12 {
      let many = Int(rest * 7 / 8)
      let time = gamma(shape: Double(many))
      if time > rest { return events + binomial(many - 1, rest / time) }
      events += many
      rest -= time
    }
    // The times between events, one after the other.
    rest += log(uniform())
    while rest > 0 {
      events += 1
      rest += log(uniform())
    }
    return events
  }

  /// By inversion: as many turns as there are successes.
  private mutating func fewSuccesses(_ trials: Int, _ probability: Double) -> Int {
    if trials == 1 { return uniform() < probability ? 1 : 0 }
    let odds = probability / (1 - probability)
    var weight = exp(Double(trials) * log1p(-probability))
    var (left, successes) = (uniform() - weight, 0)
    while left > 0, successes < trials {
      successes += 1
      weight *= odds * Double(trials + 1 - successes) / Double(successes)
      left -= weight
    }
    return successes
  }
}
