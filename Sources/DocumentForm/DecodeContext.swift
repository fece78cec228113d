public import PlanSyntax
public import PlanText

/// The tree under decode, what was found wrong in it, and where the decoder is.
public struct DecodeContext {
  /// The document.
  public let tree: SyntaxTree

  /// What is wrong so far, in the order of finding.
  public var diagnostics: [Diagnostic] { list.all }

  private var list = DiagnosticList()

  /// The places of what was reported, by code.
  private var reported: [String: Set<SourceSpan>] = [:]

  /// The key under which the value under decode stands; nil at the root.
  @usableFromInline var key: SyntaxTree.Node?

  /// Whether the value is an item of the list under ``key``.
  @usableFromInline var isItem = false

  /// What the mappings on the way to the place give for the keys of their forms, the innermost last.
  @usableFromInline var slots: [Slot] = []

  /// The objects on the way to the place, the innermost last.
  var objects: [OpenObject] = []

  /// How many names the searches for what an unknown key means may still look at, in the whole document.
  var searchBudget = NearNames.standardBudget

  /// A context at the root of `tree`.
  public init(_ tree: SyntaxTree) {
    self.tree = tree
  }

  /// Records a mistake; not what is said again of a value because an alias repeats it. Several keys may be missing
  /// at one place.
  public mutating func report(_ diagnostic: Diagnostic) {
    guard
      diagnostic.entry == .missingKey
        || reported[diagnostic.code, default: []].insert(diagnostic.span).inserted
    else { return }
    list.append(diagnostic)
  }

  /// Records a mistake of which a stranger's file can hold a million, so that it is worded only if it is kept.
  mutating func report(
    _ entry: CatalogueEntry, at span: SourceSpan, _ make: (Self) -> Diagnostic
  ) {
    guard reported[entry.code, default: []].insert(span).inserted else { return }
    if list.keepsNext(of: entry, in: span.source) { list.append(make(self)) }
  }

  /// Keeps the text of `node` out of what the diagnostics from position `first` on show.
  mutating func conceal(_ node: SyntaxTree.Node, inDiagnosticsFrom first: Int) {
    let place = span(of: node)
    list.change(from: first) { $0.concealed.append(place) }
  }

  /// Where `node` stands.
  public func span(of node: SyntaxTree.Node) -> SourceSpan { tree.span(of: node) }

  /// Decodes the value of `key`.
  @inlinable
  mutating func decode<Value>(
    _ node: SyntaxTree.Node, under key: SyntaxTree.Node, as form: Form<Value>
  ) -> Value? {
    let outer = (self.key, isItem)
    self.key = key
    isItem = false
    defer { (self.key, isItem) = outer }
    return form.decoder(node, &self)
  }

  /// Decodes an item of the list at the present place.
  @inlinable
  mutating func decode<Value>(item node: SyntaxTree.Node, as form: Form<Value>) -> Value? {
    let outer = isItem
    isItem = true
    defer { isItem = outer }
    return form.decoder(node, &self)
  }

  /// `for 'minimum'`, `in 'sites'`, `in the document`: where something is expected.
  var placePhrase: String {
    guard let key else { return "in the document" }
    return "\(isItem ? "in" : "for") '\(clipped(key))'"
  }

  /// What stands at `node`, for messages: `a list`, `'98'`.
  func found(_ node: SyntaxTree.Node) -> String {
    switch tree.kind(of: node) {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar: tree.isNull(node) ? "nothing" : "'\(clipped(node))'"
    }
  }

  /// The text of a scalar as far as a message can hold it: of megabytes no more than that is decoded.
  func clipped(_ node: SyntaxTree.Node) -> String {
    clipped(String(decoding: tree.utf8(of: node).prefix(2048), as: UTF8.self))
  }

  /// A user's text as far as a message can hold it. Its line ends stay, for whoever prints it to draw: a blank in their
  /// place could be where a line is broken, and what follows would begin one.
  func clipped(_ text: String) -> String {
    var result = ""
    for (count, character) in text.enumerated() {
      guard count < 60 else { return result + "…" }
      result.append(character)
    }
    return result
  }

  /// Reports that another kind of node is expected at `node`, or that there is nothing.
  @usableFromInline
  mutating func reportMismatch(_ node: SyntaxTree.Node, expected noun: String, example: String?) {
    if tree.isNull(node) {
      report(
        Diagnostic(
          .emptyValue, at: key.map(tree.span(of:)) ?? tree.span(of: node),
          "Expected \(noun) \(placePhrase), but there is no value.",
          help: example.map { "Write a value, for example \($0), or leave the key out." }
            ?? "Write a value or leave the key out."))
    } else {
      report(
        Diagnostic(
          .wrongShape, at: tree.span(of: node),
          "Expected \(noun) \(placePhrase), found \(found(node)).",
          help: example.map { "Write it like this: \($0)." }))
    }
  }
}

extension DecodeContext {
  /// The key of the value at `node`, or the node where it has none: what a message points to that must
  /// not show the value.
  public func headSpan(of node: SyntaxTree.Node) -> SourceSpan {
    key.map(tree.span(of:)) ?? tree.span(of: node)
  }
}
