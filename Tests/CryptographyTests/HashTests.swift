import Cryptography
import Testing

@Suite("Hashes are those of the standards")
struct HashTests {
  @Test(
    "The hash of abc (FIPS 180-4)",
    arguments: [
      (HashFunction.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (.sha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
      (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        .sha384,
        """
        cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed
        8086072ba1e7cc2358baeca134c825a7
        """
      ),
      (
        .sha512,
        """
        ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
        2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
        """
      ),
    ])
  func abc(function: HashFunction, hash: String) {
    #expect(function.hash(of: Array("abc".utf8)) == bytes(hash))
    #expect(function.size == bytes(hash).count)
  }

  @Test("In pieces it is the same", arguments: HashFunction.allCases)
  func pieces(function: HashFunction) {
    let all = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var state = HashState(function)
    state.update([])
    state.update(all[..<1])
    state.update(SecretBytes(all[1..<130]))
    state.update(Array(all[130...]))
    let hash = state.finish()
    #expect(hash == function.hash(of: all))
    #expect(hash != function.hash(of: all[1...]))
    #expect(function.hash(of: []) == HashState(function).finish())
  }

  @Test("From many tasks at once too")
  func tasks() async {
    let expected = HashFunction.sha512.hash(of: [1, 2, 3])
    await withTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<100 { group.addTask { HashFunction.sha512.hash(of: [1, 2, 3]) } }
      for await hash in group { #expect(hash == expected) }
    }
  }
}
