import PlanModel
import PlanSyntax
import PlanText

// What a document holds that could be read.
extension SecretFinder {
  /// Hides the secrets of a document, wherever they are written that its aliases stand for.
  mutating func find(in tree: SyntaxTree) {
    guard let root = tree.root else { return }
    // Handed over and taken back, so that nothing is copied for each document of a file.
    var walk = NodeWalk(tree: tree, finder: SecretFinder([]))
    swap(&walk.finder, &self)
    walk.look(at: root)
    swap(&walk.finder, &self)
  }
}

/// A walk through a tree. As deep as the tree is, which the syntax limits.
private struct NodeWalk {
  /// A text without any of these is a word, which gives nothing away.
  private static let signs: ByteSet = " \t\r\n=:@"

  let tree: SyntaxTree
  var finder: SecretFinder
  var seen: Set<SyntaxTree.Node> = []
  var hidden: Set<SyntaxTree.Node> = []

  private func range(of node: SyntaxTree.Node) -> Range<Int> {
    let span = tree.span(of: node)
    return Int(span.start)..<Int(span.end)
  }

  /// Looks for secrets in a node that need not be one.
  ///
  /// * `isItem`: Whether it stands in a list, where a word may have lost its colon.
  mutating func look(at node: SyntaxTree.Node, isItem: Bool = false) {
    switch tree.kind(of: node) {
    case .scalar: lookAtText(of: node, isItem: isItem)
    case .sequence:
      guard seen.insert(node).inserted else { return }
      lookAtArguments(tree.items(of: node))
      for item in tree.items(of: node) { look(at: item, isItem: true) }
    case .mapping:
      guard seen.insert(node).inserted else { return }
      for entry in tree.entries(of: node) { look(at: entry) }
    }
  }

  private mutating func look(at entry: SyntaxTree.Entry) {
    let key = range(of: entry.key)
    let name = tree.utf8(of: entry.key)
    // A key that is no text, or an alias of nothing, may be any.
    if tree.kind(of: entry.key) != .scalar || name.isEmpty && !key.isEmpty {
      look(at: entry.key)
      return hideValue(of: entry)
    }
    if finder.isSecret(name) {
      finder.marks.append(key.lowerBound)
      // `{ password hunter2 }` is a key without a value.
      let text = finder.bytes[key]
      if let blank = text.firstIndex(where: { !$0.isWord && !"\"'".utf8.contains($0) }),
        !text.contains("\\")
      {
        finder.hide(blank..<key.upperBound)
      }
      return hideValue(of: entry)
    }
    lookAtText(of: entry.key)
    // `Authorization: Basic …` as a key and its value.
    let value = tree.utf8(of: entry.value)
    if let first = value.first, "bB".utf8.contains(first), name.count <= 64,
      credential(in: (name + ": ".utf8 + value)[...]) != nil
    {
      hide(entry.value)
    }
    look(at: entry.value)
  }

  /// Hides a value with its tag and anchor, or the alias that stands for it.
  private mutating func hideValue(of entry: SyntaxTree.Entry) {
    var rest = finder.bytes[range(of: entry.key).upperBound...].drop { $0.isBlank || $0.isBreak }
    if rest.first == ":" {
      rest = rest.dropFirst().drop { $0.isBlank || $0.isBreak }
      while let sign = rest.first, "!&*".utf8.contains(sign) {
        let end = rest.firstIndex(where: " \t\r\n,]}".utf8.contains) ?? rest.endIndex
        finder.hide(rest.startIndex..<end)
        rest = rest[end...].drop(while: \.isBlank)
      }
    }
    hide(entry.value)
  }

  /// Hides a secret's value; what only says where the secret is stays.
  private mutating func hide(_ node: SyntaxTree.Node) {
    guard hidden.insert(node).inserted else { return }
    let place = range(of: node)
    switch tree.kind(of: node) {
    case .scalar:
      finder.hide(place)
      if tree.style(of: node) != .plain { finder.hidden.hide(reading: tree.utf8(of: node)) }
    case .sequence:
      finder.hide(place)
      // What an alias stands for is somewhere else.
      for item in tree.items(of: node) { hide(item) }
    case .mapping:
      for entry in tree.entries(of: node) where !isReference(entry) {
        // A key that is no plain word may be the secret itself.
        let isWord = finder.bytes[range(of: entry.key)].allSatisfy { byte in
          byte.isWord && !byte.isDigit || byte == "\""
        }
        if tree.kind(of: entry.key) != .scalar || !isWord { hide(entry.key) }
        hideValue(of: entry)
      }
    }
  }

  /// Whether an entry says where a secret is; hides the arguments of the program that is asked for it.
  private mutating func isReference(_ entry: SyntaxTree.Entry) -> Bool {
    if tree.scalar(entry.key, is: "command"), tree.kind(of: entry.value) == .sequence {
      hideArguments(of: entry.value)
    } else {
      guard tree.scalar(entry.key, is: "env") || tree.scalar(entry.key, is: "file"),
        isOneWord(entry.value)
      else { return false }
    }
    finder.marks.append(range(of: entry.key).lowerBound)
    return true
  }

  /// Hides the arguments of a program, which stays where it is one word.
  private mutating func hideArguments(of list: SyntaxTree.Node) {
    let place = range(of: list)
    for (position, item) in tree.items(of: list).enumerated() {
      let text = range(of: item)
      if position == 0, place.contains(text.lowerBound) {
        let isFlow = finder.bytes[place.lowerBound] == "["
        let end = place.upperBound - (isFlow ? 1 : 0)
        finder.hidden.hide(arguments: finder.bytes[min(text.upperBound, end)..<end])
      }
      if position == 0, isOneWord(item) { continue }
      if tree.kind(of: item) != .scalar || position == 0 { hide(item) }
      finder.hidden.hide(arguments: finder.bytes[text])
      if tree.style(of: item) != .plain { finder.hidden.hide(reading: tree.utf8(of: item)) }
    }
  }

  /// A name or a path ends at a blank: what follows may be anything.
  private func isOneWord(_ node: SyntaxTree.Node) -> Bool {
    tree.kind(of: node) == .scalar && !tree.utf8(of: node).contains(where: " \t\n,".utf8.contains)
  }

  /// Hides what a program's arguments give away.
  private mutating func lookAtArguments(_ items: some RandomAccessCollection<SyntaxTree.Node>) {
    let texts = items.map { tree.string(of: $0) }
    var secrets = Set(secretPositions(in: texts))
    for (position, item) in items.enumerated().dropLast() where texts[position].hasPrefix("-") {
      if !texts[position + 1].hasPrefix("-"), finder.isSecret(tree.utf8(of: item)) {
        secrets.insert(position + 1)
      }
    }
    for (position, item) in items.enumerated() where secrets.contains(position) {
      // Only what follows 'Bearer' is hidden, which is found in the text.
      if credential(in: finder.bytes[range(of: item)]) == nil { hide(item) }
    }
  }

  /// Hides what a text gives away: up to its end, which may be lines below.
  private mutating func lookAtText(of node: SyntaxTree.Node, isItem: Bool = false) {
    var place = range(of: node)
    guard finder.bytes[place].contains(where: Self.signs.contains) else { return }
    let style = tree.style(of: node)
    if style == .singleQuoted || style == .doubleQuoted, place.count >= 2 {
      place = place.lowerBound + 1..<place.upperBound - 1
    }
    for (number, line) in finder.lines(of: place).enumerated() {
      for part in finder.credentials(in: line) { finder.hide(part) }
      if let secret = finder.secret(in: line, isEntry: isItem || number > 0) {
        return finder.hide(secret..<place.upperBound)
      }
    }
    // What is spelt otherwise is found in the text that it stands for.
    guard style == .doubleQuoted, finder.bytes[place].contains("\\") else { return }
    var decoded = SecretFinder(Array(tree.utf8(of: node)))
    let text = decoded.bytes.indices
    if decoded.secret(in: text, isEntry: isItem) != nil || !decoded.credentials(in: text).isEmpty {
      hide(node)
    }
  }
}
