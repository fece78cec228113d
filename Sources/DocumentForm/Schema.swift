public import CanonicalJSON

/// The rules of a place as members of a JSON Schema (draft 2020-12).
public struct Schema: Sendable {
  /// The definitions that a schema refers to, in the order in which they are met.
  public struct Definitions {
    private(set) var members: [JSONValue.Member] = []
    private var known: Set<String> = []

    /// Adds a definition once.
    mutating func define(_ name: String, _ schema: Schema) {
      guard known.insert(name).inserted else { return }
      let position = members.count
      members.append(JSONValue.Member(name, .null))
      members[position] = JSONValue.Member(name, .object(schema.members(&self)))
    }
  }

  let members: @Sendable (inout Definitions) -> [JSONValue.Member]

  /// A schema whose members may add definitions.
  public init(_ members: @escaping @Sendable (inout Definitions) -> [JSONValue.Member]) {
    self.members = members
  }

  /// A schema of fixed members.
  public init(_ members: [JSONValue.Member]) {
    self.init { _ in members }
  }

  /// A reference to a definition.
  static func definition(_ name: String, _ schema: Schema) -> Schema {
    Schema { definitions in
      definitions.define(name, schema)
      return [JSONValue.Member("$ref", .string("#/$defs/\(name)"))]
    }
  }

  /// What an editor calls the place: the noun without its article.
  static func title(_ noun: String) -> JSONValue.Member {
    let article = ["a ", "an ", "the "].first { noun.hasPrefix($0) } ?? ""
    let words = noun.dropFirst(article.count)
    return JSONValue.Member("title", .string(words.prefix(1).uppercased() + words.dropFirst()))
  }

  /// The schema as a value.
  func value(_ definitions: inout Definitions) -> JSONValue {
    .object(members(&definitions))
  }

  /// The schema of a whole document.
  func document(id: String, title: String, description: String) -> JSONValue {
    var definitions = Definitions()
    let body = members(&definitions).filter { $0.name != "title" }
    var all = [
      JSONValue.Member("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      JSONValue.Member("$id", .string(id)),
      JSONValue.Member("title", .string(title)),
      JSONValue.Member("description", .string(description)),
    ]
    all += body
    if !definitions.members.isEmpty {
      all.append(JSONValue.Member("$defs", .object(definitions.members)))
    }
    return .object(all)
  }
}
