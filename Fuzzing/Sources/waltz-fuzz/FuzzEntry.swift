import Glibc

/// A reader of bytes from strangers, with what must hold whatever the bytes are.
struct FuzzEntry: Sendable {
  /// What the entry is called on the command line; its seeds are in `corpus/NAME`.
  let name: String

  /// Whether an input must be read in a time that its bytes explain; not so where the entry makes more of
  /// them and measures by itself.
  var isBounded = true

  /// Reads an input; stops the program where something does not hold.
  let read: @Sendable ([UInt8]) -> Void

  /// The entries in the order in which `Fuzzing/run` takes them.
  static let all: [FuzzEntry] = [
    .syntax, .plan, .scenario, .layout, .overlay, .certificates, .json, .graph,
    .repetition,
  ]

  /// The one that the environment names.
  static let chosen: FuzzEntry? = {
    guard let name = getenv("WALTZ_FUZZ") else { return nil }
    return all.first { $0.name == String(cString: name) }
  }()

  /// Reads an input within a bounded time.
  func run(_ bytes: [UInt8]) {
    guard isBounded else { return read(bytes) }
    var seconds = cpuSeconds { read(bytes) }
    let bound = 0.5 + 20e-6 * Double(bytes.count)
    // The machine may have been slow once; it is not so three times.
    for _ in 0..<2 where seconds > bound { seconds = min(seconds, cpuSeconds { read(bytes) }) }
    expect(seconds <= bound, "\(bytes.count) bytes take \(seconds) s of the processor's time")
  }
}

/// Stops the program, so that libFuzzer keeps the input, where something does not hold.
func expect(
  _ holds: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID,
  line: UInt = #line
) {
  guard !holds else { return }
  fatalError(message(), file: file, line: line)
}

/// The processor's time that `body` takes on this thread, in seconds: what else runs does not count.
func cpuSeconds(_ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  let start = now()
  body()
  return now() - start
}
