import CanonicalJSON
public import PlanSyntax
public import PlanText

extension Form {
  /// A text with a meaning.
  @inlinable
  public static func scalar<Content: Sendable>(_ scalar: Scalar<Content>) -> Form<Value>
  where Value == Located<Content> {
    Form(scalar.noun, example: scalar.examples.first, schema: scalar.schema) { node, context in
      scalar.read(node, &context)
    }
  }

  /// One of the words of an enumeration: its raw values.
  public static func choice<Word>(_ noun: String, of words: Word.Type) -> Form<Value>
  where Word: CaseIterable & RawRepresentable<String> & Sendable, Value == Located<Word> {
    .scalar(.choice(noun, of: words))
  }
}

extension Scalar {
  /// One of the words of an enumeration: its raw values.
  ///
  /// * `former`: Words that were among them in earlier versions of the language.
  public static func choice(
    _ noun: String, of words: Value.Type, former: [String: Successor] = [:]
  ) -> Scalar where Value: CaseIterable & RawRepresentable<String> {
    let names = Value.allCases.map(\.rawValue)
    var scalar = Scalar(noun, examples: names, page: .unknownWord, words: names) { text in
      Value(rawValue: text)
    }
    scalar.former = former
    return scalar
  }

  /// The value of a scalar node; nil after a report.
  @inlinable
  func read(_ node: SyntaxTree.Node, _ context: inout DecodeContext) -> Located<Value>? {
    guard context.tree.kind(of: node) == .scalar, !context.tree.isNull(node) else {
      context.reportMismatch(node, expected: noun, example: examples.first)
      return nil
    }
    return read(key: node, &context)
  }

  /// The value of a scalar node whose text means itself even where it is `null`, as in a key.
  @inlinable
  func read(key node: SyntaxTree.Node, _ context: inout DecodeContext) -> Located<Value>? {
    let text = context.tree.string(of: node)
    let span = context.tree.span(of: node)
    if let maximumLength, text.utf8.count > maximumLength {
      context.report(excess(text, at: span, in: context))
      return nil
    }
    guard let value = parse(text) else {
      context.report(mismatch(text, of: node, in: context))
      return nil
    }
    return Located(value, at: span)
  }

  /// The rules as a schema.
  @usableFromInline
  var schema: Schema {
    var members: [JSONValue.Member] = []
    if words.isEmpty {
      members.append(
        JSONValue.Member(
          "type",
          jsonTypes.count == 1 ? .string(jsonTypes[0]) : .array(jsonTypes.map { .string($0) })))
      if let pattern { members.append(JSONValue.Member("pattern", .string(pattern))) }
      if let maximumLength {
        members.append(JSONValue.Member("maxLength", .integer(Int64(maximumLength))))
      }
      if !examples.isEmpty {
        members.append(JSONValue.Member("examples", .array(examples.map { .string($0) })))
      }
    } else {
      members.append(JSONValue.Member("enum", .array(words.map { .string($0) })))
    }
    return Schema(members)
  }
}
