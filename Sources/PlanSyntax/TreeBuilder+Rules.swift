internal import PlanText

/// What YAML itself allows and plans do not: keys twice, keys that are no text, tags of one's own.
extension TreeBuilder {
  /// Looks at the keys of a mapping that is complete; linear in their number.
  mutating func checkKeys(of node: SyntaxTree.Node, _ frame: Frame) {
    let record = tree.records[Int(node.index)]
    let pairs = Int(record.count) / 2
    var found = DiagnosticList()
    let source = text.id
    tree.children.withUnsafeBufferPointer { children in
      tree.records.withUnsafeBufferPointer { records in
        tree.text.withUnsafeBufferPointer { text in
          let keys = MappingKeys(
            children: UnsafeBufferPointer(
              rebasing: children[Int(record.first)..<Int(record.first + record.count)]),
            records: records, text: text)
          for pair in 0..<pairs {
            let key = keys.record(of: pair)
            if key.kind != .scalar {
              found.append(collectionKey(key))
            } else if key.count == 0, key.start == key.end {
              found.append(missingKey(key))
            } else if frame.isFlow, key.style == .plain,
              lacksSpace(key, before: keys.value(of: pair))
            {
              found.append(missingSpace(inFlowKey: key))
            }
          }
          keys.forEachDuplicate { first, second in
            found.append(.duplicateKey, in: source) { duplicate(second, of: first) }
          }
        }
      }
    }
    diagnostics.append(contentsOf: found.all)
  }

  /// Whether a key of a flow mapping has swallowed its value: `{ env:NAME }`.
  private func lacksSpace(_ key: SyntaxTree.Record, before value: SyntaxTree.Record) -> Bool {
    guard value.kind == .scalar, value.style == .plain, value.count == 0, value.start == value.end,
      value.start >= key.end
    else { return false }
    let written = text.bytes[Int(key.start)..<Int(key.end)]
    return written.contains(":") && !text.bytes[Int(key.end)..<Int(value.start)].contains(":")
  }

  /// Accepts the core tag of the node's own kind.
  mutating func checkTag(_ tag: Name?, at place: Range<Int>?, kind: SyntaxTree.Kind) {
    guard let tag, let place else { return }
    let expected: StaticString =
      switch kind {
      case .scalar: "tag:yaml.org,2002:str"
      case .sequence: "tag:yaml.org,2002:seq"
      case .mapping: "tag:yaml.org,2002:map"
      }
    var index = 0
    while index < expected.utf8CodeUnitCount, tag[index] == expected.utf8Start[index] { index += 1 }
    if index == expected.utf8CodeUnitCount, tag[index] == 0 { return }
    diagnostics.append(unusedTag(at: place))
  }
}

/// The keys of one mapping; lives only while the tree's tables are borrowed.
private struct MappingKeys {
  let children: UnsafeBufferPointer<Int32>
  let records: UnsafeBufferPointer<SyntaxTree.Record>
  let text: UnsafeBufferPointer<UInt8>

  var count: Int { children.count / 2 }

  func record(of pair: Int) -> SyntaxTree.Record { records[Int(children[2 * pair])] }

  func value(of pair: Int) -> SyntaxTree.Record { records[Int(children[2 * pair + 1])] }

  private func bytes(_ key: SyntaxTree.Record) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      UnsafeBufferPointer(rebasing: text[Int(key.first)..<Int(key.first + key.count)]))
  }

  private func isSame(_ left: SyntaxTree.Record, _ right: SyntaxTree.Record) -> Bool {
    guard left.count == right.count, left.kind == .scalar, right.kind == .scalar else {
      return false
    }
    var index = 0
    let first = Int(left.first)
    let second = Int(right.first)
    while index < Int(left.count) {
      guard text[first + index] == text[second + index] else { return false }
      index += 1
    }
    return true
  }

  /// Calls `body` with the first and each later place of a key that stands more than once.
  func forEachDuplicate(_ body: (SyntaxTree.Record, SyntaxTree.Record) -> Void) {
    if count <= 8 {
      for second in 0..<max(count, 0) {
        let key = record(of: second)
        guard let first = (0..<second).first(where: { isSame(record(of: $0), key) }) else {
          continue
        }
        body(record(of: first), key)
      }
      return
    }
    // Open addressing, at most half full. Swift's hasher is keyed, so that no file makes keys collide.
    var capacity = 32
    while capacity < 2 * count { capacity *= 2 }
    var slots = [Int32](repeating: -1, count: capacity)
    for pair in 0..<count {
      let key = record(of: pair)
      guard key.kind == .scalar else { continue }
      var hasher = Hasher()
      hasher.combine(bytes: bytes(key))
      var slot = hasher.finalize() & (capacity - 1)
      var isNew = true
      while slots[slot] >= 0 {
        let other = record(of: Int(slots[slot]))
        if isSame(other, key) {
          body(other, key)
          isNew = false
          break
        }
        slot = (slot + 1) & (capacity - 1)
      }
      if isNew { slots[slot] = Int32(truncatingIfNeeded: pair) }
    }
  }
}
