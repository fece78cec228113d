import CanonicalJSON
public import PlanModel
public import PlanSyntax
public import PlanText

/// Every value of a plan in the order of the document, with where it stands, and the defaults of what is
/// left out.
///
/// Defaults come from the schema. What a wait leaves out comes from `waits.default`, so only that entry has
/// defaults of its own.
public func valueOrigins(of tree: SyntaxTree, in sources: SourceMap) -> [ValueOrigin] {
  guard let root = tree.root else { return [] }
  let schema = (try? JSONValue(parsing: rotationPlanSchema())) ?? .null
  var walk = OriginWalk(
    tree: tree, definitions: schema["$defs"] ?? .null,
    hidden: sources.sources.indices.map {
      sources.hidden(of: SourceID(index: UInt32($0)))?.ranges ?? []
    })
  walk.visit(root, schema, path: "")
  return walk.origins
}

private struct OriginWalk {
  let tree: SyntaxTree
  let definitions: JSONValue
  let hidden: [[Range<Int>]]
  var origins: [ValueOrigin] = []

  mutating func visit(_ node: SyntaxTree.Node, _ schema: JSONValue, path: String) {
    switch tree.kind(of: node) {
    case .scalar: add(tree.string(of: node), at: node, path)
    case .sequence:
      if tree.count(of: node) == 0 { add("[]", at: node, path) }
      let items = resolved(schema)["items"] ?? .null
      for (position, item) in tree.items(of: node).enumerated() {
        visit(item, items, path: "\(path)[\(position)]")
      }
    case .mapping:
      if tree.count(of: node) == 0 { add("{}", at: node, path) }
      let schema = object(schema)
      var given: Set<String> = []
      for entry in tree.entries(of: node) {
        let key = tree.string(of: entry.key)
        given.insert(key)
        let form = schema["properties"]?[key] ?? schema["additionalProperties"] ?? .null
        visit(entry.value, form, path: joined(path, key))
      }
      addDefaults(of: schema, without: given, path: path)
    }
  }

  /// What holds for the keys that a mapping leaves out.
  private mutating func addDefaults(of schema: JSONValue, without given: Set<String>, path: String)
  {
    if path.hasPrefix("waits."), path != "waits.default" { return }
    for property in schema["properties"]?.object ?? [] where !given.contains(property.name) {
      let path = joined(path, property.name)
      if let value = property.value["default"] {
        let text = value.string ?? value.integer.map { String($0) } ?? ""
        origins.append(ValueOrigin(path: path, value: text, span: nil))
        continue
      }
      let inner = resolved(property.value)
      guard inner["properties"] != nil, inner["required"] == nil, inner["oneOf"] == nil else {
        continue
      }
      addDefaults(of: inner, without: [], path: path)
    }
  }

  private mutating func add(_ text: String, at node: SyntaxTree.Node, _ path: String) {
    let span = tree.span(of: node)
    let ranges = Int(span.source.index) < hidden.count ? hidden[Int(span.source.index)] : []
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= Int(span.start) { low = middle + 1 } else { high = middle }
    }
    let isHidden = low < ranges.count && ranges[low].lowerBound < Int(span.end)
    origins.append(ValueOrigin(path: path, value: isHidden ? "***" : text, span: span))
  }

  /// The schema of a place without references.
  private func resolved(_ schema: JSONValue) -> JSONValue {
    guard let name = schema["$ref"]?.string?.split(separator: "/").last else { return schema }
    return definitions[String(name)] ?? .null
  }

  /// Of a word or a mapping that says more, the mapping.
  private func object(_ schema: JSONValue) -> JSONValue {
    let schema = resolved(schema)
    guard schema["properties"] == nil, let choices = schema["oneOf"]?.array else { return schema }
    return choices.lazy.map(resolved).first { $0["type"]?.string == "object" } ?? schema
  }

  /// `path.key`; a key that would be read wrongly is put in quotes.
  private func joined(_ path: String, _ key: String) -> String {
    let isPlain =
      !key.isEmpty
      && key.utf8.allSatisfy { byte in
        switch byte {
        case "0"..."9", "A"..."Z", "a"..."z", "_", "-", 0x80...: true
        default: false
        }
      }
    let key = isPlain ? key : "'\(key.replacing("'", with: "''"))'"
    return path.isEmpty ? key : "\(path).\(key)"
  }
}
