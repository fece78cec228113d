import Reports
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a live view changes about the terminal, and how it is undone: on every way out of the process, a signal's
/// included.
enum TerminalMode {
  /// Takes keys one by one and unseen. Nothing where standard input is no terminal, or another job's.
  ///
  /// - Returns: Whether keys come.
  static func takeKeys() -> Bool {
    guard isatty(0) == 1, tcgetpgrp(0) == getpgrp(), tcgetattr(0, &modeBefore) == 0 else {
      return false
    }
    guardExits
    var mode = modeBefore
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
    // Ctrl-S is a key; interrupts stay interrupts.
    mode.c_iflag &= ~tcflag_t(IXON)
    guard tcsetattr(0, TCSANOW, &mode) == 0 else { return false }
    takesKeys.store(true, ordering: .sequentiallyConsistent)
    return true
  }

  /// A view is about to be drawn on a stream.
  static func willDraw(on descriptor: Int32) {
    _ = leaving
    guardExits
    drawnOn.store(descriptor, ordering: .sequentiallyConsistent)
  }

  /// The view was taken away by who drew it.
  static func wasLeft() {
    drawnOn.store(-1, ordering: .sequentiallyConsistent)
    restore()
  }

  /// Makes the terminal what it was. May be called anywhere, any number of times.
  static func restore() {
    if takesKeys.exchange(false, ordering: .sequentiallyConsistent) {
      tcsetattr(0, TCSANOW, &modeBefore)
    }
    let descriptor = drawnOn.exchange(-1, ordering: .sequentiallyConsistent)
    if descriptor >= 0 {
      leaving.withUnsafeBytes { _ = write(descriptor, $0.baseAddress, $0.count) }
    }
  }

  /// Makes sure, once, that the terminal is restored where the process ends in any way that it can notice.
  private static let guardExits: Void = {
    atexit { TerminalMode.restore() }
    for number in [SIGHUP, SIGQUIT, SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE] {
      signal(number) { number in
        TerminalMode.restore()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }()
}

/// Set before the first key is taken, and read only after that.
nonisolated(unsafe) private var modeBefore = termios()
private let takesKeys = Atomic<Bool>(false)
private let drawnOn = Atomic<Int32>(-1)
private let leaving = Printout.leavingScreen.bytes
