import PlanText
internal import PlanText

extension SyntaxTree {
  /// Where a plain scalar looks like a key and its value without the space between: `clients:4200`.
  ///
  /// YAML takes it for text, and so does Waltz where text is wanted (`sha256:3f…`). A reader that finds
  /// such a scalar where it wants a mapping can say what is missing.
  ///
  /// - Returns: what stands before and after the colon; nil for all other nodes, and for addresses with
  ///   a scheme.
  public func missingSpace(in node: Node) -> (key: String, value: String)? {
    guard kind(of: node) == .scalar, style(of: node) == .plain else { return nil }
    let bytes = utf8(of: node)
    guard let colon = bytes.firstIndex(of: ":"), colon > bytes.startIndex else { return nil }
    let key = bytes[..<colon]
    let value = bytes[(colon + 1)...]
    guard let first = value.first, first != " ", !value.starts(with: ["/", "/"]),
      key.allSatisfy(isNameByte)
    else { return nil }
    return (String(decoding: key, as: UTF8.self), String(decoding: value, as: UTF8.self))
  }
}

extension SyntaxTree {
  /// Where the dash of a list item lacks the space after it: `-{ sites: … }`, `-sites: …`, `-[paris]`.
  ///
  /// YAML takes the dash for the start of a text, or of a key. A reader that finds such a node where it
  /// wants a list can say what is missing.
  ///
  /// - Returns: the text, or the first key of the mapping, that starts with the dash; nil for all other
  ///   nodes.
  public func dashWithoutSpace(in node: Node) -> Node? {
    var node = node
    if kind(of: node) == .mapping {
      guard let first = entries(of: node).first?.key else { return nil }
      node = first
    }
    guard kind(of: node) == .scalar, style(of: node) == .plain else { return nil }
    let bytes = utf8(of: node)
    guard bytes.first == "-", let next = bytes.dropFirst().first, next != "-" else { return nil }
    return node
  }
}

/// Letters, digits, `-`, `_`, `.`, and everything beyond ASCII.
func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case "0"..."9", "A"..."Z", "a"..."z", "_", "-", ".", 0x80...: true
  default: false
  }
}
