import Foundation

/// The shortest time of several rounds: what the machine's other work added is noise.
func quickest(of rounds: Int, _ body: () throws -> Void) rethrows -> Double {
  var best = Double.infinity
  for _ in 0..<rounds { best = min(best, try seconds(body)) }
  return best
}

func seconds(_ body: () throws -> Void) rethrows -> Double {
  try ContinuousClock().measure(body) / .seconds(1)
}

/// One execution of a program, its output kept.
struct Execution {
  let seconds: Double
  /// The processor's time, its own and the system's on its behalf: what a busy machine does not change.
  let processorSeconds: Double
  let status: Int32
  /// The most memory that it had, in bytes.
  let peakMemory: Int
  let output: String

  init(_ program: String, _ arguments: [String], scratch: String) throws {
    let outputPath = scratch + "/output"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var vector = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for case let argument? in vector { free(argument) } }
    var pid: pid_t = 0
    var exit: Int32 = 0
    var usage = rusage()
    let start = ContinuousClock.now
    let code = posix_spawn(&pid, program, &actions, nil, &vector, environ)
    guard code == 0 else {
      throw BenchmarkError("\(program) does not start: \(String(cString: strerror(code)))")
    }
    while wait4(pid, &exit, 0, &usage) < 0, errno == EINTR {}
    seconds = (ContinuousClock.now - start) / .seconds(1)
    processorSeconds = [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
    status = exit & 0x7F == 0 ? (exit >> 8) & 0xFF : 128 + (exit & 0x7F)
    peakMemory = usage.ru_maxrss * 1_024
    output = try String(contentsOfFile: outputPath, encoding: .utf8)
  }

  /// The first lines of the output, for a table's cell.
  var complaint: String {
    "exit \(status): " + (output.split(separator: "\n").first.map(String.init) ?? "no output")
  }
}

/// Why a measurement makes no sense.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

func write(_ text: String, to path: String) throws {
  try text.write(toFile: path, atomically: false, encoding: .utf8)
}
