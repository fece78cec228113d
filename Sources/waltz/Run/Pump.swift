import Dispatch
import Reports
import Synchronization

/// Writes what waits for a stream, beside everything else: a reader that stands still holds up its pump, and
/// nobody who adds to what waits.
final class Pump<Backlog: Sendable>: Sendable {
  private let backlog: Shared
  private let wakeups: AsyncStream<Void>.Continuation
  private let work: Task<Void, Never>

  /// A pump for a stream.
  ///
  /// - Parameters:
  ///   - terminal: The stream.
  ///   - backlog: What waits already.
  ///   - next: Takes what is to be written next; nil where that is nothing for now.
  init(
    to terminal: Terminal, _ backlog: Backlog,
    next: @escaping @Sendable (Shared) async -> Printout?
  ) {
    let shared = Shared(backlog)
    self.backlog = shared
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    wakeups = continuation
    // A write lasts as long as the reader likes, so it has a thread of its own.
    let thread = DispatchQueue(label: "waltz.pump.\(terminal.descriptor)")
    work = Task {
      for await _ in stream {
        while let printout = await next(shared) {
          await withCheckedContinuation { written in
            thread.async {
              terminal.write(printout)
              written.resume()
            }
          }
        }
      }
    }
  }

  /// Adds to what waits.
  func add(_ change: (inout Backlog) -> Void) {
    backlog.change(change)
    wakeups.yield()
  }

  /// Waits until the reader has taken all that there is.
  func end() async {
    wakeups.yield()
    wakeups.finish()
    await work.value
  }

  /// What waits, between those who add to it and the pump.
  final class Shared: Sendable {
    private let backlog: Mutex<Backlog>

    init(_ backlog: Backlog) { self.backlog = Mutex(backlog) }

    func change<Result: Sendable>(_ body: (inout Backlog) -> Result) -> Result {
      backlog.withLock { body(&$0) }
    }
  }
}
