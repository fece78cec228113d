import CanonicalJSON
public import PlanSyntax
public import PlanText

extension Form {
  /// A mapping whose keys the user chooses, in the order of the document.
  ///
  /// Entries whose key or value does not decode are left out after they were reported.
  ///
  /// * `keys`: What a key may be. Where it is a choice of words, the schema lists them as properties.
  /// * `values`: The form of every value.
  /// * `noun`: What is mapped, with an article: `a mapping of servers by name`.
  /// * `allowsEmpty`: Whether `{}` fits.
  /// * `describe`: What the schema says of a key, where the keys are a choice of words.
  /// * `make`: The element of a key and its value.
  @inlinable
  public static func map<Key: Sendable, Content: Sendable, Element: Sendable>(
    _ keys: Scalar<Key>, to values: Form<Content>, _ noun: String, example: String? = nil,
    allowsEmpty: Bool = false, describe: @escaping @Sendable (Key) -> String? = { _ in nil },
    make: @escaping @Sendable (Located<Key>, Content) -> Element
  ) -> Form<Value> where Value == [Element] {
    Form(
      noun, example: example,
      schema: mapSchema(noun, keys, values.schema, allowsEmpty: allowsEmpty, describe: describe)
    ) { node, context in
      guard context.tree.kind(of: node) == .mapping else {
        context.reportNoMapping(node, expected: noun, example: example, among: nil)
        return nil
      }
      let entries = context.tree.entries(of: node)
      guard allowsEmpty || !entries.isEmpty else {
        context.reportCount(0, of: node, expected: noun, count: 1...Int.max)
        return nil
      }
      var elements: [Element] = []
      elements.reserveCapacity(entries.count)
      for position in entries.indices {
        let entry = entries[position]
        guard context.checkKey(entry.key) else { continue }
        let key = keys.read(key: entry.key, &context)
        let content = context.decode(entry.value, under: entry.key, as: values)
        if let key, let content { elements.append(make(key, content)) }
      }
      return elements
    }
  }

  @usableFromInline
  static func mapSchema<Key>(
    _ noun: String, _ keys: Scalar<Key>, _ values: Schema, allowsEmpty: Bool,
    describe: @escaping @Sendable (Key) -> String?
  ) -> Schema {
    Schema { definitions in
      var members = [Schema.title(noun), JSONValue.Member("type", .string("object"))]
      let value = values.members(&definitions)
      if keys.words.isEmpty {
        var names: [JSONValue.Member] = []
        if let pattern = keys.pattern { names.append(.init("pattern", .string(pattern))) }
        if let length = keys.maximumLength {
          names.append(.init("maxLength", .integer(Int64(length))))
        }
        members.append(.init("propertyNames", .object(names)))
        members.append(.init("additionalProperties", .object(value)))
      } else {
        let properties = keys.words.map { word in
          let description = keys.parse(word).flatMap(describe)
          return JSONValue.Member(
            word, .object(description.map { [.init("description", .string($0))] + value } ?? value))
        }
        members.append(.init("properties", .object(properties)))
        members.append(.init("additionalProperties", .bool(false)))
      }
      if !allowsEmpty { members.append(.init("minProperties", .integer(1))) }
      return members
    }
  }
}

extension DecodeContext {
  /// Whether `key` can name anything; reports YAML's merge key. The syntax pass has reported keys that
  /// are no text.
  @usableFromInline
  mutating func checkKey(_ key: SyntaxTree.Node) -> Bool {
    guard tree.kind(of: key) == .scalar, tree.style(of: key) == .plain else {
      return tree.kind(of: key) == .scalar
    }
    if tree.scalar(key, is: "<<") {
      report(
        Diagnostic(
          .mergeKey, at: tree.span(of: key),
          "YAML's merge key '<<' is not supported.",
          help: "Write the keys out, or use an alias for a whole value, for example "
            + "'password: *shared'."))
      return false
    }
    return !tree.utf8(of: key).isEmpty
  }
}
