import PlanText
internal import PlanText

/// The words for what is wrong between the nodes of a document.
extension TreeBuilder {
  func duplicate(_ second: SyntaxTree.Record, of first: SyntaxTree.Record) -> Diagnostic {
    let name = written(second)
    return Diagnostic(
      .duplicateKey, at: span(second),
      "\(name) is already set in this mapping; only one of the two can count.",
      help: "Remove one of them, or rename it if another entry was meant.",
      related: [Diagnostic.Related("\(name) is first set here", at: span(first))])
  }

  func collectionKey(_ key: SyntaxTree.Record) -> Diagnostic {
    let what = key.kind == .sequence ? "A list" : "A mapping"
    return Diagnostic(
      .keyIsNoText, at: span(key),
      "\(what) stands where a key is expected. In a plan, keys are names.",
      help: "If text with braces or brackets was meant, put it in single quotes.")
  }

  func missingKey(_ key: SyntaxTree.Record) -> Diagnostic {
    Diagnostic(
      .keyIsNoText, at: text.span(Int(key.start), Int(key.start) + 1),
      "There is no key before this colon.",
      help: "Write the name of the key before the colon, or remove the line.")
  }

  func missingSpace(inFlowKey key: SyntaxTree.Record) -> Diagnostic {
    let bytes = text.bytes[Int(key.start)..<Int(key.end)]
    let colon = bytes.firstIndex(of: ":") ?? Int(key.start)
    return text.missingSpace(start: Int(key.start), colon: colon, end: Int(key.end))
  }

  /// A document that is nothing but `key:value`.
  func scalarRoot(_ tree: SyntaxTree, _ root: SyntaxTree.Node) -> Diagnostic? {
    guard tree.kind(of: root) == .scalar, tree.style(of: root) == .plain else { return nil }
    let span = tree.span(of: root)
    guard let colon = text.colonWithoutSpace(from: Int(span.start)) else { return nil }
    return text.missingSpace(
      start: Int(span.start), colon: colon,
      end: min(Int(span.end), text.lineEnd(of: Int(span.start))))
  }

  func unusedTag(at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .tag, at: span(place),
      "The tag `\(text.excerpt(place))` is not used in plans: the key says what its value is.",
      help: "Remove the tag. A value that must stay text can be put in quotes.")
  }

  func recursive(_ name: String, at place: Range<Int>, anchor: Range<Int>) -> Diagnostic {
    Diagnostic(
      .recursiveAlias, at: span(place),
      "`*\(shortened(name))` is inside the value that `&\(shortened(name))` names, so the value "
        + "would contain itself.",
      help: "Write out the value that is meant here.",
      related: [
        Diagnostic.Related("the value of `&\(shortened(name))` starts here", at: span(anchor))
      ])
  }

  func unknownAnchor(_ name: String, at place: Range<Int>, near: String?) -> Diagnostic {
    let help =
      if let near {
        "Did you mean `*\(shortened(near))`?"
      } else {
        "Put `&\(shortened(name))` before the value that is meant, earlier in the same document; if text was meant, put it in single quotes."
      }
    var diagnostic = Diagnostic(
      .unknownAnchor, at: span(place),
      "No value before this place has the anchor `&\(shortened(name))`.", help: help)
    if let near {
      diagnostic.fixes = [
        Fix("Write '*\(shortened(near))'", [.init(span(place), "*\(near)")], isCertain: false)
      ]
    }
    return diagnostic
  }

  func redefined(_ name: String, at place: Range<Int>, earlier: Range<Int>) -> Diagnostic {
    Diagnostic(
      .anchorTwice, at: span(place),
      "The anchor `&\(shortened(name))` is already defined; from here on `*\(shortened(name))` means this value.",
      help: "Give one of the two another name.",
      related: [
        Diagnostic.Related("`&\(shortened(name))` is first defined here", at: span(earlier))
      ])
  }

  func tooDeep(
    at place: Range<Int>, alias: String? = nil, anchor: Range<Int>? = nil
  ) -> Diagnostic {
    let limit = "at most \(limits.depth) are read"
    guard let alias, let anchor else {
      return Diagnostic(
        .tooDeep, at: span(place),
        "Lists and mappings are nested \(limits.depth + 1) deep here; \(limit).",
        help: "A plan needs fewer than ten. Look for indentation or a bracket that repeats.")
    }
    return Diagnostic(
      .tooDeep, at: span(place),
      "With `*\(shortened(alias))` followed, lists and mappings are nested more than "
        + "\(limits.depth) deep; \(limit).",
      help: "Write values out instead of nesting aliases in aliases.",
      related: [
        Diagnostic.Related("the value of `&\(shortened(alias))` starts here", at: span(anchor))
      ])
  }

  func tooManyNodes(
    at place: Range<Int>, alias: (name: String, anchor: Range<Int>)?
  ) -> Diagnostic {
    guard let alias else {
      return Diagnostic(
        .tooManyNodes, at: text.span(place.lowerBound, place.lowerBound + 1),
        "With the value that starts here, the document holds more than \(limits.expandedNodes) "
          + "values.",
        help: "Split the plan into several files.")
    }
    let name = shortened(alias.name)
    return Diagnostic(
      .tooManyNodes, at: span(place),
      "With every alias followed, `*\(name)` brings the document to more than \(limits.expandedNodes) values.",
      help: "Aliases of values that hold aliases multiply. Write the values out, or repeat less.",
      related: [Diagnostic.Related("the value of `&\(name)` starts here", at: span(alias.anchor))])
  }

  private func written(_ key: SyntaxTree.Record) -> String {
    let bytes = tree.text[Int(key.first)..<Int(key.first + key.count)]
    return "`\(shortened(String(decoding: bytes, as: UTF8.self)))`"
  }

  private func span(_ record: SyntaxTree.Record) -> SourceSpan {
    text.span(Int(record.start), Int(record.end))
  }

  private func span(_ range: Range<Int>) -> SourceSpan {
    text.span(range.lowerBound, range.upperBound)
  }
}

/// The user's text as it stands in a sentence: cut where it is long.
func shortened(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard scalars.count > 60 else { return text }
  return String(String.UnicodeScalarView(scalars.prefix(59))) + "…"
}

extension YAMLText {
  /// A range of the source as it stands in a sentence.
  func excerpt(_ range: Range<Int>) -> String { shortened(string(range)) }
}
