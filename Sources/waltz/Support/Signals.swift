import Dispatch
import RotationEngine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What reaches a run from outside: signals, and a look at the mailbox every second.
final class Signals {
  /// What the executor listens to.
  let controls: AsyncStream<Executor.Control>

  private let continuation: AsyncStream<Executor.Control>.Continuation
  private let sources: [any DispatchSourceSignal]
  private let ticker: any DispatchSourceTimer

  /// Listens to SIGINT and SIGTERM: the first lets running steps end, the second cancels them.
  init() {
    let (stream, continuation) = AsyncStream.makeStream(of: Executor.Control.self)
    controls = stream
    self.continuation = continuation
    let queue = DispatchQueue(label: "waltz.signals")
    let counter = SignalCounter()
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        // The queue is serial, so the counter needs no lock.
        counter.count += 1
        if counter.count == 1 {
          Terminal.error.write(
            "\nwaltz: stopping: running steps may finish, nothing new starts. Interrupt again to "
              + "cancel them.\n")
        }
        continuation.yield(counter.count == 1 ? .stop : .cancel)
      }
      source.resume()
      return source
    }
    ticker = DispatchSource.makeTimerSource(queue: queue)
    ticker.schedule(deadline: .now() + 1, repeating: 1)
    ticker.setEventHandler { continuation.yield(.lookAround) }
    ticker.resume()
  }

  /// Stops listening.
  func end() {
    ticker.cancel()
    for source in sources { source.cancel() }
    continuation.finish()
  }
}

/// Touched on the queue of the signals alone.
private final class SignalCounter: @unchecked Sendable {
  var count = 0
}
