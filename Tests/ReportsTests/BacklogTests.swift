import Reports
import RotationEngine
import Testing

@Suite("What waits for a reader that stands still")
struct BacklogTests {
  private func progress(limit: Int = 1 << 16) -> ProgressBacklog {
    ProgressBacklog(RunCommands(run: "emea-2026-1"), limit: limit)
  }

  @Test("Lines are taken in their order, all at once and once")
  func lines() {
    var backlog = progress()
    #expect(backlog.take() == nil)
    backlog.add(["one", ""])
    backlog.add("two")
    #expect(backlog.take()?.text == "one\n\ntwo\n")
    #expect(backlog.take() == nil)
  }

  @Test("Beyond the bound lines are counted, and the reader is told where and how many")
  func bound() {
    var backlog = progress(limit: 10)
    backlog.add("a long line that is more than there is room for")
    #expect(backlog.take()?.text == "a long line that is more than there is room for\n")
    backlog.add(["one", "two", "three", "4"])
    for _ in 0..<1_000_000 { backlog.add("x") }
    #expect(
      backlog.take()?.text == """
        one
        two
        waltz: 1,000,002 lines left out here, because nothing read them. \
        `waltz events emea-2026-1` prints every event.

        """)
    backlog.add("on")
    #expect(backlog.take()?.text == "on\n")
  }

  /// What a reader gets who takes what waits now and then, with a store of as many events as were added.
  private func read(
    _ count: Int, limit: Int, readsAt: (Int) -> Bool, page: Int = 3
  ) -> (read: [Int], most: Int) {
    var backlog = EventBacklog(after: 5, limit: limit)
    var (read, most): ([Int], Int) = ([], 0)
    func take() {
      while let next = backlog.take() {
        switch next {
        case .lines(let lines):
          most = max(most, lines.bytes.count)
          read += lines.bytes.split(separator: 0x0A).map {
            Int(String(decoding: $0, as: UTF8.self)) ?? 0
          }
        case .stored(let sequences):
          let stored = Array(sequences.prefix(page))
          read += stored
          backlog.passOver(through: stored.last ?? 0)
        }
      }
    }
    for sequence in 6..<6 + count {
      backlog.add(sequence) { Array(String(sequence).utf8) }
      if readsAt(sequence) { take() }
    }
    take()
    return (read, most)
  }

  @Test("Every event is read once and in order, however little waits in memory")
  func events() {
    for limit in [1, 10, 100, 1 << 20] {
      for pace in [1, 2, 7, 50, 10_000] {
        let (read, most) = read(300, limit: limit) { $0.isMultiple(of: pace) }
        #expect(read == Array(6..<306), "\(limit) \(pace)")
        #expect(most < limit + 4)
      }
    }
  }

  @Test("Bytes are made only of what waits in memory")
  func bytes() {
    var backlog = EventBacklog(after: 0, limit: 4)
    var made = 0
    for sequence in 1...10 {
      backlog.add(sequence) {
        made += 1
        return [0x78]
      }
    }
    #expect(made == 2)
    #expect(backlog.take() == .lines("x\nx\n"))
    #expect(backlog.take() == .stored(3...10))
    backlog.passOver(through: 10)
    #expect(backlog.take() == nil)
  }
}
