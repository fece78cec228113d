import CanonicalJSON
public import PlanSyntax
public import PlanText

/// A kind of document that has the keys of another one and is not read by itself.
public struct SiblingKind: Sendable {
  fileprivate let kind: String
  fileprivate let purpose: String

  /// The kind `kind`; `purpose` says what it is, to follow the word `for`: `a file that …`.
  public init(_ kind: String, for purpose: String) {
    self.kind = kind
    self.purpose = purpose
  }

  /// To follow the kind that is expected.
  fileprivate var phrase: String { ", or '\(kind)' for \(purpose)" }
}

/// A kind of document: its header and the form of everything, header included.
public struct DocumentKind<Value: Sendable>: Sendable {
  /// The value of `apiVersion`.
  public let apiVersion: String

  /// The value of `kind`.
  public let kind: String

  /// The form of the whole document.
  public let form: Form<Value>

  /// Another kind that has the same keys and is read by other means; nil where there is none.
  public let sibling: SiblingKind?

  /// A kind of document; `form` holds the parts ``Part/apiVersion(_:)`` and ``Part/kind(_:)``.
  public init(apiVersion: String, kind: String, form: Form<Value>, sibling: SiblingKind? = nil) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.form = form
    self.sibling = sibling
  }

  /// The value of a document and everything that is wrong with its form.
  ///
  /// The value may be there in spite of errors, for passes that look for more mistakes; it is no use for
  /// anything else then. A document of another kind or version is reported once and not looked into.
  public func decode(_ tree: SyntaxTree) -> (value: Value?, diagnostics: [Diagnostic]) {
    var context = DecodeContext(tree)
    // The syntax pass leaves out documents without content.
    guard let root = tree.root else { return (nil, []) }
    if tree.kind(of: root) == .mapping,
      let unread = stranger(root, tree) ?? headless(root, tree)
    {
      context.report(unread)
      return (nil, context.diagnostics)
    }
    let value = form.decode(root, &context)
    return (value, context.diagnostics)
  }

  /// The JSON Schema of the kind, indented, with a line feed at its end.
  public func schema(id: String, title: String, description: String) -> [UInt8] {
    var writer = JSONWriter(indent: 2, capacity: 32_768)
    writer.value(form.schema.document(id: id, title: title, description: description))
    writer.newLine()
    return writer.bytes
  }

  /// The report for a document that does not say at all what it is; as an overlay or a fragment of a plan
  /// it lacks everything else too, and that would say nothing.
  private func headless(_ root: SyntaxTree.Node, _ tree: SyntaxTree) -> Diagnostic? {
    let entries = tree.entries(of: root)
    guard let first = entries.first else { return nil }
    let isNamed = entries.contains { entry in
      tree.kind(of: entry.key) == .scalar
        && nearest(to: tree.string(of: entry.key), among: ["apiVersion", "kind"]) != nil
    }
    guard !isNamed else { return nil }
    return Diagnostic(
      .missingKey, at: tree.span(of: first.key),
      "The keys 'apiVersion' and 'kind' are missing. They say what kind of document this is.",
      help: "Add 'apiVersion: \(apiVersion)' and 'kind: \(kind)'"
        + (sibling?.phrase ?? "") + "." + unread)
  }

  /// The report for a document that says it is something else; its keys mean nothing here.
  private func stranger(_ root: SyntaxTree.Node, _ tree: SyntaxTree) -> Diagnostic? {
    for entry in tree.entries(of: root) where tree.kind(of: entry.value) == .scalar {
      if tree.scalar(entry.key, is: "kind"), !tree.isNull(entry.value) {
        let text = tree.string(of: entry.value)
        if text != kind, nearest(to: text, among: [kind]) == nil {
          return wrongKind(text, kind: kind, at: tree.span(of: entry.value), isAll: true)
        }
      }
      if tree.scalar(entry.key, is: "apiVersion") {
        let text = tree.string(of: entry.value)
        if text != apiVersion, text.isNumberedVersion(of: apiVersion) {
          return wrongVersion(
            text, version: apiVersion, at: tree.span(of: entry.value), isAll: true)
        }
      }
    }
    return nil
  }
}

extension Part where Value == Void {
  /// The key `apiVersion` with the one version that is understood.
  public static func apiVersion(_ version: String) -> Part {
    .required(
      "apiVersion",
      .constant(version) { wrongVersion($0, version: version, at: $1) },
      "The version of the language that this document is written in.", standIn: ())
  }

  /// The key `kind` with the one kind that fits; where it is missing the other kind is named too.
  public static func kind(_ kind: String, or sibling: SiblingKind? = nil) -> Part {
    .required(
      "kind", .constant(kind) { wrongKind($0, kind: kind, at: $1) },
      "What this document describes.", standIn: (), hint: sibling?.phrase)
  }
}

extension Form where Value == Void {
  /// Exactly one text.
  fileprivate static func constant(
    _ text: String, mismatch: @escaping @Sendable (String, SourceSpan) -> Diagnostic
  ) -> Form {
    Form(
      "'\(text)'", example: text, schema: Schema([.init("const", .string(text))])
    ) { node, context in
      let tree = context.tree
      guard tree.kind(of: node) == .scalar, !tree.isNull(node) else {
        context.reportMismatch(node, expected: "'\(text)'", example: text)
        return nil
      }
      let found = tree.string(of: node)
      if found != text { context.report(mismatch(context.clipped(found), tree.span(of: node))) }
      return ()
    }
  }
}

/// What follows where a document of another kind or version was not looked into.
private let unread = " The rest of the document was not read."

private func wrongKind(
  _ text: String, kind: String, at span: SourceSpan, isAll: Bool = false
) -> Diagnostic {
  var diagnostic = Diagnostic(
    .wrongKind, at: span, "The document is of kind '\(text)', but '\(kind)' was expected.",
    help: (nearest(to: text, among: [kind]).map { "Did you mean '\($0)'?" }
      ?? "Use the command that reads documents of kind '\(text)', or write 'kind: \(kind)'.")
      + (isAll ? unread : ""))
  if nearest(to: text, among: [kind]) != nil {
    diagnostic.fixes = [.write(kind, for: text, at: span, isOwn: true)]
  }
  return diagnostic
}

private func wrongVersion(
  _ text: String, version: String, at span: SourceSpan, isAll: Bool = false
) -> Diagnostic {
  Diagnostic(
    .wrongAPIVersion, at: span,
    "The document is written for '\(text)'; this program understands '\(version)'.",
    help: "Write 'apiVersion: \(version)', or use a program that understands '\(text)'."
      + (isAll ? unread : ""))
}

extension String {
  /// Whether this is another version of the language of `version`: `waltz/v2` for `waltz/v1`.
  fileprivate func isNumberedVersion(of version: String) -> Bool {
    guard let slash = version.firstIndex(of: "/") else { return false }
    let stem = version[...slash] + "v"
    let number = dropFirst(stem.count)
    return hasPrefix(stem) && !number.isEmpty && number.utf8.first.map { $0 < 0x3A } == true
  }
}
