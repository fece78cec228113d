import HummingbirdCore
import NIOCore
import Reports
import RotationEngine
import RunStore
import Runs

/// Writes a run's events to one follower, each with its number, for as long as both are there.
struct EventStream: Sendable {
  /// How many events one piece has: the next is read when the reader has taken it.
  private static let pieceSize = 256

  let desk: RunDesk
  let pulse: JournalPulse
  let run: String
  let id: Int

  /// Writes what comes after an event, whenever there is something new.
  @concurrent
  func write(
    _ heads: AsyncStream<Int>, after cursor: Int, to writer: inout any ResponseBodyWriter
  ) async throws {
    var next = cursor + 1
    // Whoever waits is told at once that the stream is there.
    try await send("retry: 2000\n\n", to: &writer)
    for await head in heads {
      guard head >= next else {
        try await send(": nothing new\n\n", to: &writer)
        continue
      }
      while next <= head {
        let events = try await desk.store.events(of: run, from: next, limit: Self.pieceSize)
        guard let last = events.last else { break }
        var text: Printout = ""
        for event in events {
          text.append("id: \(event.sequence)\ndata: ")
          text.append(jsonLine: event.bytes)
          text.append("\n")
        }
        try await send(text, to: &writer)
        next = last.sequence + 1
      }
    }
  }

  @concurrent
  private func send(_ text: Printout, to writer: inout any ResponseBodyWriter) async throws {
    await pulse.isWriting(true, to: id)
    try await writer.write(ByteBuffer(bytes: text.bytes))
    await pulse.isWriting(false, to: id)
  }
}
