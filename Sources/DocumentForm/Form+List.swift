import CanonicalJSON
public import PlanSyntax
import PlanText

extension Form {
  /// A list of values; items that do not decode are left out after they were reported.
  ///
  /// * `item`: The form of every item.
  /// * `noun`: What is listed, with an article: `a list of sites`.
  /// * `count`: How many items fit; anything else is reported, as an empty list or as a wrong length.
  @inlinable
  public static func list<Item: Sendable>(
    of item: Form<Item>, _ noun: String, example: String? = nil,
    count: ClosedRange<Int> = 1...Int.max
  ) -> Form<Value> where Value == [Item] {
    let example = example ?? item.example.map { "[\($0)]" }
    return Form(
      noun, example: example, schema: listSchema(of: item.schema, count: count)
    ) { node, context in
      guard context.tree.kind(of: node) == .sequence else {
        context.reportNoList(node, expected: noun, example: example)
        return nil
      }
      let items = context.tree.items(of: node)
      guard count.contains(items.count) else {
        context.reportCount(items.count, of: node, expected: noun, count: count)
        return nil
      }
      var values: [Item] = []
      values.reserveCapacity(items.count)
      for position in items.indices {
        if let value = context.decode(item: items[position], as: item) { values.append(value) }
      }
      return values
    }
  }

  @usableFromInline
  static func listSchema(of item: Schema, count: ClosedRange<Int>) -> Schema {
    Schema { definitions in
      var members = [
        JSONValue.Member("type", .string("array")),
        JSONValue.Member("items", item.value(&definitions)),
      ]
      if count.lowerBound > 0 {
        members.append(JSONValue.Member("minItems", .integer(Int64(count.lowerBound))))
      }
      if count.upperBound < Int.max {
        members.append(JSONValue.Member("maxItems", .integer(Int64(count.upperBound))))
      }
      return members
    }
  }
}

extension DecodeContext {
  /// Reports a list or mapping of a length that does not fit.
  @usableFromInline
  mutating func reportCount(
    _ found: Int, of node: SyntaxTree.Node, expected noun: String, count: ClosedRange<Int>
  ) {
    if found == 0 {
      report(
        .init(
          .emptyCollection, at: tree.span(of: node),
          "Expected \(noun) \(placePhrase), but it is empty.",
          help: "Write at least one, or leave the key out if it is optional."))
    } else {
      let wanted =
        count.lowerBound == count.upperBound
        ? "exactly \(count.lowerBound)"
        : count.upperBound == Int.max
          ? "at least \(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
      report(
        .init(
          .wrongCount, at: tree.span(of: node),
          "Expected \(noun) \(placePhrase), found \(found) of them.",
          help: "Write \(wanted)."))
    }
  }
}
