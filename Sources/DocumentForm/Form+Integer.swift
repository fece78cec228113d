import CanonicalJSON
public import PlanText

extension Form where Value == Located<Int> {
  /// A whole number in decimal digits.
  ///
  /// * `noun`: What is counted, with an article: `a number of servers`.
  /// * `range`: The numbers that fit.
  /// * `example`: A number as it would be written.
  public static func integer(
    _ noun: String, in range: ClosedRange<Int>, example: Int
  ) -> Form {
    let scalar = Scalar<Int>(
      noun, examples: ["\(example)"], page: .notANumber,
      rule: "Write a whole number from \(range.lowerBound) to \(range.upperBound) in digits, "
        + "for example \(example)."
    ) { text in
      guard (1...15).contains(text.utf8.count),
        text.utf8.allSatisfy({ $0.isDigit }),
        let number = Int(text), range.contains(number)
      else { return nil }
      return number
    }
    let schema = Schema([
      JSONValue.Member("type", .array([.string("integer"), .string("string")])),
      JSONValue.Member("minimum", .integer(Int64(range.lowerBound))),
      JSONValue.Member("maximum", .integer(Int64(range.upperBound))),
      JSONValue.Member("pattern", .string("^[0-9]{1,15}$")),
      JSONValue.Member("examples", .array([.integer(Int64(example))])),
    ])
    return Form(noun, example: "\(example)", schema: schema) { node, context in
      scalar.read(node, &context)
    }
  }
}
