import ArgumentParser
import PlanText
import Reports
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One of the two streams that people and scripts read.
struct Terminal: Sendable {
  /// Results.
  static let output = Terminal(descriptor: 1)

  /// Progress, diagnostics and errors.
  static let error = Terminal(descriptor: 2)

  let descriptor: Int32

  /// Whether it is a terminal, of whatever kind.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether a person looks at it.
  var isInteractive: Bool { isTerminal && Environment.variable("TERM") != "dumb" }

  /// Whether pictures may be drawn on it; else lines are added and nothing that was printed ever changes.
  func takesPictures(_ color: ColorChoice) -> Bool {
    isInteractive && !color.isPlain && !Environment.isAccessible
  }

  /// The number of columns: the terminal's, else `COLUMNS`, else 100.
  var width: Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return Environment.variable("COLUMNS").flatMap { Int($0) }.map { max($0, 40) } ?? 100
  }

  /// The number of lines, 24 where nobody knows.
  var height: Int {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0
      ? Int(size.ws_row) : 24
  }

  /// How text is laid out on it.
  func layout(_ color: ColorChoice) -> TextLayout {
    TextLayout(width: width, color: color.applies(to: self), unicode: color.speaksUnicode)
  }

  /// Writes diagnostics for people, in the order given.
  func write(_ diagnostics: [Diagnostic], in sources: SourceMap, _ color: ColorChoice) {
    guard !diagnostics.isEmpty else { return }
    let options = DiagnosticText.Options(
      color: color.applies(to: self), width: width, unicode: color.speaksUnicode)
    write(
      Printout(
        report: DiagnosticText(sources, options: options).render(diagnostics),
        color: options.color))
  }

  /// Writes a report for people, as it is laid out here.
  func write(_ color: ColorChoice, _ report: (TextLayout) throws -> String) rethrows {
    let layout = layout(color)
    write(Printout(report: try report(layout), color: layout.color))
  }

  /// Says that something failed.
  func write(_ failure: CommandError) {
    write("waltz: \(failure.message, unicode: Environment.speaksUnicode)\n")
  }

  /// Writes what is safe to print; there is no other way to write.
  func write(_ printout: Printout) {
    printout.bytes.withUnsafeBufferPointer { write($0) }
  }

  /// Why not everything that was to be written to standard output is there; nil where it is.
  static var outputFailure: CommandError? { outputTrouble.withLock { $0 } }

  /// Keeps why something that belongs on standard output is not there, to be said at the command's end.
  static func outputFailed(_ failure: CommandError) {
    outputTrouble.withLock { $0 = $0 ?? failure }
  }

  /// Takes the place of a standard stream that was closed, so that no file that is opened later is taken for
  /// it. What takes the place fails as the stream would: standard input cannot be read, the others not
  /// written.
  static func holdStandardStreams() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// Writes everything. A reader that went away ends the command as it ends any other program in a pipe;
  /// whatever is recorded stays recorded. What else goes wrong on standard output is said at the command's
  /// end, and nothing is written behind the gap.
  private func write(_ bytes: UnsafeBufferPointer<UInt8>) {
    let isOutput = descriptor == Self.output.descriptor
    if isOutput, Self.outputFailure != nil { return }
    var written = 0
    while written < bytes.count, let start = bytes.baseAddress {
      let count = systemWrite(descriptor, start + written, bytes.count - written)
      if count >= 0 {
        written += count
      } else if errno == EPIPE {
        exit(128 + SIGPIPE)
      } else if errno == EAGAIN {
        awaitReader()
      } else if errno != EINTR {
        let words = "Standard output cannot be written: \(String(cString: strerror(errno)))."
        if isOutput { Self.outputFailed(CommandError(.environment, words)) }
        return
      }
    }
  }

  /// Sleeps until a stream that was opened so as not to block takes more, or never will.
  private func awaitReader() {
    var stream = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&stream, 1, -1)
  }
}

/// The call of the system, where a method has its name.
private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}

/// The first failure of standard output.
private let outputTrouble = Mutex<CommandError?>(nil)

/// When text is coloured, and what else it may have beside letters.
enum ColorChoice: String, ExpressibleByArgument {
  case auto
  case always
  case never

  /// Nothing but lines of ASCII of Waltz's own: what `--plain` chooses.
  case plain

  static let allValueStrings = [auto, always, never].map(\.rawValue)

  init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    self.init(rawValue: argument)
  }

  var isPlain: Bool { self == .plain }

  /// Whether Waltz may write more than ASCII of its own.
  var speaksUnicode: Bool {
    !isPlain && !Environment.isAccessible && Environment.speaksUnicode
  }

  func applies(to terminal: Terminal) -> Bool {
    switch self {
    case .always: true
    case .never, .plain: false
    case .auto: terminal.isInteractive && (Environment.variable("NO_COLOR") ?? "").isEmpty
    }
  }
}
