import PlanModel
import PlanSyntax
import PlanText

// What a document holds that could be read.
extension SecretFinder {
  /// Hides the secrets of a document, wherever they are written that its aliases stand for.
  mutating func find(in tree: SyntaxTree) {
    guard let root = tree.root else { return }
    // Handed over and taken back, so that nothing is copied for each document of a file.
    var finder = SecretFinder([])
    swap(&finder, &self)
    var walk = NodeWalk(tree: tree, finder: consume finder)
    walk.look(at: root)
    self = walk.finder
  }
}

/// A walk through a tree. As deep as the tree is, which the syntax limits.
private struct NodeWalk {
  let tree: SyntaxTree
  var finder: SecretFinder
  private var seen: Set<SyntaxTree.Node> = []
  private var hidden: Set<SyntaxTree.Node> = []

  init(tree: SyntaxTree, finder: SecretFinder) {
    self.tree = tree
    self.finder = finder
  }

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
      if let blank = finder.bytes[key].firstIndex(where: { !$0.isWord && $0 != 0x22 && $0 != 0x27 }
      ),
        !finder.bytes[key].contains(0x5C)
      {
        finder.hide(blank, key.upperBound)
      }
      return hideValue(of: entry)
    }
    lookAtText(of: entry.key, isItem: false)
    if name.count <= 64, name.indices.contains(where: { isAuth(name, at: $0) }),
      tree.kind(of: entry.value) == .scalar
    {
      let text = Array(name) + Array(": ".utf8) + tree.utf8(of: entry.value)
      if AuthorizationHeader.credential(in: text, text.indices) != nil { return hide(entry.value) }
    }
    look(at: entry.value)
  }

  private func isAuth(_ name: ArraySlice<UInt8>, at start: Int) -> Bool {
    name[start...].prefix(4).map { $0 | 0x20 }.elementsEqual("auth".utf8)
  }

  /// Hides a value with its tag and anchor, or the alias that stands for it.
  private mutating func hideValue(of entry: SyntaxTree.Entry) {
    let signs = Set(" \t\r\n,]}".utf8)
    let bytes = finder.bytes
    var index = range(of: entry.key).upperBound
    func skip(while isSkipped: (UInt8) -> Bool) {
      while index < bytes.count, isSkipped(bytes[index]) { index += 1 }
    }
    skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    if index < bytes.count, bytes[index] == 0x3A {
      index += 1
      skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
      while index < bytes.count, [0x21, 0x26, 0x2A].contains(bytes[index]) {
        let start = index
        skip { !signs.contains($0) }
        finder.hide(start, index)
        skip { $0 == 0x20 || $0 == 0x09 }
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
      finder.hide(place.lowerBound, place.upperBound)
      if tree.style(of: node) != .plain { finder.readings.append(Array(tree.utf8(of: node))) }
    case .sequence:
      finder.hide(place.lowerBound, place.upperBound)
      // What an alias stands for is somewhere else.
      for item in tree.items(of: node) { hide(item) }
    case .mapping:
      for entry in tree.entries(of: node) where !isReference(entry) {
        let key = finder.bytes[range(of: entry.key)]
        let isWord =
          tree.kind(of: entry.key) == .scalar && key.allSatisfy { $0.isWord || $0 == 0x22 }
        // A key that is no plain word may be the secret itself.
        if !isWord || key.contains(where: { (0x30...0x39).contains($0) }) { hide(entry.key) }
        hideValue(of: entry)
      }
    }
  }

  /// Whether an entry says where a secret is; hides the arguments of the program that is asked for it.
  private mutating func isReference(_ entry: SyntaxTree.Entry) -> Bool {
    if tree.scalar(entry.key, is: "env") || tree.scalar(entry.key, is: "file") {
      guard isOneWord(entry.value) else { return false }
    } else {
      guard tree.scalar(entry.key, is: "command"), tree.kind(of: entry.value) == .sequence else {
        return false
      }
      let list = range(of: entry.value)
      if let first = tree.items(of: entry.value).first, list.contains(range(of: first).lowerBound) {
        let isFlow = finder.bytes[list.lowerBound] == 0x5B
        let end = list.upperBound - (isFlow ? 1 : 0)
        finder.arguments.append(min(range(of: first).upperBound, end)..<end)
      }
      for (position, item) in tree.items(of: entry.value).enumerated() {
        if position == 0, isOneWord(item) { continue }
        if tree.kind(of: item) != .scalar || position == 0 { hide(item) }
        finder.arguments.append(range(of: item))
        if tree.style(of: item) != .plain { finder.readings.append(Array(tree.utf8(of: item))) }
      }
    }
    finder.marks.append(range(of: entry.key).lowerBound)
    return true
  }

  /// A name or a path ends at a blank: what follows may be anything.
  private func isOneWord(_ node: SyntaxTree.Node) -> Bool {
    tree.kind(of: node) == .scalar
      && !tree.utf8(of: node).contains { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x2C }
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
      let place = range(of: item)
      // Only what follows 'Bearer' is hidden, which is found in the text.
      if AuthorizationHeader.credential(in: finder.bytes, place) == nil { hide(item) }
    }
  }

  /// Hides what a text gives away: up to its end, which may be lines below.
  private mutating func lookAtText(of node: SyntaxTree.Node, isItem: Bool) {
    let marks = Set(" \t\r\n=:@".utf8)
    var place = range(of: node)
    guard finder.bytes[place].contains(where: marks.contains) else { return }
    let style = tree.style(of: node)
    if style == .singleQuoted || style == .doubleQuoted, place.count >= 2 {
      place = place.lowerBound + 1..<place.upperBound - 1
    }
    for (number, line) in finder.lines(of: place).enumerated() {
      finder.findCredentials(in: line)
      if let secret = finder.secret(in: line, isEntry: isItem || number > 0) {
        return finder.hide(secret.start, place.upperBound)
      }
    }
    guard style == .doubleQuoted, finder.bytes[place].contains(0x5C) else { return }
    var decoded = SecretFinder(Array(tree.utf8(of: node)))
    let text = decoded.bytes.indices
    decoded.findCredentials(in: text)
    if decoded.secret(in: text, isEntry: isItem) != nil || !decoded.ranges.isEmpty { hide(node) }
  }
}
