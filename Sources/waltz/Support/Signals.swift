import Dispatch
import RotationEngine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What reaches a run from outside: signals, and a look at the mailbox every second.
final class Signals: Sendable {
  private static let numbers = [SIGINT, SIGTERM]

  /// What the executor listens to.
  let controls: AsyncStream<Executor.Control>

  private let continuation: AsyncStream<Executor.Control>.Continuation
  private let queue = DispatchQueue(label: "waltz.signals")
  private let received = Received()

  /// Listens to SIGINT and SIGTERM: the first lets running steps end, the second cancels them.
  ///
  /// - Parameters:
  ///   - stopping: What is said at the first.
  ///   - say: Shows a line, and waits for nobody.
  init(
    stopping: String =
      "running steps may finish, nothing new starts. Interrupt again to cancel them.",
    say: @escaping @Sendable (String) -> Void
  ) {
    let (stream, continuation) = AsyncStream.makeStream(of: Executor.Control.self)
    controls = stream
    self.continuation = continuation
    let received = received
    for number in Self.numbers {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        received.count += 1
        if let status = received.end { _exit(status.rawValue) }
        if received.count == 1 {
          say("\nwaltz: stopping: \(stopping)")
        }
        continuation.yield(received.count == 1 ? .stop : .cancel)
      }
      received.sources.append(source)
    }
    let ticker = DispatchSource.makeTimerSource(queue: queue)
    ticker.schedule(deadline: .now() + 1, repeating: 1)
    ticker.setEventHandler { continuation.yield(.lookAround) }
    received.sources.append(ticker)
    for source in received.sources { source.activate() }
  }

  /// Lets signals reach a process whose parent had them blocked: it ends when it is told to.
  static func unblock() {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// The stay has ended: from now on a signal ends the process with this status. Where two came before, the
  /// readers have a second to take what is left.
  func endProcess(with status: ExitStatus) {
    continuation.finish()
    let (queue, received) = (queue, received)
    queue.async {
      received.end = status
      guard received.count > 1 else { return }
      queue.asyncAfter(deadline: .now() + 1) { _exit(status.rawValue) }
    }
  }

  /// Touched on the queue of the signals alone as soon as they are listened to.
  private final class Received: @unchecked Sendable {
    var count = 0
    var end: ExitStatus?
    /// Kept for as long as they are listened to.
    var sources: [any DispatchSourceProtocol] = []
  }
}
