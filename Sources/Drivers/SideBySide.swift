extension Array where Element: Sendable {
  /// What comes of each element, in their order; at most so many are worked on side by side.
  package func mapSideBySide<Value: Sendable>(
    atOnce: Int, _ body: @escaping @Sendable (Element) async -> Value
  ) async -> [Value] {
    await withTaskGroup(of: (Int, Value).self) { group in
      var values = [Value?](repeating: nil, count: count)
      var next = 0
      func startNext() {
        let (position, element) = (next, self[next])
        next += 1
        group.addTask { (position, await body(element)) }
      }
      while next < Swift.min(atOnce, count) { startNext() }
      while let (position, value) = await group.next() {
        values[position] = value
        if next < count { startNext() }
      }
      return values.compactMap(\.self)
    }
  }
}
