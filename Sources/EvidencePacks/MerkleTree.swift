internal import Cryptography

/// The root of a Merkle tree of RFC 6962 over records in their order.
struct MerkleTree {
  /// The roots of whole trees, the largest first, with how many records each holds.
  private var whole: [(size: Int, hash: [UInt8])] = []

  /// The root over all records so far; of none it is the hash of nothing.
  var root: [UInt8] {
    guard var hash = whole.last?.hash else { return HashFunction.sha256.hash(of: []) }
    for tree in whole.dropLast().reversed() { hash = Self.node(tree.hash, hash) }
    return hash
  }

  mutating func append(_ record: [UInt8]) {
    whole.append((1, HashFunction.sha256.hash(of: [0] + record)))
    while whole.count > 1, whole[whole.count - 1].size == whole[whole.count - 2].size {
      let right = whole.removeLast()
      let left = whole.removeLast()
      whole.append((left.size * 2, Self.node(left.hash, right.hash)))
    }
  }

  private static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    HashFunction.sha256.hash(of: [1] + left + right)
  }
}
