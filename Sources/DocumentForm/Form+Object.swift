import CanonicalJSON
public import PlanSyntax
import PlanText

extension Form {
  /// A mapping with known keys.
  ///
  /// Unknown keys are reported with the nearest known one. Where a required part has no value, the object
  /// has none either; optional parts that are wrong count as left out.
  ///
  /// * `noun`: What the mapping is, with an article: `a server`.
  /// * `example`: The mapping on one line.
  /// * `parts`: The keys, in the order in which they are usually written.
  /// * `make`: The value of the parts, with the place of the mapping; nil after a report of its own.
  @inlinable
  public static func object<each Content: Sendable>(
    _ noun: String,
    example: String? = nil,
    _ parts: repeat Part<each Content>,
    make: @escaping @Sendable (ObjectPlace, repeat each Content) -> Value?
  ) -> Form {
    var keys: [PartKey] = []
    var alternatives: [[String]] = []
    for part in repeat each parts {
      keys += part.keys
      alternatives += part.alternatives
    }
    let readers = (repeat PartReader(each parts))
    return object(noun, example: example, keys, alternatives) { slots, context in
      var isWhole = true
      func value<Element>(_ reader: PartReader<Element>) -> Element? {
        let value = reader.value(&slots, &context)
        if value == nil { isWhole = false }
        return value
      }
      let values = (repeat value(each readers))
      guard isWhole else { return nil }
      // Every value is there, or the guard had left.
      return make(slots.place, repeat (each values).unsafelyUnwrapped)
    }
  }

  /// A mapping with known keys, whose parts `read` reads one after the other.
  @inlinable
  static func object(
    _ noun: String, example: String?, _ keys: [PartKey], _ alternatives: [[String]],
    read: @escaping @Sendable (inout PartSlots, inout DecodeContext) -> Value?
  ) -> Form {
    let table = KeyTable(keys)
    return Form(
      noun, example: example,
      schema: objectSchema(noun, keys, alternatives: alternatives)
    ) { node, context in
      guard context.tree.kind(of: node) == .mapping else {
        context.reportNoMapping(node, expected: noun, example: example, among: table)
        return nil
      }
      var slots = PartSlots(
        from: table.pushSlots(of: node, &context), place: context.place(of: node))
      defer { table.popSlots(&context) }
      return read(&slots, &context)
    }
  }

  @usableFromInline
  static func objectSchema(
    _ noun: String, _ keys: [PartKey], alternatives: [[String]]
  ) -> Schema {
    Schema { definitions in
      var members = [Schema.title(noun), JSONValue.Member("type", .string("object"))]
      var properties: [JSONValue.Member] = []
      for key in keys {
        properties.append(.init(key.name, key.schemaValue(&definitions)))
      }
      members.append(.init("properties", .object(properties)))
      let required = keys.filter(\.isRequired).map { JSONValue.string($0.name) }
      if !required.isEmpty { members.append(.init("required", .array(required))) }
      for names in alternatives {
        members.append(
          .init(
            "oneOf",
            .array(
              names.map {
                .object([
                  .init("title", .string($0)), .init("required", .array([.string($0)])),
                ])
              })))
      }
      members.append(.init("additionalProperties", .bool(false)))
      return members
    }
  }
}

/// What of a part runs for every object: kept small, since it is copied for each.
@usableFromInline
struct PartReader<Content: Sendable>: Sendable {
  /// How many slots are the part's.
  @usableFromInline let width: Int

  @usableFromInline let decoder: @Sendable (PartSlots, inout DecodeContext) -> Content?

  @inlinable
  init(_ part: Part<Content>) {
    width = part.keys.count
    decoder = part.decoder
  }

  /// The value of the part whose slots come next; without one the object is not whole.
  @inlinable
  func value(_ slots: inout PartSlots, _ context: inout DecodeContext) -> Content? {
    defer { slots.start += width }
    return decoder(slots, &context)
  }
}

/// The keys of an object form, for the one scan over a mapping.
@usableFromInline
struct KeyTable: Sendable {
  let keys: [PartKey]

  /// The names of the keys, for a misspelt one.
  private let names: NearNames

  /// The same in small letters.
  private let smallNames: [String]

  /// What an unknown key is told of them.
  private let listOfNames: String

  @usableFromInline var count: Int { keys.count }

  @usableFromInline
  init(_ keys: [PartKey]) {
    self.keys = keys
    var names = NearNames(keys.map(\.name))
    names.prepare()
    self.names = names
    smallNames = keys.map { $0.name.lowercased() }
    listOfNames = keys.map { "'\($0.name)'" }.joined(separator: ", ")
  }

  /// Pushes what the mapping gives for each key, and says where the first of the slots is; reports the keys
  /// that the form does not know.
  @usableFromInline
  func pushSlots(of node: SyntaxTree.Node, _ context: inout DecodeContext) -> Int {
    let start = context.slots.count
    context.slots.append(contentsOf: repeatElement(.absent, count: keys.count))
    context.objects.append(OpenObject(node: node, key: context.key, table: self, start: start))
    let entries = context.tree.entries(of: node)
    var unknown: [SyntaxTree.Entry] = []
    for position in entries.indices {
      let entry = entries[position]
      if let index = index(of: entry.key, in: context.tree) {
        // The syntax pass reports a key that is given twice; the first one counts.
        if case .absent = context.slots[start + index] {
          context.slots[start + index] = .present(key: entry.key, value: entry.value)
        }
      } else if context.checkKey(entry.key) {
        unknown.append(entry)
      }
    }
    var isOwnerMisplaced = false
    for entry in unknown {
      // Keys behind a misplaced one that has no value of its own were meant to be its value.
      guard !isOwnerMisplaced else { continue }
      if let owner = context.claimOwner(of: entry.key) {
        context.report(misplaced: entry.key, owner: owner)
        isOwnerMisplaced = context.tree.isNull(entry.value)
      } else if let meant = report(unknown: entry.key, from: start, &context),
        case .absent = context.slots[start + meant]
      {
        context.slots[start + meant] = .reported
      }
    }
    return start
  }

  /// Takes away what ``pushSlots(of:_:)`` pushed last.
  @usableFromInline
  func popSlots(_ context: inout DecodeContext) {
    context.slots.removeLast(keys.count)
    context.objects.removeLast()
  }

  fileprivate func index(of key: SyntaxTree.Node, in tree: SyntaxTree) -> Int? {
    let bytes = tree.utf8(of: key)
    return keys.firstIndex { $0.utf8.count == bytes.count && $0.utf8.elementsEqual(bytes) }
  }

  /// The key that a text means which is not written like it: another word for it, or its beginning.
  private func meaning(of text: String) -> String? {
    let text = text.lowercased()
    if let other = keys.first(where: { $0.otherNames.contains(text) }) { return other.name }
    guard text.utf8.count > 2 else { return nil }
    let longer = smallNames.indices.filter { smallNames[$0].hasPrefix(text) }
    return longer.count == 1 ? keys[longer[0]].name : nil
  }

  /// The key that was probably meant.
  private func report(
    unknown key: SyntaxTree.Node, from start: Int, _ context: inout DecodeContext
  ) -> Int? {
    let name = context.tree.string(of: key)
    let meant = names.nearest(to: name, within: &context.searchBudget) ?? meaning(of: name)
    let index = meant.flatMap { meant in keys.firstIndex { $0.name == meant } }
    context.report(.unknownKey, at: context.tree.span(of: key)) { context in
      var diagnostic = Diagnostic(
        .unknownKey, at: context.tree.span(of: key),
        "'\(context.clipped(name))' is not a key \(context.ofPhrase).",
        help: meant.map { "Did you mean '\($0)'?" } ?? "Known keys: \(listOfNames).")
      if let meant, let index, context.mayBe(context.slots[start + index], written: key) {
        diagnostic.fixes = [
          .write(meant, for: name, at: context.tree.span(of: key), isOwn: true)
        ]
      }
      return diagnostic
    }
    return index
  }
}

/// A mapping whose parts are being read.
struct OpenObject: Sendable {
  /// The mapping.
  let node: SyntaxTree.Node

  /// The key under which it stands; nil for the document.
  let key: SyntaxTree.Node?

  /// The keys that its form knows.
  let table: KeyTable

  /// Where its slots begin.
  let start: Int
}

extension DecodeContext {
  /// The nearest of the objects around the innermost one that has a key of this name and does not give it;
  /// the key counts as given there from now on.
  fileprivate mutating func claimOwner(of key: SyntaxTree.Node) -> OpenObject? {
    for object in objects.dropLast().reversed() {
      guard let index = object.table.index(of: key, in: tree) else { continue }
      guard case .absent = slots[object.start + index] else { return nil }
      slots[object.start + index] = .reported
      return object
    }
    return nil
  }

  /// Reports a key that stands one level or more too deep.
  fileprivate mutating func report(misplaced key: SyntaxTree.Node, owner: OpenObject) {
    let place = tree.span(of: key)
    let way = tree.entries(of: owner.node).first { entry in
      let value = tree.span(of: entry.value)
      return value.source == place.source && value.start <= place.start && place.end <= value.end
    }
    let name = clipped(key)
    let ownerKey = owner.key
    let ownerName = ownerKey.map { "'\(clipped($0))'" } ?? "the document"
    report(
      Diagnostic(
        .unknownKey, at: place, "'\(name)' is not a key \(ofPhrase), but of \(ownerName).",
        help: way.map {
          "Indent '\(name)' like '\(clipped($0.key))', so that it stands beside it: a key belongs "
            + "to the key above it that is indented less."
        } ?? "Move it to \(ownerName).",
        related: ownerKey.map { [.init("It belongs here.", at: tree.span(of: $0))] } ?? []))
  }

  /// Whether a misspelt key may be written right: a key that is there already would be there twice, unless it
  /// is in the plan and the misspelt one in an overlay.
  fileprivate func mayBe(_ slot: Slot, written key: SyntaxTree.Node) -> Bool {
    switch slot {
    case .absent: return true
    case .reported: return false
    case .present(let known, let value):
      let source = tree.span(of: key).source
      // A mapping may have entries of both.
      return tree.kind(of: value) != .mapping && tree.span(of: known).source != source
        && tree.span(of: value).source != source
    }
  }

  /// Where the mapping at `node` stands.
  @usableFromInline
  func place(of node: SyntaxTree.Node) -> ObjectPlace {
    let span = tree.span(of: node)
    if let key, !isItem {
      let keySpan = tree.span(of: key)
      return ObjectPlace(
        span: span, headSpan: keySpan, name: Located(tree.string(of: key), at: keySpan))
    }
    let entries = tree.entries(of: node)
    let head =
      entries.first.map { tree.span(of: $0.key) }
      ?? SourceSpan(source: span.source, start: Int(span.start), end: Int(span.start) + 1)
    return ObjectPlace(span: span, headSpan: head, name: Located("", at: head))
  }

  /// `of 'paris'`, `of an item of 'replication'`, `of the document`.
  fileprivate var ofPhrase: String {
    guard let key else { return "of the document" }
    return "of \(isItem ? "an item of " : "")'\(clipped(key))'"
  }
}
