import CanonicalJSON
public import PlanSyntax
public import PlanText

/// One part of an object form: the keys that it owns and the value that comes of them.
///
/// Most parts own one key (``required(_:_:_:default:)`` and its kin). A part that owns several is a
/// choice between keys (``exactlyOne(_:of:)``).
public struct Part<Value: Sendable>: Sendable {
  @usableFromInline let keys: [PartKey]

  /// The sets of keys of which exactly one must be there; empty without such a rule.
  @usableFromInline let alternatives: [[String]]

  @usableFromInline let decoder: @Sendable (PartSlots, inout DecodeContext) -> Value?

  @inlinable
  init(
    keys: [PartKey], alternatives: [[String]],
    decoder: @escaping @Sendable (PartSlots, inout DecodeContext) -> Value?
  ) {
    self.keys = keys
    self.alternatives = alternatives
    self.decoder = decoder
  }
}

/// What a schema and a message say of one key.
@usableFromInline
struct PartKey: Sendable {
  @usableFromInline let name: String
  let description: String
  let isRequired: Bool
  let schema: Schema
  let defaultText: String?
  let example: String?

  /// What a message adds where the key is missing, to follow the example; nil for nothing.
  let hint: String?

  /// What else people call it, in lower case.
  let otherNames: [String]

  /// The bytes of the name.
  let utf8: [UInt8]

  @usableFromInline
  init(
    _ name: String, _ description: String, isRequired: Bool = false, schema: Schema,
    defaultText: String? = nil, example: String?, hint: String? = nil, otherNames: [String] = []
  ) {
    self.name = name
    self.otherNames = otherNames
    utf8 = Array(name.utf8)
    self.description = description
    self.isRequired = isRequired
    self.schema = schema
    self.defaultText = defaultText
    self.example = example
    self.hint = hint
  }

  func schemaValue(_ definitions: inout Schema.Definitions) -> JSONValue {
    var members = [JSONValue.Member("description", .string(description))]
    members += schema.members(&definitions)
    // Scalars bring examples, and a choice of words needs none.
    let isSaid = members.contains { ["examples", "enum", "const"].contains($0.name) }
    if !isSaid, let example = example.flatMap(JSONValue.init(example:)) {
      members.append(JSONValue.Member("examples", .array([example])))
    }
    if let defaultText {
      let value = Int64(defaultText).map { JSONValue.integer($0) } ?? .string(defaultText)
      members.append(JSONValue.Member("default", value))
    }
    return .object(members)
  }
}

/// What one mapping gives for a key of its form.
@usableFromInline
enum Slot {
  case absent
  /// Meant, but already reported: a misspelt key.
  case reported
  case present(key: SyntaxTree.Node, value: SyntaxTree.Node)
}

/// The slots of one part among those of its object, and the place for what is missing.
@usableFromInline
struct PartSlots {
  @usableFromInline let place: ObjectPlace

  /// Where those of the part begin among the slots of the context.
  @usableFromInline var start: Int

  @inlinable
  init(from start: Int, place: ObjectPlace) {
    self.start = start
    self.place = place
  }
}

/// Where an object stands.
public struct ObjectPlace: Sendable {
  /// The mapping, braces included.
  public let span: SourceSpan

  /// The key of the mapping, or its start where it has none: what a message about the whole points to.
  public let headSpan: SourceSpan

  /// The key as a name; empty where the object is an item of a list or the document itself.
  public let name: Located<String>
}

extension Part {
  /// A key that must be there.
  ///
  /// * `name`: The key.
  /// * `form`: The form of its value.
  /// * `description`: What it is for, in full sentences; an editor shows it.
  /// * `standIn`: What stands in for a missing or wrong value once that is reported, so that the rest of
  ///   the object can still be looked at; without one the whole object is nil.
  /// * `hint`: What the help adds where the key is missing, to follow the example.
  @inlinable
  public static func required(
    _ name: String, _ form: Form<Value>, _ description: String, standIn: Value? = nil,
    hint: String? = nil
  ) -> Part {
    let key = PartKey(
      name, description, isRequired: true, schema: form.schema, example: form.example, hint: hint)
    return Part(keys: [key], alternatives: []) { slots, context in
      switch context.slots[slots.start] {
      case .present(let key, let value):
        return context.decode(value, under: key, as: form) ?? standIn
      case .reported:
        return standIn
      case .absent:
        context.reportMissing(key, in: slots.place, noun: form.noun)
        return standIn
      }
    }
  }

  /// A key that may be left out.
  ///
  /// * `name`: The key.
  /// * `form`: The form of its value.
  /// * `description`: What it is for.
  /// * `documentedDefault`: What holds without it, for the schema.
  @inlinable
  public static func optional<Content: Sendable>(
    _ name: String, _ form: Form<Content>, _ description: String,
    documentedDefault: String? = nil
  ) -> Part where Value == Content? {
    let key = PartKey(
      name, description, schema: form.schema, defaultText: documentedDefault,
      example: form.example)
    return Part(keys: [key], alternatives: []) { slots, context in
      guard case .present(let key, let value) = context.slots[slots.start] else {
        return .some(nil)
      }
      return .some(context.decode(value, under: key, as: form))
    }
  }

  /// A key that may be left out, with the value that holds without it.
  @inlinable
  public static func defaulted(
    _ name: String, _ form: Form<Value>, _ description: String,
    default value: Value, documentedDefault: String? = nil
  ) -> Part {
    let key = PartKey(
      name, description, schema: form.schema, defaultText: documentedDefault,
      example: form.example)
    return Part(keys: [key], alternatives: []) { slots, context in
      guard case .present(let key, let node) = context.slots[slots.start] else { return value }
      return context.decode(node, under: key, as: form) ?? value
    }
  }

  /// A key of which exactly one must be there.
  public struct Alternative: Sendable {
    @usableFromInline let key: PartKey
    @usableFromInline let decode:
      @Sendable (SyntaxTree.Node, SyntaxTree.Node, inout DecodeContext) -> Value?

    /// An alternative.
    ///
    /// * `name`: The key.
    /// * `form`: The form of its value.
    /// * `description`: What it is for.
    /// * `otherNames`: What else people call it, in lower case; a message knows what they mean.
    /// * `make`: The part's value of the key's.
    @inlinable
    public init<Content: Sendable>(
      _ name: String, _ form: Form<Content>, _ description: String, otherNames: [String] = [],
      make: @escaping @Sendable (Content) -> Value
    ) {
      key = PartKey(
        name, description, schema: form.schema, example: form.example, otherNames: otherNames)
      decode = { key, value, context in
        context.decode(value, under: key, as: form).map(make)
      }
    }
  }

  /// Exactly one of several keys.
  ///
  /// * `noun`: What is chosen, with an article: `a source`.
  /// * `alternatives`: The keys.
  @inlinable
  public static func exactlyOne(_ noun: String, of alternatives: [Alternative]) -> Part {
    let names = alternatives.map(\.key.name)
    return Part(keys: alternatives.map(\.key), alternatives: [names]) { slots, context in
      var chosen: [(position: Int, key: SyntaxTree.Node, value: SyntaxTree.Node)] = []
      var isReported = false
      for position in alternatives.indices {
        switch context.slots[slots.start + position] {
        case .absent: break
        case .reported: isReported = true
        case .present(let key, let value): chosen.append((position, key, value))
        }
      }
      let values = chosen.map { alternatives[$0.position].decode($0.key, $0.value, &context) }
      if values.count == 1, !isReported { return values[0] }
      if !isReported {
        context.reportChoice(noun, of: names, given: chosen.map(\.key), in: slots.place)
      }
      return nil
    }
  }
}

extension DecodeContext {
  /// Reports a key that must be there.
  @usableFromInline
  mutating func reportMissing(_ key: PartKey, in place: ObjectPlace, noun: String) {
    let example = key.example.map { "\(key.name): \($0)" } ?? "\(key.name): …"
    report(
      Diagnostic(
        .missingKey, at: place.headSpan,
        "The key '\(key.name)' is missing \(inPhrase); it holds \(noun).",
        help: "Add '\(example)'\(key.hint ?? "")."))
  }

  /// Reports none or several of keys that exclude each other.
  @usableFromInline
  mutating func reportChoice(
    _ noun: String, of names: [String], given: [SyntaxTree.Node], in place: ObjectPlace
  ) {
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    guard let last = given.last else {
      report(
        Diagnostic(
          .notExactlyOne, at: place.headSpan,
          "\(noun.sentenceStart) is missing \(inPhrase): none of \(list) is given.",
          help: "Give exactly one of \(list)."))
      return
    }
    let keys = given.map { "'\(tree.string(of: $0))'" }.joined(separator: " and ")
    report(
      Diagnostic(
        .notExactlyOne, at: tree.span(of: last),
        "\(keys) are given \(inPhrase), but only one of \(list) may be.",
        help: "Keep one and remove the other\(given.count > 2 ? "s" : "").",
        related: given.dropLast().map {
          .init("'\(tree.string(of: $0))' is given here.", at: tree.span(of: $0))
        }))
  }

  /// `in 'paris'`, `in an item of 'replication'`, `in the document`.
  var inPhrase: String {
    guard let key else { return "in the document" }
    return "in \(isItem ? "an item of " : "")'\(clipped(key))'"
  }
}

extension String {
  /// The text with a capital at its start.
  fileprivate var sentenceStart: String { prefix(1).uppercased() + dropFirst() }
}
