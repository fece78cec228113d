import CanonicalJSON
import RotationEngine

extension JSONWriter {
  /// The clients that hold a wait back; null where nobody asked.
  mutating func add(_ stragglers: Stragglers?) {
    member("stragglersInAll", orNull: stragglers?.count)
    guard let stragglers else {
      for key in ["stragglersByObstacle", "stragglersByGroup", "stragglers"] {
        member(key, orNull: nil as Int?)
      }
      return
    }
    list("stragglersByObstacle", stragglers.obstacles) { writer, tally in
      writer.member("obstacle", tally.kind.rawValue)
      writer.member("clients", tally.clients)
    }
    list("stragglersByGroup", stragglers.groups) { writer, tally in
      writer.member("group", tally.kind)
      writer.member("clients", tally.clients)
    }
    list("stragglers", stragglers.named) { writer, straggler in
      writer.member("name", straggler.name)
      writer.member("group", straggler.group)
      writer.member("lastSeen", orNull: straggler.lastSeen?.description)
      writer.member("obstacle", straggler.obstacle.rawValue)
      writer.member("reason", straggler.reason)
    }
  }
}
