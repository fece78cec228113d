import CanonicalJSON
public import PlanSyntax
public import PlanText

extension Form {
  /// A word, or a mapping that says more: `operator | {command: …}`.
  ///
  /// * `noun`: What stands here, with an article: `a channel`.
  /// * `words`: The words with their values.
  /// * `object`: The form of the mapping.
  public static func word<Content: Sendable>(
    _ noun: String, example: String? = nil,
    _ words: [(word: String, value: Content)], or object: Form<Located<Content>>
  ) -> Form<Value> where Value == Located<Content> {
    let names = words.map(\.word)
    let scalar = Scalar<Content>(noun, examples: names, page: .unknownWord, words: names) { text in
      words.first { $0.word == text }?.value
    }
    let example = example ?? names.first
    let schema = Schema { definitions in
      [
        .init(
          "oneOf",
          .array([
            .object(
              [.init("title", .string(names.joined(separator: " or ")))]
                + scalar.schema.members(&definitions)),
            object.schema.value(&definitions),
          ]))
      ]
    }
    return Form(noun, example: example, schema: schema) { node, context in
      switch context.tree.kind(of: node) {
      case .mapping: return object.decoder(node, &context)
      case .scalar where !context.tree.isNull(node): return scalar.read(node, &context)
      default:
        context.reportMismatch(node, expected: noun, example: example)
        return nil
      }
    }
  }

  /// A mapping of one kind where it has a key, else of another.
  ///
  /// * `key`: The key that tells.
  /// * `form`: The form of a mapping with the key.
  /// * `other`: The form of every other one, which also reports what is no mapping.
  public static func object(having key: StaticString, _ form: Form, else other: Form) -> Form {
    let schema = Schema { definitions in
      [
        .init(
          "anyOf", .array([other.schema.value(&definitions), form.schema.value(&definitions)]))
      ]
    }
    return Form(other.noun, example: other.example, schema: schema) { node, context in
      let tree = context.tree
      let isMeant =
        tree.kind(of: node) == .mapping
        && tree.entries(of: node).contains { tree.scalar($0.key, is: key) }
      return isMeant ? form.decoder(node, &context) : other.decoder(node, &context)
    }
  }

  /// The same form, whose text is never shown where it could not be read: it may hold a secret.
  public func concealed() -> Form {
    let decoder = decoder
    return Form(noun, example: example, schema: schema) { node, context in
      let known = context.diagnostics.count
      let value = decoder(node, &context)
      if value == nil { context.conceal(node, inDiagnosticsFrom: known) }
      return value
    }
  }

  /// The same form with a report of its own for nodes of the wrong kind.
  ///
  /// * `diagnose`: The report for a node, or nil to leave it to the form.
  @inlinable
  public func intercepting(
    _ diagnose: @escaping @Sendable (SyntaxTree.Node, DecodeContext) -> Diagnostic?
  ) -> Form {
    let decoder = decoder
    return Form(noun, example: example, schema: schema) { node, context in
      if let diagnostic = diagnose(node, context) {
        context.report(diagnostic)
        return nil
      }
      return decoder(node, &context)
    }
  }
}
