/// What of ten runs, or of ten courses that were drawn, one, five and nine do not exceed.
package struct TrialRange<Value: Comparable & Sendable>: Sendable {
  package let low: Value
  package let middle: Value
  package let high: Value

  /// The range of values; nil where there is none.
  package init?(_ values: some Sequence<Value>) {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return nil }
    func place(_ quantile: Double) -> Value {
      sorted[Int((quantile * Double(sorted.count - 1)).rounded())]
    }
    (low, middle, high) = (place(0.1), place(0.5), place(0.9))
  }
}

extension TrialRange: Equatable where Value: Equatable {}
