public import PlanSyntax
public import PlanText

/// What of a source nobody may see.
///
/// Where it could be read the tree says what stands under a secret's key, in a program's arguments and in
/// comments; the lines of a document that could not be read are hidden whole where they might hold a secret.
/// Hides too much rather than too little; references (`env`, `file`) are shown. Time is linear in the bytes.
///
/// * `syntax`: What came of reading this source.
public func hiddenText(in source: SourceText, of syntax: SyntaxResult) -> HiddenText {
  let bytes = source.bytes
  // Text in another encoding is nothing that keys could be found in.
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    || bytes.prefix(4).contains(0)
  {
    return HiddenText(allOf: source)
  }
  var finder = SecretFinder(bytes)
  for tree in syntax.documents { finder.find(in: tree) }
  let id = syntax.documents.first?.source ?? SourceID(index: 0)
  finder.find(in: comments(in: source, id: id, of: syntax.documents))
  if syntax.diagnostics.hasErrors {
    finder.findInLines(
      outside: syntax.documents.compactMap { tree in
        tree.root.map(tree.span(of:)).map { Int($0.start)..<Int($0.end) }
      })
  }
  finder.findPrivateKeys()
  finder.hidden.putInOrder()
  return finder.hidden
}

/// The same of a source that nobody has read yet.
public func hiddenText(in source: SourceText) -> HiddenText {
  hiddenText(in: source, of: parseSyntax(source, id: SourceID(index: 0)))
}
