import Foundation

/// Rows of results, printed as they come.
struct Table {
  private var misses = 0

  init() {
    line("what", "measured", "compared with", "ratio", "target", "")
  }

  /// A result that is compared with another one measured in the same run.
  mutating func row(
    _ what: String, _ seconds: Double, against other: String, ratio: Double, atMost limit: Double?
  ) {
    let verdict = limit.map { judge(ratio <= $0) } ?? ""
    line(
      what, Self.time(seconds), other, Self.number(ratio) + "x",
      limit.map { "<= \(Self.number($0))x" } ?? "", verdict)
  }

  /// A result that stands by itself.
  mutating func row(_ what: String, _ measured: String, target: String, isMet: Bool) {
    line(what, measured, "", "", target, judge(isMet))
  }

  /// A result that nothing is demanded of.
  func row(_ what: String, _ measured: String) { line(what, measured, "", "", "", "") }

  /// Something that could not be measured.
  mutating func failure(_ what: String, _ reason: String) {
    misses += 1
    line(what, "failed", reason, "", "", "")
  }

  func finish() {
    print(misses == 0 ? "All targets are met." : "\(misses) targets are missed.")
  }

  private mutating func judge(_ isMet: Bool) -> String {
    if !isMet { misses += 1 }
    return isMet ? "met" : "missed"
  }

  private func line(_ cells: String...) {
    let widths = [50, 10, 40, 8, 10, 6]
    let text = zip(cells, widths).map { cell, width in
      cell + String(repeating: " ", count: max(1, width - cell.count))
    }
    print(String(text.joined().reversed().drop { $0 == " " }.reversed()))
    fflush(nil)
  }

  /// `12.3 ms`.
  static func time(_ seconds: Double) -> String {
    if seconds >= 1 { return number(seconds) + " s" }
    if seconds >= 0.001 { return number(seconds * 1_000) + " ms" }
    return number(seconds * 1_000_000) + " us"
  }

  /// Three digits that count.
  static func number(_ value: Double) -> String {
    let digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value * scale).rounded())
    guard digits > 0 else { return "\(scaled)" }
    let fraction = "\(scaled % Int(scale))"
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(scaled / Int(scale)).\(zeros)\(fraction)"
  }
}
