/// Texts that many rows have in common, each kept once: paths of groups, versions, names of servers.
struct NamePool {
  private struct Entry {
    let written: [UInt8]
    let name: String
  }

  private var entries: [UInt64: [Entry]] = [:]

  /// The text of the next value of an answer; nil for `null` and an empty text.
  mutating func name(from cursor: inout JSONCursor) throws(MalformedAnswer) -> String? {
    // A path of a group has a backslash in it, so it is found by how it is written.
    let start = cursor
    guard let written = try cursor.scalar() else { return nil }
    // FNV-1a: what collides is only compared once more.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in written { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let known = entries[hash]?.first { $0.written.elementsEqual(written) }
    if let known { return known.name }
    var again = start
    guard let name = try again.text() else { return nil }
    entries[hash, default: []].append(Entry(written: Array(written), name: name))
    return name
  }
}
