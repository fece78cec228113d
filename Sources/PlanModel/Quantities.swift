import PlanText

/// A part of a whole in millionths, so that `99.5%` is exact and comparing needs no fractions.
public struct Share: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Millionths; 1,000,000 is all.
  public let millionths: Int

  /// A share of `millionths`.
  public init(millionths: Int) {
    self.millionths = millionths
  }

  /// A whole number of percent.
  public static func percent(_ percent: Int) -> Share { Share(millionths: percent * 10_000) }

  /// `part` of `whole`, rounded down so that a share is never shown as reached before it is; all of
  /// nothing is everything.
  public init(_ part: Int, of whole: Int) {
    self.init(millionths: whole > 0 ? part * 1_000_000 / whole : 1_000_000)
  }

  /// Reads `98%` or `99.5%`, with at most four decimals; the range is not checked here.
  public init?(_ text: String) {
    guard text.utf8.last == "%" else { return nil }
    let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = Int(digits: parts[0]), whole <= 1_000_000
    else {
      return nil
    }
    var fraction = 0
    if parts.count == 2 {
      guard (1...4).contains(parts[1].count), let value = Int(digits: parts[1]) else { return nil }
      fraction = value
      for _ in parts[1].count..<4 { fraction *= 10 }
    }
    self.init(millionths: whole * 10_000 + fraction)
  }

  /// `98%`, `99.5%`: as the plan language writes it.
  public var description: String {
    let whole = millionths / 10_000
    var fraction = millionths % 10_000
    guard fraction > 0 else { return "\(whole)%" }
    var width = 4
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    let digits = String(fraction)
    return "\(whole).\(String(repeating: "0", count: width - digits.count))\(digits)%"
  }

  /// Whether `part` of `whole` is at least this share; all of nothing is.
  public func isReached(by part: Int, of whole: Int) -> Bool {
    part * 1_000_000 >= millionths * whole
  }

  public static func < (left: Share, right: Share) -> Bool { left.millionths < right.millionths }
}

extension Duration {
  /// A whole number of minutes.
  public static func minutes(_ minutes: Int) -> Duration { .seconds(minutes * 60) }

  /// A whole number of hours.
  public static func hours(_ hours: Int) -> Duration { .seconds(hours * 3_600) }

  /// A whole number of days of 24 hours.
  public static func days(_ days: Int) -> Duration { .seconds(days * 86_400) }

  /// Reads the plan language's notation: whole numbers with `d`, `h`, `m` or `s`, largest unit first,
  /// each at most once, nothing between them: `90m`, `1d12h`. At most 100 years.
  public init?(planNotation text: String) {
    var total = 0
    var rest = Substring(text)
    var lastUnit = Int.max
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits: digits), number <= 3_153_600_000 else { return nil }
      rest = rest.dropFirst(digits.count)
      let unit: Int
      switch rest.popFirst() {
      case "d": unit = 86_400
      case "h": unit = 3_600
      case "m": unit = 60
      case "s": unit = 1
      default: return nil
      }
      guard unit < lastUnit else { return nil }
      lastUnit = unit
      total += number * unit
      guard total <= 3_153_600_000 else { return nil }
    }
    guard lastUnit != Int.max else { return nil }
    self = .seconds(total)
  }

  /// The duration in the plan language's notation, whole seconds, `0s` for none.
  public var planNotation: String {
    var rest = Int(components.seconds)
    guard rest > 0 else { return "0s" }
    var text = ""
    for (unit, name) in [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")] where rest >= unit {
      text += "\(rest / unit)\(name)"
      rest %= unit
    }
    return text
  }

  /// Whole milliseconds, rounded down.
  public var milliseconds: Int64 {
    components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
  }
}

extension Int {
  /// ASCII digits only: no sign, no space, at most 15 of them.
  fileprivate init?(digits: some StringProtocol) {
    guard (1...15).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ $0.isDigit })
    else { return nil }
    self.init(digits)
  }
}

/// A product version such as `14.3.9816`: two to four numbers, compared number by number.
public struct ProductVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The numbers, most significant first.
  public let numbers: [Int]

  /// Reads `14.3.9816`; nil where it is no dotted list of two to four numbers.
  public init?(_ text: String) {
    var numbers: [Int] = []
    numbers.reserveCapacity(4)
    var number = 0
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case "0"..."9" where digits < 15:
        number = number * 10 + Int(byte - "0")
        digits += 1
      case "." where digits > 0 && numbers.count < 3:
        numbers.append(number)
        (number, digits) = (0, 0)
      default: return nil
      }
    }
    guard digits > 0, !numbers.isEmpty else { return nil }
    numbers.append(number)
    self.numbers = numbers
  }

  public var description: String { numbers.map(String.init).joined(separator: ".") }

  public static func < (left: ProductVersion, right: ProductVersion) -> Bool {
    for position in 0..<max(left.numbers.count, right.numbers.count) {
      let leftNumber = position < left.numbers.count ? left.numbers[position] : 0
      let rightNumber = position < right.numbers.count ? right.numbers[position] : 0
      if leftNumber != rightNumber { return leftNumber < rightNumber }
    }
    return false
  }
}

/// The SHA-256 of a certificate's DER, as `sha256:` and 64 hexadecimal digits.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public let hexadecimal: String

  /// Reads `sha256:3F:2A…` or `sha256:3f2a…`; colons between bytes are allowed, case does not matter.
  public init?(_ text: String) {
    guard text.hasPrefix("sha256:") else { return nil }
    let digits = text.dropFirst(7).lowercased().filter { $0 != ":" }
    guard digits.utf8.count == 64,
      digits.utf8.allSatisfy({ $0.isDigit || ("a"..."f").contains($0) })
    else { return nil }
    hexadecimal = digits
  }

  public var description: String { "sha256:\(hexadecimal)" }
}
