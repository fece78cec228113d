import Foundation

extension Process {
  /// The status that it ends with, as a shell gives it: 128 and the signal's number after a signal. To be called before
  /// it is started.
  func endStatuses() -> AsyncStream<Int32> {
    let (statuses, ending) = AsyncStream.makeStream(of: Int32.self)
    terminationHandler = { process in
      let isSignal = process.terminationReason == .uncaughtSignal
      ending.yield((isSignal ? 128 : 0) + process.terminationStatus)
      ending.finish()
    }
    return statuses
  }
}
