import PlanText
import TestSupport
import Testing

@Suite("Names that were probably meant") struct NearNamesTests {
  @Test("As many searches are made as the budget has names, and none after it is spent")
  func budget() {
    let names = (1000..<2000).map { "paris-\($0)" }
    var near = NearNames(names, budget: 20_000)
    let suggestions = (1000..<2000).compactMap { near.nearest(to: "pari-\($0)") }
    #expect(suggestions == Array(names.prefix(20)))
    #expect(near.isSpent)
    // Nothing is concluded from what was not looked for.
    let mayMean = near.mayMean("tokyo")
    #expect(mayMean)
  }

  @Test("A section of forty names that was renamed has a suggestion for every reference")
  func ordinary() {
    var near = NearNames((10..<50).map { "paris-\($0)" })
    for number in 10..<50 { #expect(near.nearest(to: "pairs-\(number)") == "paris-\(number)") }
    #expect(!near.isSpent)
  }

  @Test("A name that is added later is found")
  func added() {
    var near = NearNames(["berlin"])
    #expect(near.nearest(to: "pari") == nil)
    near.append("paris")
    #expect(near.nearest(to: "pari") == "paris")
    let verdicts = ["PARIS", "tokyo"].map { near.mayMean($0) }
    #expect(verdicts == [true, false])
  }

  @Test("A text of megabytes is near to nothing, and costs nothing")
  func long() {
    var near = NearNames(["paris"])
    let budget = near.budget
    #expect(near.nearest(to: String(repeating: "a", count: 1 << 20)) == nil)
    #expect(near.budget == budget)
  }

  @Test("The distance that ends at its limit is the one of the whole table", arguments: 0..<40)
  func distances(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func word() -> String {
      String(
        (0..<(1 + random.below(14))).map { _ in ["a", "b", "C", "é"][random.below(4)] }.joined())
    }
    let names = (0..<60).map { _ in word() }
    var near = NearNames(names)
    for _ in 0..<60 {
      let name = word()
      let (meant, mayMean) = (near.nearest(to: name), near.mayMean(name))
      #expect(meant == plainNearest(to: name, among: names), "seed \(seed) \(name)")
      let isNear = names.contains { plainNearest(to: name, among: [$0]) != nil }
      #expect(mayMean == isNear, "seed \(seed) \(name)")
    }
  }

  private func plainNearest(to name: String, among names: [String]) -> String? {
    let wanted = Array(name.lowercased())
    let found = names.compactMap { other -> (String, Int)? in
      let letters = Array(other.lowercased())
      let distance = plainDistance(wanted, letters)
      return distance <= min(3, max(1, max(wanted.count, letters.count) / 3))
        ? (other, distance) : nil
    }
    guard let least = found.map(\.1).min() else { return nil }
    let best = Set(found.filter { $0.1 == least }.map(\.0))
    return best.count == 1 ? best.first : nil
  }

  private func plainDistance(_ left: [Character], _ right: [Character]) -> Int {
    var table = Array(repeating: Array(0...right.count), count: left.count + 1)
    for row in 0...left.count { table[row][0] = row }
    for row in 1...left.count {
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        var least = min(
          table[row - 1][column] + 1, table[row][column - 1] + 1,
          table[row - 1][column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          least = min(least, table[row - 2][column - 2] + 1)
        }
        table[row][column] = least
      }
    }
    return table[left.count][right.count]
  }
}
