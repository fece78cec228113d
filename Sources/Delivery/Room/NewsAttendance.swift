import Synchronization

/// A newsroom beside a run that somebody carries out: it looks when something happens and now and then, and keeps nobody
/// waiting but at the end, for a while.
package final class NewsAttendance: Sendable {
  private let wakeups: AsyncStream<Void>.Continuation
  private let work: Task<Void, Never>
  private let ticker: Task<Void, Never>

  /// Begins.
  ///
  /// - Parameters:
  ///   - newsroom: Who tells.
  ///   - run: Of which run.
  ///   - pause: After so long it looks again where nothing happened: the clock makes news, and what failed is tried again.
  ///   - trouble: Told what went wrong, as a sentence; once as long as it stays the same.
  package init(
    _ newsroom: Newsroom, of run: String, every pause: Duration = .seconds(30),
    trouble: @escaping @Sendable (String) -> Void
  ) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    wakeups = continuation
    let last = Mutex<String?>(nil)
    @Sendable func look(settles: Bool) async {
      let words: String?
      do {
        let report = try await newsroom.round(of: run, settles: settles)
        words = report.failures.sorted { $0.key < $1.key }.first
          .map { "\($0.key) was not told: \($0.value)" }
      } catch {
        words = "nobody was told: \(error)"
      }
      let isNew = last.withLock { last in
        defer { last = words }
        return words != last
      }
      if isNew, let words, !Task.isCancelled { trouble(words) }
    }
    work = Task {
      for await _ in stream { await look(settles: false) }
      await look(settles: true)
    }
    ticker = Task {
      while (try? await Task.sleep(for: pause)) != nil { continuation.yield() }
    }
    continuation.yield()
  }

  /// Something happened. Returns at once.
  package func wake() { wakeups.yield() }

  /// Tells what is left, for so long at most: what then nobody has is told by whoever comes next.
  package func end(within limit: Duration) async {
    ticker.cancel()
    wakeups.finish()
    let work = work
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await work.value }
      group.addTask {
        if (try? await Task.sleep(for: limit)) != nil { work.cancel() }
      }
      await group.next()
      group.cancelAll()
    }
  }
}
