import Dispatch
import Reports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A terminal with a live view on it. Whoever draws waits for no reader.
final class LiveScreen: Sendable {
  /// What reaches the view.
  enum Input: Sendable {
    /// A second has passed.
    case tick

    /// The person pressed keys.
    case keys([LiveKey])

    /// The terminal has another size, or was somebody else's for a while.
    case disturbed

    /// A signal asks for the end.
    case ended(by: Int32)
  }

  /// What reaches the view, until it is closed.
  let inputs: AsyncStream<Input>

  private let terminal: Terminal
  private let color: ColorChoice
  private let pump: Pump<ScreenBacklog>
  private let continuation: AsyncStream<Input>.Continuation
  private let queue = DispatchQueue(label: "waltz.screen")
  private let sources = Sources()

  /// Kept for as long as they are listened to; touched at the begin and on the queue alone.
  private final class Sources: @unchecked Sendable {
    var all: [any DispatchSourceProtocol] = []
  }

  /// A view on a terminal; `ends` are the signals that ask for its end, where nobody else takes them.
  init(on terminal: Terminal, _ color: ColorChoice, endedBy ends: [Int32] = []) {
    self.terminal = terminal
    self.color = color
    (inputs, continuation) = AsyncStream.makeStream(of: Input.self)
    pump = Pump(to: terminal, ScreenBacklog(color: terminal.layout(color).color)) { backlog in
      backlog.change { $0.take() }
    }
    TerminalMode.willDraw(on: terminal.descriptor)
    let continuation = continuation
    for number in ends {
      signal(number, SIG_IGN)
      listen(to: number) { continuation.yield(.ended(by: number)) }
    }
    listen(to: SIGWINCH) { continuation.yield(.disturbed) }
    signal(SIGTSTP, SIG_IGN)
    listen(to: SIGTSTP) { [pump] in
      TerminalMode.restore()
      kill(getpid(), SIGSTOP)
      // Here again once the process goes on.
      TerminalMode.willDraw(on: terminal.descriptor)
      _ = TerminalMode.takeKeys()
      pump.add { $0.suspend() }
      continuation.yield(.disturbed)
    }
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + 1, repeating: 1, leeway: .milliseconds(100))
    timer.setEventHandler { continuation.yield(.tick) }
    sources.all.append(timer)
    if TerminalMode.takeKeys() {
      let keys = DispatchSource.makeReadSource(fileDescriptor: 0, queue: queue)
      keys.setEventHandler {
        var buffer = [UInt8](repeating: 0, count: 1_024)
        let count = read(0, &buffer, buffer.count)
        if count > 0 { continuation.yield(.keys(LiveKey.keys(in: buffer[..<count]))) }
      }
      sources.all.append(keys)
    }
    for source in sources.all { source.activate() }
  }

  private func listen(to number: Int32, _ body: @escaping @Sendable () -> Void) {
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    source.setEventHandler(handler: body)
    sources.all.append(source)
  }

  /// Draws what the frame of a terminal of its size is.
  func show(_ frame: (TextLayout, Int) -> [String]) {
    let (layout, height) = (terminal.layout(color), terminal.height)
    let lines = frame(layout, height)
    let columns = terminal.width
    pump.add { $0.show(lines, columns: columns, rows: height) }
  }

  /// Draws everything anew with the next frame.
  func forget() { pump.add { $0.forget() } }

  /// Gives the terminal back, and leaves what `frame` says on it.
  func close(leaving frame: (TextLayout, Int) -> [String]) async {
    let lines = frame(terminal.layout(color), terminal.height)
    let sources = sources
    queue.async {
      for source in sources.all { source.cancel() }
      sources.all = []
    }
    continuation.finish()
    pump.add { $0.close(leaving: lines) }
    await pump.end()
    TerminalMode.wasLeft()
  }
}
