import NIOCore
import RotationEngine
import RunStore
import Runs

/// Tells everybody who follows a run when its journal has grown: one look at the store serves all of them.
actor JournalPulse {
  /// How often journals are looked at.
  static let interval = Duration.milliseconds(250)

  /// How many looks go by until a follower is told something in any case, so that nothing in between takes the connection
  /// for dead: 15 seconds.
  private static let quietLooks = 60

  /// How many looks a follower may take for reading one piece: 30 seconds.
  private static let patience = 120

  /// The most followers at once.
  static let mostFollowers = 200

  private struct Follower {
    let run: String
    let continuation: AsyncStream<Int>.Continuation
    let channel: any Channel
    var quietFor = 0
    var writingFor: Int?
  }

  private let desk: RunDesk
  private var followers: [Int: Follower] = [:]
  private var heads: [String: Int] = [:]
  private var count = 0

  init(_ desk: RunDesk) { self.desk = desk }

  /// How many follow now.
  var followerCount: Int { followers.count }

  /// Follows a run: the stream has the number of its newest event whenever that changed, and now and then also where not.
  ///
  /// - Parameters:
  ///   - run: The run's id.
  ///   - channel: The connection, which is closed where its reader stands still.
  /// - Returns: nil where there are too many already.
  func follow(_ run: String, on channel: any Channel) -> (id: Int, heads: AsyncStream<Int>)? {
    guard followers.count < Self.mostFollowers else { return nil }
    let (stream, continuation) = AsyncStream.makeStream(
      of: Int.self, bufferingPolicy: .bufferingNewest(1))
    count += 1
    followers[count] = Follower(run: run, continuation: continuation, channel: channel)
    if let head = heads[run] { continuation.yield(head) }
    return (count, stream)
  }

  /// Ends following.
  func leave(_ id: Int) {
    guard let left = followers.removeValue(forKey: id) else { return }
    left.continuation.finish()
    if !followers.values.contains(where: { $0.run == left.run }) { heads[left.run] = nil }
  }

  /// Notes that a follower begins to be written to, or has taken what was written.
  func isWriting(_ isWriting: Bool, to id: Int) { followers[id]?.writingFor = isWriting ? 0 : nil }

  /// Looks at the journals until it is cancelled.
  func run() async {
    while !Task.isCancelled {
      await look()
      do { try await Task.sleep(for: Self.interval) } catch { break }
    }
    for id in Array(followers.keys) { leave(id) }
  }

  private func look() async {
    for run in Set(followers.values.map(\.run)) {
      // A store that cannot be read for a moment is looked at again: what is missed now is told then.
      guard let entry = try? await desk.store.entry(of: run) else { continue }
      let head = entry.eventCount
      let isNew = heads[run] != head
      if isNew { heads[run] = head }
      for (id, follower) in followers where follower.run == run {
        if isNew || follower.quietFor >= Self.quietLooks {
          follower.continuation.yield(head)
          followers[id]?.quietFor = 0
        } else {
          followers[id]?.quietFor += 1
        }
      }
    }
    for (id, follower) in followers {
      guard let time = follower.writingFor else { continue }
      followers[id]?.writingFor = time + 1
      // It comes again with the number of the last event that it has read.
      if time >= Self.patience { follower.channel.close(promise: nil) }
    }
  }
}
