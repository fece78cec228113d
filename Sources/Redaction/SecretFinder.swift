import PlanModel
import PlanText

/// Collects what is to be hidden of one text.
struct SecretFinder {
  let bytes: [UInt8]

  /// What to hide, in any order.
  var hidden = HiddenText()

  /// Where keys of secrets and references to secrets stand.
  var marks: [Int] = []

  /// What was said of the first keys: those of a plan are the same few over and over.
  private var verdicts: [ArraySlice<UInt8>: Bool] = [:]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func hide(_ range: Range<Int>) { hidden.hide(bytes[range]) }

  /// Whether a key of this name has a secret for a value.
  mutating func isSecret(_ key: ArraySlice<UInt8>) -> Bool {
    guard (2...512).contains(key.count) else { return false }
    if let known = verdicts[key] { return known }
    let verdict = SecretKeys.contain(key)
    if verdicts.count < 1000 { verdicts[key] = verdict }
    return verdict
  }

  func skipBlanks(_ offset: Int, to end: Int) -> Int {
    bytes[offset..<end].firstIndex { !$0.isBlank } ?? end
  }

  /// The lines of a range, without their breaks.
  func lines(of range: Range<Int>) -> [Range<Int>] {
    bytes[range].split(omittingEmptySubsequences: false, whereSeparator: \.isBreak)
      .map(\.indices)
  }
}
