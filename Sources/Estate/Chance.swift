/// Numbers that depend on nothing but the seed, a stream and one or two indexes, so that every part of
/// the estate can ask for its own without a generator that must be advanced in order.
package struct Chance: Sendable, Equatable {
  /// What a number is for; streams of one seed are independent.
  package enum Stream: UInt64 {
    case certificate = 1
    case groupID, group, kind, location, agent, home, traits, day, dayLength, anchor, holiday
    case absence, retired, join, heartbeat, boot, duration, attendance, trouble, sample, function
    case drift, identity
    /// Where a rehearsal kills executors, and how long its people take.
    case kill, answer
    case forecast
  }

  /// The seed of the estate.
  let seed: UInt64

  /// The numbers of a seed.
  package init(seed: UInt64) { self.seed = seed }

  /// 64 bits of SplitMix64's finalizer over seed, stream and indexes.
  @inline(__always)
  package func bits(_ stream: Stream, _ first: Int, _ second: Int = 0) -> UInt64 {
    var state = Self.mix(seed &+ stream.rawValue &* 0x9E37_79B9_7F4A_7C15)
    state = Self.mix(state ^ (UInt64(bitPattern: Int64(first)) &* 0xD605_1A36_9C7F_4B85))
    return Self.mix(state &+ (UInt64(bitPattern: Int64(second)) &* 0xA24B_AED4_963E_E407))
  }

  /// A number from 0 up to, without, `bound`; 0 for a bound of 0.
  @inline(__always)
  package static func scaled(_ bits: UInt64, below bound: Int64) -> Int64 {
    Int64(bits.multipliedFullWidth(by: UInt64(max(bound, 0))).high)
  }

  /// Whether an event of so many millionths happens.
  @inline(__always)
  static func happens(_ bits: UInt64, millionths: Int) -> Bool {
    scaled(bits, below: 1_000_000) < Int64(millionths)
  }

  /// A stable number for a text; never `Hasher`, whose values differ from run to run.
  static func number(of text: String) -> UInt64 {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return mix(state)
  }

  /// `count` times 16 hexadecimal digits that follow from `number`.
  static func hexadecimal(of number: UInt64, words count: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for word in 0..<count {
      let bits = mix(number &+ UInt64(word + 1) &* 0x9E37_79B9_7F4A_7C15)
      for nibble in 0..<16 { text.append(digits[Int(bits >> UInt64(60 - 4 * nibble) & 15)]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    var state = value &+ 0x9E37_79B9_7F4A_7C15
    state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
    return state ^ (state >> 31)
  }
}
