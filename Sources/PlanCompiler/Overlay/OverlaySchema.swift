import CanonicalJSON

/// The JSON Schema (draft 2020-12) of overlays, made of that of plans: every key may be left out, `null`
/// removes, and a list replaces a list as a whole.
public func rotationPlanOverlaySchema() -> [UInt8] {
  let plan = (try? JSONValue(parsing: rotationPlanSchema())) ?? .null
  var writer = JSONWriter(indent: 2, capacity: 49_152)
  writer.value(OverlaySchema(of: plan).document())
  writer.newLine()
  return writer.bytes
}

/// The schema of a document that says only what is different from another one.
private struct OverlaySchema {
  private let plan: JSONValue

  /// What a name of the definitions gets where what it names may be given in part.
  private static let suffix = "Changes"

  init(of plan: JSONValue) {
    self.plan = plan
  }

  func document() -> JSONValue {
    let definitions = plan["$defs"]?.object ?? []
    var members = partial(plan).filter { $0.name != "$defs" }.map { member in
      switch member.name {
      case "$id":
        JSONValue.Member(
          "$id", .string("https://waltz.invalid/schemas/rotation-plan-overlay.schema.json"))
      case "title": JSONValue.Member("title", .string("Waltz rotation plan overlay"))
      case "description":
        JSONValue.Member(
          "description",
          .string("How a rotation plan differs in one environment, apiVersion waltz/v1.")
        )
      case "properties": JSONValue.Member("properties", header(member.value))
      default: member
      }
    }
    let all =
      definitions
      + definitions.map { JSONValue.Member($0.name + Self.suffix, .object(partial($0.value))) }
    let used = Self.reachable(from: .object(members), in: all)
    members.append(.init("$defs", .object(all.filter { used.contains($0.name) })))
    return .object(members)
  }

  /// The keys of the document, of which those that say what it is are not there to be removed.
  private func header(_ properties: JSONValue) -> JSONValue {
    .object(
      (properties.object ?? []).map { property in
        let original = plan["properties"]?[property.name] ?? property.value
        switch property.name {
        case "apiVersion": return .init(property.name, original)
        case "kind":
          let kinds = ["RotationPlanOverlay", "RotationPlan"].map { JSONValue.string($0) }
          let rest = (original.object ?? []).filter { $0.name != "const" }
          return .init(property.name, .object(rest + [.init("enum", .array(kinds))]))
        default: return property
        }
      })
  }

  /// A schema of something that may be given in part.
  private func partial(_ schema: JSONValue) -> [JSONValue.Member] {
    (schema.object ?? []).compactMap { member in
      switch member.name {
      // What must be there is there in the plan, and so is what holds where nothing is said.
      case "required", "minProperties", "default": return nil
      case "oneOf":
        let ways = (member.value.array ?? []).filter { $0["required"] == nil || $0["type"] != nil }
        return ways.isEmpty
          ? nil : .init("oneOf", .array(ways.map { .object(partial($0)) }))
      // A part of a mapping may be a part of several.
      case "anyOf":
        return .init(
          "anyOf", .array((member.value.array ?? []).map { .object(partial($0)) }))
      case "properties":
        return .init(
          "properties",
          .object((member.value.object ?? []).map { .init($0.name, removable($0.value)) }))
      case "additionalProperties" where member.value.object != nil:
        return .init(member.name, removable(member.value))
      case "$ref": return .init("$ref", .string((member.value.string ?? "") + Self.suffix))
      default: return member
      }
    }
  }

  /// A schema of a value that may be given in part, or as `null`.
  private func removable(_ schema: JSONValue) -> JSONValue {
    let members = partial(schema)
    let said = members.filter { ["title", "description", "examples"].contains($0.name) }
    let rules = members.filter { member in !said.contains(member) }
    let null = JSONValue.object([.init("type", .string("null"))])
    return .object(said + [.init("anyOf", .array([.object(rules), null]))])
  }

  /// The names of the definitions that a schema refers to, itself or through others.
  private static func reachable(
    from schema: JSONValue, in definitions: [JSONValue.Member]
  ) -> Set<String> {
    var found: Set<String> = []
    var open = [schema]
    while let next = open.popLast() {
      switch next {
      case .array(let elements): open += elements
      case .object(let members):
        open += members.map(\.value)
        guard let target = next["$ref"]?.string else { continue }
        let name = String(target.dropFirst("#/$defs/".count))
        guard found.insert(name).inserted else { continue }
        open += definitions.filter { $0.name == name }.map(\.value)
      default: break
      }
    }
    return found
  }
}
