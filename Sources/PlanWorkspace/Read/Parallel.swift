import Synchronization

/// What a piece of work gives for each position from 0, on `jobs` threads. What comes of it does not
/// depend on how many they are.
func inParallel<Result: Sendable>(
  _ count: Int, jobs: Int, _ work: @escaping @Sendable (Int) async -> Result
) async -> [Result] {
  let workers = min(jobs, count)
  guard workers > 1 else {
    var results: [Result] = []
    for position in 0..<count { results.append(await work(position)) }
    return results
  }
  let queue = WorkQueue(count: count)
  return await withTaskGroup(of: [(Int, Result)].self) { group in
    for _ in 0..<workers {
      group.addTask {
        var done: [(Int, Result)] = []
        while let next = queue.next() { done.append((next, await work(next))) }
        return done
      }
    }
    var results = [Result?](repeating: nil, count: count)
    for await done in group {
      for (position, result) in done { results[position] = result }
    }
    return results.compactMap(\.self)
  }
}

/// Positions handed out one by one to whoever is free.
private final class WorkQueue: Sendable {
  private let following = Atomic(0)
  private let count: Int

  init(count: Int) {
    self.count = count
  }

  func next() -> Int? {
    let position = following.wrappingAdd(1, ordering: .relaxed).oldValue
    return position < count ? position : nil
  }
}
