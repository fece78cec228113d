public import PlanSyntax
public import PlanText

/// What may stand at one place of a document, said once: it decodes the place and prints its schema.
///
/// Forms are values. Small ones are made by the factories (``scalar(_:)``, ``list(of:_:)``,
/// ``object(_:example:_:make:)`` and so on) and combined into larger ones. A form reports everything that
/// is wrong below its place and yields nil where no value came out, so that nobody reports it again.
///
/// What runs for every node of a document is `@inlinable`: unspecialised, half of a decode would be spent
/// on looking up the metadata of generic types.
public struct Form<Value: Sendable>: Sendable {
  /// What is expected here, with an article: `a duration such as 24h`.
  public let noun: String

  /// A value as it would be written, on one line; nil where the noun says enough.
  public let example: String?

  @usableFromInline let schema: Schema
  @usableFromInline let decoder: @Sendable (SyntaxTree.Node, inout DecodeContext) -> Value?

  /// A form by hand; prefer the factories.
  ///
  /// * `noun`: What is expected, with an article.
  /// * `example`: A value on one line.
  /// * `schema`: The same rules as a JSON Schema.
  /// * `decoder`: Reports what is wrong and returns nil, or returns the value.
  public init(
    _ noun: String,
    example: String? = nil,
    schema: Schema,
    decoder: @escaping @Sendable (SyntaxTree.Node, inout DecodeContext) -> Value?
  ) {
    self.noun = noun
    self.example = example
    self.schema = schema
    self.decoder = decoder
  }

  /// The value at `node`; nil where something was reported.
  @inlinable
  public func decode(_ node: SyntaxTree.Node, _ context: inout DecodeContext) -> Value? {
    decoder(node, &context)
  }

  /// The same form with another value.
  @inlinable
  public func map<Other: Sendable>(
    _ transform: @escaping @Sendable (Value) -> Other
  ) -> Form<Other> {
    let decoder = decoder
    return Form<Other>(noun, example: example, schema: schema) { node, context in
      decoder(node, &context).map(transform)
    }
  }

  /// The same form, whose value is looked at when it is there; what is wrong with it is reported, and then
  /// there is none.
  public func checked(_ check: @escaping @Sendable (Value) -> Diagnostic?) -> Form {
    let decoder = decoder
    return Form(noun, example: example, schema: schema) { node, context in
      guard let value = decoder(node, &context) else { return nil }
      guard let mistake = check(value) else { return value }
      context.report(mistake)
      return nil
    }
  }

  /// The same form under a name of its own in the schema, for forms that are used in several places.
  public func named(_ name: String) -> Form {
    let schema = schema
    return Form(noun, example: example, schema: .definition(name, schema), decoder: decoder)
  }
}
